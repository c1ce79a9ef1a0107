"""What one writes first: sentence-transformers, FAISS and FastAPI in one file. It finds sections; it does not decide.

Arguments: the folder that bench/peers.py prepared, and a port.
"""

import json
import sys
from pathlib import Path

import faiss
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer

folder, port = Path(sys.argv[1]), int(sys.argv[2])
model = SentenceTransformer(str(folder / "model"), device="cpu")
sections = json.loads((folder / "rows.json").read_text("utf-8"))
vectors = faiss.read_index(str(folder / "vectors.faiss"))
app = FastAPI()


class Question(BaseModel):
    question: str


@app.post("/api/ask")
def ask(asked: Question) -> dict:
    query = model.encode([f"query: {asked.question}"], normalize_embeddings=True, show_progress_bar=False)
    _, rows = vectors.search(query, 5)
    return {"citations": [sections[row] for row in rows[0]]}


uvicorn.run(app, port=port, log_level="warning")

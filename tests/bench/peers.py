"""The other two services: their model and index from ours, and txtai's packages in a folder of their own."""

import json
import subprocess
import sys
from pathlib import Path

from index.records import Kind

# Of txtai[api], what the product's own set-up does not have. Without their dependencies: those would be another torch.
TXTAI = (
    "txtai==9.14.0",
    "cryptography==50.0.2",
    "fastapi-mcp==0.4.0",
    "mcp==2.3.0",
    "mcp-types==2.3.0",
    "pyjwt==2.15.1",
    "python-multipart==0.0.34",
    "sse-starlette==3.7.0",
)
# Words that the model expects before a text.
PROMPTS = {"query": "query: ", "data": "passage: "}


def install_txtai(target: Path) -> str | None:
    """None if txtai's API can be imported from `target` (installed there where it is not yet), else why not."""
    if _importable(target) is None:
        return None
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run([*pip, "--upgrade", "--target", str(target), *TXTAI], capture_output=True, text=True)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        return (errors or ["pip failed"])[-1]
    return _importable(target)


def _importable(target: Path) -> str | None:
    code = f"import sys; sys.path.append({str(target)!r}); import txtai.api.application"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1] if done.returncode else None


def prepare(folder: Path, index_folder: Path) -> None:
    """Write the bundled weights in fp32 as a model folder of Hugging Face's, and our vectors for FAISS."""
    from deploy.reference import save_copy
    from index.encoder.choose import answering_encoder
    from index.encoder.packaged import load as load_weights
    from index.reading.passages import rows
    from index.storage.store import load

    index, counter = load(index_folder, "bundled"), answering_encoder("bundled")
    save_copy(folder / "model", load_weights())
    embedded = [{"section": index.sections[n].id, "text": index.sections[n].text} for n in index.row_section.tolist()]
    (folder / "rows.json").write_text(json.dumps(embedded, ensure_ascii=False), "utf-8")
    (folder / "vectors.faiss").write_bytes(index.vectors.as_bytes())
    passages = [row.text for row in rows(index.sections, counter.count, counter.limit) if row.kind is Kind.PASSAGE]
    (folder / "passages.json").write_text(json.dumps(passages, ensure_ascii=False), "utf-8")


def prepare_txtai(folder: Path) -> None:
    """Make txtai's index of the same rows from the vectors that are there; `txtai.yml` is its API's configuration."""
    import faiss
    from txtai import Embeddings

    stored = faiss.read_index(str(folder / "vectors.faiss"))
    vectors = stored.reconstruct_n(0, stored.ntotal)
    ids = [row["section"] for row in json.loads((folder / "rows.json").read_text("utf-8"))]
    embeddings = Embeddings(method="external", transform=lambda rows: vectors[rows], backend="faiss")
    embeddings.index([(name, row, None) for row, name in enumerate(ids)])
    # From here on it embeds questions itself.
    del embeddings.config["transform"]
    embeddings.config |= {"method": "transformers", "path": str(folder / "model"), "instructions": PROMPTS}
    embeddings.save(str(folder / "txtai"))
    (folder / "txtai.yml").write_text(f"path: {folder / 'txtai'}\nwritable: false\nembeddings: {{}}\n")


if __name__ == "__main__":
    if sys.argv[1] == "txtai":
        prepare_txtai(Path(sys.argv[2]))
    else:
        prepare(Path(sys.argv[2]), Path(sys.argv[3]))

"""How fast each one's encoder is by itself, without HTTP, in a process of its own: prints one JSON object.

Arguments: ours | plain | txtai, the prepared folder, how many passages.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Embed = Callable[[list[str]], Any]


def encoder(name: str, model: Path, kind: str) -> Embed:
    """What embeds texts (`kind`: query or data), as each one's own documentation does it."""
    from bench.peers import PROMPTS

    if name == "ours":
        from index.encoder.choose import answering_encoder, building_encoder

        return answering_encoder("bundled").queries if kind == "query" else building_encoder("bundled").passages
    if name == "plain":
        from sentence_transformers import SentenceTransformer

        plain, prompt = SentenceTransformer(str(model), device="cpu"), PROMPTS[kind]
        return lambda texts: plain.encode(texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
    from txtai import Embeddings

    embeddings = Embeddings(path=str(model), method="transformers", instructions=PROMPTS)
    return lambda texts: embeddings.batchtransform(texts, kind)


def building(embed: Embed, texts: Sequence[str]) -> dict[str, float]:
    """Passages a second, all given at once."""
    embed(list(texts[:1]))
    begun = time.perf_counter()
    embed(list(texts))
    return {"passages_per_s": len(texts) / (time.perf_counter() - begun)}


def answering(embed: Embed, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of one question, and questions a second: the best of one after the other and two at a time."""
    took = []
    embed([texts[0]])
    for text in texts:
        begun = time.perf_counter()
        embed([text])
        took.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda text: embed([text]), texts))
    at_once = len(texts) / (time.perf_counter() - begun)
    return {"encoder_ms": statistics.median(took) * 1000, "encoder_per_s": max(at_once, len(texts) / sum(took))}


if __name__ == "__main__":
    name, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    passages = json.loads((folder / "passages.json").read_text("utf-8"))
    some = passages[:: max(1, len(passages) // count)][:count]
    asked = json.loads((folder / "questions.json").read_text("utf-8"))
    # Questions first: our building side sets the process's threads for itself.
    answers = answering(encoder(name, folder / "model", "query"), asked)
    print(json.dumps(answers | building(encoder(name, folder / "model", "data"), some)))  # noqa: T201

"""The only file that runs sentence-transformers: the encoder that builds an index."""

import hashlib
import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers.utils.logging as transformers_log
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from tokenizers import processors as postprocessors
from torch.nn.utils.rnn import pad_sequence

from index.encoder import packaged
from index.encoder.batches import embed
from index.encoder.engine import Engine, shared
from index.encoder.packaged import Weights
from index.encoder.protocol import BUNDLED, MAX_QUERY, MAX_TOKENS, PASSAGE, PROMPT, QUERY, plain
from index.errors import KbError
from index.processors import processors

Vectors = NDArray[np.float32]


class TransformerEncoder:
    """Any sentence-transformers model with its own prompts, or the bundled weights as one."""

    def __init__(self, model: str) -> None:
        torch.set_num_threads(1)  # of one text; see _encode
        transformers_log.disable_progress_bar()
        transformers_log.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        self.name = model
        if model == BUNDLED:
            self._model, self.digest = bundled_model(shared(), packaged.load()), shared().digest
        else:
            try:
                self._model = SentenceTransformer(model, local_files_only=Path(model).exists())
            except (OSError, ValueError) as error:
                raise KbError(
                    f"KB_MODEL={model}: sentence-transformers cannot load it ({str(error).splitlines()[0]}). "
                    "Give the path of a model folder, or leave KB_MODEL unset for the bundled model."
                ) from error
            self.digest = _digest(self._model)
        longest = int(self._model.max_seq_length or MAX_TOKENS)
        self.limit = max(longest - PROMPT, longest // 2)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str], /) -> Vectors:
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str], /) -> Vectors:
        return self._encode(texts, "document")

    def count(self, text: str, /) -> int:
        tokenizer = self._model.tokenizer
        if isinstance(tokenizer, Tokenizer):
            return len(tokenizer.encode(plain(text)).ids)
        return len(tokenizer(plain(text))["input_ids"])

    def _encode(self, texts: Sequence[str], task: str) -> Vectors:
        encode = self._model.encode_query if task == "query" else self._model.encode_document
        given = [plain(text) for text in texts]
        if self.name == BUNDLED:  # its module takes texts apart by itself and makes unit vectors
            vectors = encode(given, batch_size=len(given) or 1, show_progress_bar=False)
            return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)

        def alone(text: str) -> Vectors:
            return np.asarray(encode(text, normalize_embeddings=True, show_progress_bar=False), np.float32)

        # One text at a time on one thread of torch each, several texts at once: the last bits of a vector depend on
        # the shape of its batch and on the number of threads, and an index shall not. Nothing is padded, so this
        # is faster than batches, too: 15 texts a second on two cores where batches of 32 do 8.5.
        first = [alone(text) for text in given[:1]]  # sets the tokenizer up, which threads must not do at once
        with ThreadPoolExecutor(processors()) as pool:
            return np.array([*first, *pool.map(alone, given[1:])], np.float32).reshape(len(texts), self.dimension)


def _digest(model: SentenceTransformer) -> str:
    """SHA-256 over all that makes a vector: prompts, modules, vocabulary, and the values of all weights."""
    about = [model.prompts, repr(model), sorted(model.tokenizer.get_vocab().items())]
    hashed = hashlib.sha256(json.dumps(about).encode())
    for name, tensor in sorted(model.state_dict().items()):
        hashed.update(f"{name}{tuple(tensor.shape)}".encode())
        hashed.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return hashed.hexdigest()


def bundled_model(engine: Engine, weights: Weights) -> SentenceTransformer:
    """The bundled model as a SentenceTransformer: its `encode` gives unit vectors of fp32."""
    return SentenceTransformer(
        modules=[_Bundled(engine, weights)], prompts={"query": QUERY, "document": PASSAGE}, device="cpu"
    )


class _Bundled(InputModule):
    """Texts to unit vectors in ONNX Runtime, a batch on each processor."""

    max_seq_length = MAX_TOKENS

    def __init__(self, engine: Engine, weights: Weights) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer, self._engine, self._pad = unigram_tokenizer(weights), engine, weights.special[2]

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """Ids and mask, (texts, tokens) each; what is too long is cut before its end mark."""
        rows = [encoding.ids for encoding in self.tokenizer.encode_batch([f"{prompt or ''}{text}" for text in inputs])]
        most = min(self.max_seq_length, MAX_QUERY) if prompt == QUERY else self.max_seq_length
        cut = [torch.tensor(ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]) for ids in rows]
        return {
            "input_ids": pad_sequence(cut, batch_first=True, padding_value=self._pad),
            "attention_mask": pad_sequence([torch.ones_like(ids) for ids in cut], batch_first=True),
        }

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, (texts, width): each text's own tokens, without the padding of its batch."""
        ids, lengths = features["input_ids"].tolist(), features["attention_mask"].sum(dim=1).tolist()
        texts = [row[:length] for row, length in zip(ids, lengths, strict=True)]
        return features | {"sentence_embedding": torch.from_numpy(embed(self._engine, texts))}

    def get_embedding_dimension(self) -> int:
        return self._engine.dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """There is nothing to write: the weights are those of an installed package (a copy: deploy/reference.py)."""
        raise NotImplementedError("the bundled model is not saved; deploy.reference.save_copy writes its weights")


def unigram_tokenizer(weights: Weights) -> Tokenizer:
    """The library's own tokenizer with the packaged pieces; unigram.py cuts the same tokens without it."""
    bos, eos, _, unknown = weights.special
    vocabulary = list(zip(weights.pieces, weights.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = postprocessors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    return tokenizer

"""The only file that runs sentence-transformers: the encoder that builds an index."""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers.utils.logging as transformers_log
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch.nn.utils.rnn import pad_sequence
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index import packaged
from index.encoder import BUNDLED, MAX_TOKENS, PASSAGE, PROMPT, QUERY, plain
from index.errors import KbError
from index.packaged import Weights


class TransformerEncoder:
    """Any sentence-transformers model with its own prompts, or the bundled weights as one."""

    def __init__(self, model: str) -> None:
        torch.set_num_threads(1)  # of one text; see _encode
        transformers_log.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers_log.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        self.name = model
        if model == BUNDLED:
            self._model = bundled_model()
            self.digest = packaged.SHA256
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

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode(texts, "document")

    def count(self, text: str, /) -> int:
        tokenizer = self._model.tokenizer
        if isinstance(tokenizer, Tokenizer):
            return len(tokenizer.encode(plain(text)).ids)
        return len(tokenizer(plain(text))["input_ids"])

    def _encode(self, texts: Sequence[str], task: str) -> NDArray[np.float32]:
        encode = self._model.encode_query if task == "query" else self._model.encode_document

        def alone(text: str) -> NDArray[np.float32]:
            return np.asarray(encode(plain(text), normalize_embeddings=True, show_progress_bar=False), np.float32)

        # One text at a time on one thread of torch each, several texts at once: the last bits of a vector depend on
        # the shape of its batch and on the number of threads, and an index shall not. Nothing is padded, so this
        # is faster than batches, too: 15 texts a second on two cores where batches of 32 do 8.5.
        first = [alone(text) for text in texts[:1]]  # sets the tokenizer up, which threads must not do at once
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.array([*first, *pool.map(alone, texts[1:])], np.float32).reshape(len(texts), self.dimension)


def _digest(model: SentenceTransformer) -> str:
    """SHA-256 over all that makes a vector: prompts, modules, vocabulary, and the values of all weights."""
    about = [model.prompts, repr(model), sorted(model.tokenizer.get_vocab().items())]
    hashed = hashlib.sha256(json.dumps(about).encode())
    for name, tensor in sorted(model.state_dict().items()):
        hashed.update(f"{name}{tuple(tensor.shape)}".encode())
        hashed.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return hashed.hexdigest()


def bundled_model(max_tokens: int = MAX_TOKENS, weights: Weights | None = None) -> SentenceTransformer:
    """The bundled model, or one of other `weights`, as a SentenceTransformer: mean pooling, unit vectors of fp32."""
    weights = weights or packaged.load()
    return SentenceTransformer(
        modules=[_Bundled(weights, max_tokens), Pooling(weights.width, "mean"), Normalize()],
        prompts={"query": QUERY, "document": PASSAGE},
    )


class _Bundled(InputModule):
    """Texts to the vectors of their tokens.

    The library's own module for this reads a folder; half a gigabyte of weights would be written to one and read again.
    """

    def __init__(self, weights: Weights, max_tokens: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer, self.model = unigram_tokenizer(weights), _bert(weights)
        self.max_seq_length, self._pad = max_tokens, weights.special[2]

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """Ids and mask, (texts, tokens) each; what is too long is cut before its end mark."""
        rows = [found.ids for found in self.tokenizer.encode_batch([f"{prompt or ''}{text}" for text in inputs])]
        most = self.max_seq_length
        cut = [torch.tensor(ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]) for ids in rows]
        ids = pad_sequence(cut, batch_first=True, padding_value=self._pad)
        return {"input_ids": ids, "attention_mask": (ids != self._pad).long()}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `token_embeddings`, (texts, tokens, width)."""
        found = self.model(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        return features | {"token_embeddings": found.last_hidden_state}

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write a folder that any program of Hugging Face's reads."""
        self.model.save_pretrained(output_path)
        PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_object=self.tokenizer,
            bos_token="<s>",
            eos_token="</s>",
            pad_token="<pad>",
            unk_token="<unk>",
            model_max_length=self.max_seq_length,
        ).save_pretrained(output_path)


def unigram_tokenizer(weights: Weights) -> Tokenizer:
    """The library's own tokenizer with the packaged pieces; index/unigram.py cuts the same tokens without it."""
    bos, eos, _, unknown = weights.special
    vocabulary = list(zip(weights.pieces, weights.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    return tokenizer


def _bert(weights: Weights) -> BertModel:
    config = BertConfig(
        vocab_size=weights.vocabulary,
        hidden_size=weights.width,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        layer_norm_eps=weights.epsilon,
        pad_token_id=weights.special[2],
    )
    with torch.device("meta"):  # no memory and no random numbers for weights that are replaced at once
        model = BertModel(config, add_pooling_layer=False)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    state = {
        name: torch.from_numpy(_own(weights.tensors[_packaged_name(name)])).reshape(shape)
        for name, shape in shapes.items()
    }
    model.load_state_dict(state, assign=True)
    # Buffers that are not weights were made on the meta device, too.
    model.embeddings.register_buffer("position_ids", torch.arange(weights.positions)[None], persistent=False)
    model.embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, weights.positions), dtype=torch.long), persistent=False
    )
    return model


def _own(tensor: NDArray[Any]) -> NDArray[np.float32]:
    """A tensor of the file as memory that torch may write to; one in blocks is that already."""
    return np.require(packaged.floats(tensor), requirements="W")


_PARTS = {
    "embeddings.word_embeddings.weight": "emb.word",
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _packaged_name(name: str) -> str:
    """`encoder.layer.3.attention.self.query.weight` is `l3.q.w` in the packaged file."""
    if name in _PARTS:
        return _PARTS[name]
    _, _, layer, part = name.split(".", 3)
    module, kind = part.rsplit(".", 1)
    return f"l{layer}.{_PARTS[module]}.{kind[0]}"

"""The only file that runs sentence-transformers: the encoder that builds an index."""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
import transformers.utils.logging as transformers_log
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index import packaged
from index.encoder import BUNDLED, MAX_TOKENS, PROMPT, plain
from index.errors import KbError
from index.packaged import Weights


class TransformerEncoder:
    """Any sentence-transformers model with its own prompts, or the bundled weights as one."""

    def __init__(self, model: str) -> None:
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
        return len(self._model.tokenizer(plain(text))["input_ids"])

    def _encode(self, texts: Sequence[str], task: str) -> NDArray[np.float32]:
        encode = self._model.encode_query if task == "query" else self._model.encode_document
        vectors = encode([plain(text) for text in texts], normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)


def _digest(model: SentenceTransformer) -> str:
    """SHA-256 over all that makes a vector: prompts, modules, vocabulary, and the values of all weights."""
    about = [model.prompts, repr(model), sorted(model.tokenizer.get_vocab().items())]
    hashed = hashlib.sha256(json.dumps(about).encode())
    for name, tensor in sorted(model.state_dict().items()):
        hashed.update(f"{name}{tuple(tensor.shape)}".encode())
        hashed.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return hashed.hexdigest()


def bundled_model(max_tokens: int = MAX_TOKENS) -> SentenceTransformer:
    """The bundled model as a SentenceTransformer: mean pooling, unit vectors of 384 fp32."""
    packaged.verify()
    weights = packaged.read_weights(packaged.model_file().read_bytes())
    with TemporaryDirectory() as folder:  # Transformer reads a folder, so the parts pass through one
        _tokenizer(weights, max_tokens).save_pretrained(folder)
        _bert(weights).save_pretrained(folder)
        transformer = Transformer(folder, max_seq_length=max_tokens, model_kwargs={"add_pooling_layer": False})
    return SentenceTransformer(
        modules=[transformer, Pooling(weights.width, "mean"), Normalize()],
        prompts={"query": "query: ", "document": "passage: "},
    )


def _tokenizer(weights: Weights, max_tokens: int) -> PreTrainedTokenizerFast:
    bos, eos, _, unknown = weights.special
    tokenizer = Tokenizer(models.Unigram(weights.pieces, unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=max_tokens,
    )


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
        name: torch.from_numpy(weights.tensors[_packaged_name(name)].copy()).reshape(shape)
        for name, shape in shapes.items()
    }
    model.load_state_dict(state, assign=True)
    # Buffers that are not weights were made on the meta device, too.
    model.embeddings.register_buffer("position_ids", torch.arange(weights.positions)[None], persistent=False)
    model.embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, weights.positions), dtype=torch.long), persistent=False
    )
    return model


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

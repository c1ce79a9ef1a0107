"""What a bot is made of, read and verified: an index, its encoder and weights; one bot for each version of a site."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

from bot.decision.decide import Weights, load_weights
from bot.decision.own_weights import weights_of
from bot.evidence.topics import Topics
from index.encoder.canary import verify
from index.encoder.choose import answering_encoder
from index.encoder.protocol import Encoder
from index.encoder.reader import reader
from index.records import Version
from index.storage.store import load


class Loaded:
    """An index, the encoder it was made for, and the weights of the decision."""

    refused: str | None = None  # why a newer index is not used; this one is never exchanged
    others: Mapping[str, Self] = MappingProxyType({})  # those of the versions beside the one that is read by default

    def __init__(self, topics: Topics, encoder: Encoder, weights: Weights) -> None:
        self.topics, self.encoder, self.weights = topics, encoder, weights
        self.langs: tuple[str, ...] = tuple(topics.index.manifest.langs)

    @classmethod
    def load(cls, index: Path, model: str) -> Self:
        """Read and verify the index. Raises KbError when it is missing, damaged or made by another model."""
        return cls.over(index, answering_encoder(model))

    @classmethod
    def over(cls, index: Path, encoder: Encoder) -> Self:
        """The same with an encoder that is loaded already."""
        loaded = load(index, encoder.name, encoder.digest)
        verify(encoder, loaded.manifest.canary)
        reader()  # not while somebody waits for the first answer
        each = (Topics(version) for version in (loaded, *loaded.others))
        first, *others = (cls(topics, encoder, weights_of(topics.index, load_weights(topics))) for topics in each)
        first.others = {bot.version: bot for bot in others if bot.version}
        return first

    @property
    def bot(self) -> Self:
        """The one that answers now: itself."""
        return self

    @property
    def version(self) -> str | None:
        """The version of the documentation that it answers from; None where there is but one."""
        return self.topics.index.version.name if self.topics.index.version else None

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions, the one that is read by default first."""
        held = (self.topics.index.version, *(bot.topics.index.version for bot in self.others.values()))
        return tuple(version for version in held if version)

    def of(self, version: str | None) -> Self:
        """The one that answers from this version, and sees nothing of the others."""
        return self.others.get(version or "", self)

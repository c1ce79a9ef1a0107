"""Weights of a site's own: the shipped ones, its channels weighted anew and its decision moved by one number.

They fit what they were learned upon only: other shipped weights, or another model, make them void.
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, replace
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from bot.decision.decide import Weights
from bot.evidence.evidence import CHANNELS
from index.errors import KbError
from index.storage.store import Index

_log = logging.getLogger("kb")
_Finite = Annotated[float, Field(allow_inf_nan=False)]
_Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class OwnWeights:
    """What `kb calibrate --site` writes."""

    upon: str  # digest of the shipped weights, and of the model, that it was learned upon
    rank: dict[str, _Weight]
    shift: _Finite  # of the decision, in log odds: more answers above 0, fewer below


_CONTENT = TypeAdapter(OwnWeights)


def upon(shipped: Weights, model_digest: str) -> str:
    """Stands for the shipped weights and the model."""
    known = json.dumps([asdict(shipped), model_digest], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def moved(shipped: Weights, rank: dict[str, float], shift: float) -> Weights:
    """The shipped weights with other channels and a moved decision."""
    return Weights(rank, replace(shipped.model, bias=shipped.model.bias + shift))


def write(own: OwnWeights) -> str:
    """The content of the file."""
    return json.dumps(asdict(own), indent=2) + "\n"


def read(content: bytes, source: str) -> OwnWeights:
    """What `write` wrote. Raises KbError naming the source."""
    try:
        own = _CONTENT.validate_json(content)
    except ValidationError as error:
        raise KbError(
            f"{source}: not weights of a site ({error.errors()[0]['msg']}). Run kb calibrate --site."
        ) from None
    if own.rank.keys() != set(CHANNELS) or not any(own.rank.values()):
        raise KbError(f"{source}: not the weights of this version. Run kb calibrate --site.")
    return own


def weights_of(index: Index, shipped: Weights) -> Weights:
    """The weights that the index brings with it, if they fit; else the shipped ones, and the log says why."""
    if index.weights is None:
        return shipped
    try:
        own = read(index.weights, "the weights in the index")
        if own.upon != upon(shipped, index.manifest.model_digest):
            raise KbError(
                "the weights in the index were learned for another version or model. Run kb calibrate --site."
            )
    except KbError as error:
        _log.warning("shipped weights are used: %s", error)
        return shipped
    return moved(shipped, own.rank, own.shift)

"""A site's own weights: what they change, and when they are void."""

import json
import logging
from types import SimpleNamespace

import pytest

from bot.decision.decide import Model, Weights
from bot.decision.own_weights import OwnWeights, moved, read, upon, weights_of, write
from bot.evidence.evidence import CHANNELS
from index.errors import KbError

RANK = dict.fromkeys(CHANNELS, 1.0)
SHIPPED = Weights(RANK, Model({}, 0.5, 0.6, 0.3))
OTHERS = RANK | {"words": 2.0}


def index(content: str | None) -> SimpleNamespace:
    manifest = SimpleNamespace(model_digest="m")
    return SimpleNamespace(weights=None if content is None else content.encode(), manifest=manifest)


def test_an_index_without_weights_of_its_own_has_the_shipped_ones():
    assert weights_of(index(None), SHIPPED) is SHIPPED


def test_the_site_s_weights_rank_anew_and_move_the_decision():
    content = write(OwnWeights(upon(SHIPPED, "m"), OTHERS, -0.25))
    assert weights_of(index(content), SHIPPED) == Weights(OTHERS, Model({}, 0.25, 0.6, 0.3))
    assert moved(SHIPPED, RANK, 0.0) == SHIPPED


@pytest.mark.parametrize("learned_upon", [upon(SHIPPED, "other model"), upon(moved(SHIPPED, RANK, 1.0), "m")])
def test_weights_learned_upon_another_model_or_version_are_void(learned_upon: str, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "kb"):
        assert weights_of(index(write(OwnWeights(learned_upon, OTHERS, 1.0))), SHIPPED) is SHIPPED
    assert "shipped weights are used: " in caplog.text
    assert "Run kb calibrate --site" in caplog.text


GOOD = {"upon": "a", "rank": RANK, "shift": 0.0}


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        json.dumps(GOOD | {"shift": "more"}),
        json.dumps(GOOD | {"rank": {"words": 1.0}}),
        json.dumps(GOOD | {"rank": dict.fromkeys(CHANNELS, 0.0)}),
        json.dumps(GOOD | {"rank": RANK | {"words": -1.0}}),
        json.dumps(GOOD | {"shift": float("nan")}),
    ],
)
def test_a_file_that_holds_no_weights_is_named(broken: str):
    with pytest.raises(KbError, match=r"site\.weights\.json: not .*Run kb calibrate --site"):
        read(broken.encode(), "site.weights.json")
    assert weights_of(index(broken), SHIPPED) is SHIPPED

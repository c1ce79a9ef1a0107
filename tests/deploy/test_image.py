"""The judge of the built image: what could not be built is "not run", and what is wrong is named."""

from pathlib import Path

import pytest

from deploy import image
from deploy.image import BROKEN, NOT_RUN, WHOLE, judged


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The files of a container: its base, and what is its own."""
    for name in ("usr/bin/python", "opt/kb/bin/kb", "srv/site/index.html", "data/store.db"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text(name, "utf-8")
    return tmp_path


def test_an_image_that_nobody_can_build_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert image.image() == (NOT_RUN, "image: not run (there is no buildah here)")


def test_a_builder_that_fails_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    builder = tmp_path / "buildah"
    builder.write_text("#!/bin/sh\necho pulling >&2\necho no such image: $1 >&2\nexit 125\n", "utf-8")
    builder.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert image.image() == (NOT_RUN, "image: not run (no such image: bud)")


def test_an_image_that_answers_and_writes_nowhere_is_whole(monkeypatch: pytest.MonkeyPatch, root: Path):
    def answers(name: str) -> str:
        (root / "data/store.db").write_text("a vote", "utf-8")
        return "answered"

    monkeypatch.setattr(image, "asked", answers)
    assert judged("c", root) == (WHOLE, "image: 0 MB beside its base; it answers and writes nowhere")


def test_an_image_that_writes_beside_its_volume_is_broken(monkeypatch: pytest.MonkeyPatch, root: Path):
    def writes(name: str) -> str:
        (root / "srv/site/new.html").write_text("new", "utf-8")
        return "answered"

    monkeypatch.setattr(image, "asked", writes)
    assert judged("c", root) == (BROKEN, "image: it wrote srv/site/new.html")


def test_an_image_that_does_not_answer_says_why(monkeypatch: pytest.MonkeyPatch, root: Path):
    monkeypatch.setattr(image, "asked", lambda name: "kb serve ended with 1")
    assert judged("c", root) == (BROKEN, "image: kb serve ended with 1")


def test_an_image_that_is_too_large_is_not_asked(monkeypatch: pytest.MonkeyPatch, root: Path):
    monkeypatch.setattr(image, "MOST_MB", 1e-6)
    monkeypatch.setattr(image, "asked", lambda name: pytest.fail("it was asked"))
    assert judged("c", root)[0] == BROKEN

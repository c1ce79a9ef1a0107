"""The manifests with all that an overlay can switch on."""

import re
import shutil
from pathlib import Path

import pytest
from manifests import FOLDER, OPTIONAL, OVERLAYS, Object, rendered


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of deploy/kubernetes to be changed, whose overlays name every component."""
    return complete(tmp_path / "kubernetes")


@pytest.fixture(scope="session", params=OVERLAYS)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Object]:
    """The objects of an overlay with every component. Nobody changes them."""
    return rendered(complete(tmp_path_factory.mktemp("deploy") / "kubernetes") / "overlays" / request.param)


def complete(folder: Path) -> Path:
    shutil.copytree(FOLDER, folder)
    for overlay in OVERLAYS:
        file = folder / "overlays" / overlay / "kustomization.yaml"
        text, changed = re.subn(r"^  # - (\.\./\.\./\w+)$", r"  - \1", file.read_text("utf-8"), flags=re.MULTILINE)
        assert changed == len(OPTIONAL)
        file.write_text(text, "utf-8")
    return folder

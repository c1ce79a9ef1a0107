"""A folder that holds an index."""

from pathlib import Path

import pytest
from made_index import index, save


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds a saved index."""
    save(tmp_path / "index", index())
    return tmp_path / "index"

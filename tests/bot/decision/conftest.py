"""A site about teapots."""

import pytest
from handmade import topics
from teapots import SECTIONS

from bot.evidence.topics import Topics


@pytest.fixture(scope="module")
def site() -> Topics:
    return topics(*SECTIONS)

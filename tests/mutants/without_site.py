"""Leaves out the tests that need the built site: it takes minutes to build one for each mutant."""

import pytest

SLOW = {"site_dir", "index_dir", "serving"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    slow = [item for item in items if SLOW & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]

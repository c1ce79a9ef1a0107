"""Which Kubernetes a version of ALB Controller needs: what answers say is what the page of AGC003 says."""

import re
from pathlib import Path

import pytest

from bot.checks.asked.suiting import needs_newer_kubernetes

PAGES = Path(__file__).parents[3] / "docs"


def stated(lang: str) -> list[tuple[str, str, str]]:
    """First and last version of a range of the controller, and the Kubernetes that it needs, as the page gives them."""
    text = (PAGES / lang / "rules/agc003.md").read_text("utf-8")
    (sentence,) = re.findall(r"[^。\n]*\b1\.7\.9 ?(?:to|～) ?1\.\d+\.\d+[^。\n]*", text)
    ranges = {
        "en": r"(\d+\.\d+\.\d+)(?: to (\d+\.\d+\.\d+))? needs? (?:Kubernetes )?(\d+\.\d+)",
        "ja": r"(\d+\.\d+\.\d+)(?:～(\d+\.\d+\.\d+))? には (?:Kubernetes )?(\d+\.\d+)",
    }
    return [(first, last or first, least) for first, last, least in re.findall(ranges[lang], sentence)]


def before(version: str) -> str:
    major, minor = version.split(".")
    return f"{major}.{int(minor) - 1}"


def test_both_languages_state_the_same_ranges():
    assert len(stated("en")) >= 2 and stated("en") == stated("ja")


@pytest.mark.parametrize(("first", "last", "least"), stated("en"))
def test_a_controller_needs_the_kubernetes_that_the_page_states(first: str, last: str, least: str):
    for version in (first, last):
        assert needs_newer_kubernetes(version, f"AKS is on Kubernetes {before(least)}")
        assert not needs_newer_kubernetes(version, f"AKS is on Kubernetes {least}")


def test_without_a_version_of_kubernetes_nothing_is_said():
    assert not needs_newer_kubernetes("1.12.1", "is 1.12.1 ok for overlay?")

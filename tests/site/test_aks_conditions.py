"""The conditions of an upgrade have one list each: who repeats it names all of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGS = ("ja", "en")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ANCHOR = re.compile(r"^## [^\n]*\{ #([\w-]+)", re.MULTILINE)
# AKS upgrades from Node Subnet and kubenet: which pages need not name what holds for the other one.
# No kubenet cluster has Windows nodes.
NOT_FOR = {
    "runbooks/cni-to-overlay": {"kubenet-routes", "kubenet-identity"},
    "runbooks/kubenet-to-overlay": {"clusters", "windows"},
}
# The rules on AGC that an upgrade has to pass, and the rule on AKS.
BEFORE_UPGRADE = {"agc003", "agc005", "agc006", "agc007", "agc009", "agc012"}


def text(lang: str, page: str) -> str:
    return COMMENT.sub("", (ROOT / "docs" / lang / f"{page}.md").read_text("utf-8"))


def rules_of(section: str) -> set[str]:
    """The rules that a section links to, and the one on whose page it stands."""
    return set(re.findall(r"\]\([^)\s]*\b(agc\d{3})\.md", section))


def incomplete(page: str, own: str) -> dict[str, set[str]]:
    """Sections that name rules on the subnet for an upgrade, with the rules that they leave out."""
    parts = re.split(r"^##+ [^\n]*\{ #([\w-]+)[^\n]*\n", page, flags=re.MULTILINE)
    named = {anchor: rules_of(body) | {own} for anchor, body in zip(parts[1::2], parts[2::2], strict=True)}
    return {
        anchor: left
        for anchor, rules in named.items()
        if {"agc005", "agc009"} <= rules and (left := BEFORE_UPGRADE - rules)
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["runbooks/cni-to-overlay", "runbooks/kubenet-to-overlay", "rules/agc012"])
def test_every_condition_of_aks_is_linked_where_the_upgrade_is_described(lang: str, page: str):
    conditions = set(ANCHOR.findall(text(lang, "runbooks/aks-conditions")))
    linked = set(re.findall(r"aks-conditions\.md#([\w-]+)", text(lang, page)))
    assert len(conditions) > 10
    assert conditions - linked - NOT_FOR.get(page, set()) == set()


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_checked_before_the_upgrade_is_the_same_everywhere(lang: str):
    pages = (ROOT / "docs" / lang).rglob("*.md")
    left = {page.stem: incomplete(COMMENT.sub("", page.read_text("utf-8")), page.stem) for page in pages}
    assert {page: sections for page, sections in left.items() if sections} == {}


def test_a_list_that_leaves_out_a_rule_is_noticed():
    links = " ".join(f"[it](rules/{rule}.md)" for rule in sorted(BEFORE_UPGRADE))
    assert incomplete(f"# A {{ #a }}\n\n## B {{ #b }}\n\n{links}\n", "faq") == {}
    assert incomplete(f"## B {{ #b }}\n\n{links.replace('[it](rules/agc003.md)', '')}\n", "faq") == {"b": {"agc003"}}
    assert incomplete("## B { #b }\n\n[it](agc005.md) [it](agc009.md)\n", "agc003")["b"] == BEFORE_UPGRADE - {
        "agc003",
        "agc005",
        "agc009",
    }
    assert incomplete("## B { #b }\n\n[it](agc005.md)\n", "faq") == {}

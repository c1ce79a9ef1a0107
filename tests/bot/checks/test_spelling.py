"""What only stands for a value, and what stands for a structure of a cluster."""

import pytest

from bot.checks.inventory.snapshot import Snapshot
from bot.checks.spelling import AFTER_APPLY, region_name, resource_id, stands_in


@pytest.mark.parametrize(
    "text",
    [
        *(AFTER_APPLY, "[parameters('plugin')]", "[concat(\n  'a')]", "<your name>", "a-${var.b}", "{{ .Values.a }}"),
        *("$(NAME)", "$NAME", "%NAME%", "#{name}#", "__name__", "@name@", "TODO", "to-do", "TBD", "Change-Me"),
        *("REPLACEME", "XXX", "???", "***", "...", "……", " tbd ", "REPLACE_ME", "fill-me", "-", "--", "Unknown"),
        *("undefined", "N/A", "not set", "not-known", "placeholder", "不明", "未設定"),
    ],
)
def test_a_gap_or_an_expression_only_stands_for_a_value(text: str):
    assert stands_in(text)


@pytest.mark.parametrize(
    "word",
    [
        *("redacted", "masked", "hidden", "removed", "omitted", "obfuscated", "sanitized", "sanitised", "anonymized"),
        *("anonymised", "sensitive", "sensitive value"),
    ],
)
@pytest.mark.parametrize("marks", ["{}", "({})", "--{}--", "<<{}>>", "*** {} ***"])
def test_what_somebody_took_out_before_sharing_only_stands_for_a_value(word: str, marks: str):
    assert stands_in(marks.format(word)) and stands_in(marks.format(word.upper()))
    assert not stands_in(marks.format(f"not-{word}-yet"))


@pytest.mark.parametrize(
    "text", ["", "azure", "[[azure]", "xx", "$", "todo list", "<a> and <b>", "a_b_c", "x@y", "a-b", "none", "unknown-a"]
)
def test_anything_else_is_a_value(text: str):
    assert not stands_in(text)


@pytest.mark.parametrize("key", ["networkProfile", "agentPoolProfiles"])
def test_an_expression_for_a_structure_says_nothing_of_it(key: str):
    network = {"networkProfile": {"networkPlugin": "kubenet"}}
    aks = Snapshot.parse({"aks": {**network, key: "[variables('it')]"}}).aks
    assert getattr(aks, {"networkProfile": "network_profile", "agentPoolProfiles": "agent_pool_profiles"}[key]) is None


@pytest.mark.parametrize(("value", "region"), [("Japan East", "japaneast"), (5, None), (None, None), ("[a]", None)])
def test_a_region_is_a_text_that_names_one(value: object, region: str | None):
    assert region_name(value) == region


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (" /Subscriptions/0/A/ ", "subscriptions/0/a"),
        ("/subscriptions//0/a", "subscriptions/0/a"),
        ("https://management.azure.com/subscriptions/0/a?api-version=2024-05-01", "subscriptions/0/a"),
        ("%2Fsubscriptions%2F0%2FA", "subscriptions/0/a"),
        ("/subscriptions/0/\u200ba\ufeff", "subscriptions/0/a"),
        ("azurerm_subnet.agc", "azurerm_subnet.agc"),
        ('module.a["x//y?"].azurerm_subnet.b["%41"]', 'module.a["x//y?"].azurerm_subnet.b["%41"]'),
        ("100%", "100%"),
        ("/", None),
        ("<id>", None),
    ],
)
def test_an_id_is_what_azure_reads_of_it(text: str, own: str | None):
    assert resource_id(text) == own

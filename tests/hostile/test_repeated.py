"""How much of what was sent an error of a check repeats: the beginning of a name, however long it is."""

import json
import re
from typing import Any

import pytest

from bot.checks.posted import posted
from bot.checks.printable import NAMED

LONG = "Q" * 3000
SENT: dict[str, Any] = {
    "kind": {"kind": LONG, "apiVersion": "v1"},
    "kind in a list": {"kind": "List", "items": [{"kind": LONG, "apiVersion": "v1", "metadata": {"name": LONG}}]},
    "type": {"type": LONG, "name": "a", "id": "/a/b"},
    "name": {"type": "Microsoft.Storage/storageAccounts", "name": LONG, "id": "/a/b"},
    "many names": [{"type": "Microsoft.Storage/storageAccounts", "name": f"{n}{LONG}"} for n in range(30)],
    "key of a snapshot": {"subnet": {"addressPrefix": "10.0.0.0/24"}, LONG: 1},
    "template": {"contentVersion": "1", "resources": [{"type": "a/b", "name": LONG}]},
    "keys": {LONG: 1, "a": 2},
    "PowerShell": {"aks": {"networkProfile": f"System.{LONG}"}},
    "value": {"outputs": {LONG: {"type": "string", "value": LONG}}},
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", SENT)
def test_an_error_repeats_no_more_than_the_beginning_of_a_name(name: str, lang: str):
    for reply in (posted.report(json.dumps(SENT[name]).encode(), 10**6, "json", lang),
                  posted.plan(json.dumps(SENT[name]).encode(), 10**6, "agc", "json", lang)):  # fmt: skip
        assert isinstance(reply, posted.Problem)
        assert max(map(len, re.findall("Q+", reply.text)), default=0) <= NAMED
        assert len(json.loads(reply.text)["error"]["message"]) < 700

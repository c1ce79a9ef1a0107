import pytest

from bot.checks import InputError, check
from bot.checks.snapshot import Network, Snapshot

from .casework import base, edited


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"/aks": None}, "/aks", "wrong-type"),
        ({"/aks": []}, "/aks", "wrong-type"),
        ({"/aks/networkProfile": "azure"}, "/aks/networkProfile", "wrong-type"),
        ({"/aks/networkProfile/networkPlugin": 5}, "/aks/networkProfile/networkPlugin", "wrong-type"),
        ({"/aks": {"properties": {"networkProfile": {"networkPlugin": []}}}},
         "/aks/properties/networkProfile/networkPlugin", "wrong-type"),
        ({"/aks/agentPoolProfiles": {}}, "/aks/agentPoolProfiles", "wrong-type"),
        ({"/aks/agentPoolProfiles/0": None}, "/aks/agentPoolProfiles/0", "wrong-type"),
        ({"/aks/agentPoolProfiles/0": {"podSubnetID": 1}}, "/aks/agentPoolProfiles/0/podSubnetID", "wrong-type"),
        ({"/subnet": "snet-agc"}, "/subnet", "wrong-type"),
        ({"/subnet/addressPrefix": 24}, "/subnet/addressPrefix", "wrong-type"),
        ({"/subnet/addressPrefixes": [None]}, "/subnet/addressPrefixes", "wrong-type"),
        ({"/agcAssociations": {}}, "/agcAssociations", "wrong-type"),
        ({"/agcAssociations": [None]}, "/agcAssociations/0", "wrong-type"),
        ({"/agcAssociations/0/subnet": 1}, "/agcAssociations/0/subnet", "wrong-type"),
        ({"/albController": "1.7.9"}, "/albController", "wrong-type"),
        ({"/albController/version": True}, "/albController/version", "wrong-type"),
        ({"/vnets": []}, "/vnets", "wrong-type"),
        ({"/vnets/peered": "yes"}, "/vnets/peered", "wrong-type"),
        ({"/planned": "upgrade"}, "/planned", "planned"),
        ({"/planned": True}, "/planned", "planned"),
    ],
)  # fmt: skip
def test_wrong_types_are_refused_with_their_place(changes: dict[str, object], pointer: str, code: str):
    with pytest.raises(InputError) as caught:
        check(edited(base("overlay"), changes), "en")
    assert (caught.value.pointer, caught.value.code) == (pointer, code)
    assert pointer in caught.value.message("ja")


@pytest.mark.parametrize("raw", [None, 1, "x", True])
def test_a_snapshot_is_an_object(raw: object):
    with pytest.raises(InputError, match="JSON type object"):
        check(raw, "en")


def test_the_cluster_is_required():
    with pytest.raises(InputError, match=r"This key is required. \(at /aks\)"):
        check({"subnet": None}, "en")


def test_foreign_keys_are_no_matter():
    snapshot = base("overlay") | {"id": 5, "expect": {"kubenet": "pass"}, "properties": []}
    assert check(snapshot, "en") == check(base("overlay"), "en")


def test_of_two_spellings_the_one_that_says_something_counts():
    raw = {"aks": {"networkProfile": None, "properties": {"networkProfile": {"networkPlugin": "KUBENET"}}}}
    assert Snapshot.parse(raw).network is Network.KUBENET
    raw = {"aks": {"networkprofile": None, "networkProfile": {"networkPlugin": "kubenet"}}}
    assert Snapshot.parse(raw).network is Network.KUBENET


def test_the_pointer_is_the_document_s_own():
    arm = {"aks": {"properties": {"networkProfile": {"networkPlugin": "kubenet"}}}}
    assert check(arm, "en")[0].pointer == "/aks/properties/networkProfile/networkPlugin"


def test_observed_is_harmless_and_short():
    wild = edited(base("overlay"), {"/albController/version": "\x1b[31m\u202e|`" + "x" * 5000})
    finding = check(wild, "en")[2]
    assert finding.observed is not None
    assert finding.observed.startswith("\\u001b[31m\\u202e|`xxx")
    assert len(finding.observed) < 400


def test_half_a_surrogate_pair_can_be_printed():
    findings = check(edited(base("overlay"), {"/aks/networkProfile/networkPolicy": "\ud800"}), "en")
    assert findings[7].observed == "\\ud800"

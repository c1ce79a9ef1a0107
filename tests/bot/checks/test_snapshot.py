import pytest
from pydantic import ValidationError

from bot.checks import Given, InputError, check, compose, inspect
from bot.checks.inventory.snapshot import Association, Network, Snapshot, upgrades

from .casework import base, edited


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"/aks": None}, "/aks", "wrong-type"),
        ({"/aks": []}, "/aks", "wrong-type"),
        ({"/aks/networkProfile": "azure"}, "/aks/networkProfile", "wrong-type-example"),
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
        ({"/albController": "1.7.9"}, "/albController", "wrong-type-example"),
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


@pytest.mark.parametrize("raw", [1, "x", True, {"subnet": None}, {"hello": 1}])
def test_what_is_nothing_known_is_refused_as_that(raw: object):
    with pytest.raises(InputError) as caught:
        compose(Given(raw, "x.json"))
    assert caught.value.code == "not-recognised"
    assert "az aks show" in caught.value.message("en") and "x.json" in caught.value.message("ja")


@pytest.mark.parametrize(("raw", "said"), [(True, "true"), (False, "false"), (1.5, "1.5")])
def test_a_value_that_is_nothing_known_is_shown_as_json_has_it(raw: object, said: str):
    with pytest.raises(InputError) as caught:
        compose(Given(raw, "x.json"))
    for lang in ("ja", "en"):
        assert f"`{said}`" in caught.value.message(lang)


def test_an_empty_list_alone_is_refused_with_its_file():
    with pytest.raises(InputError) as caught:
        inspect(compose(Given([], "list.json")), "en")
    assert caught.value.code == "only-empty" and caught.value.message("en").startswith("list.json: ")
    with pytest.raises(InputError) as caught:
        inspect(compose([Given([], "a.json"), Given([], "b.json")]), "en")
    assert caught.value.message("en").startswith("This is")


def test_a_bare_value_is_refused_with_the_form_that_is_read():
    with pytest.raises(InputError) as caught:
        check(edited(base("overlay"), {"/albController": "1.8.12"}), "en")
    assert '{"version": "1.7.9"}' in caught.value.message("en")


def test_two_keys_of_one_subnet_that_contradict_each_other_are_called_so():
    for alone, many, status, said in (
        ("10.0.4.0/23", ["10.0.4.0/24"], "unknown", "The input contradicts itself"),
        (" 10.0.4.0/24", ["10.0.4.0/24"], "pass", ""),
        (None, ["10.0.4.0/24"], "pass", ""),
        ("10.0.4.0/23", [], "fail", ""),
    ):
        snapshot = edited(base("overlay"), {"/subnet/addressPrefix": alone, "/subnet/addressPrefixes": many})
        (finding,) = [finding for finding in check(snapshot, "en") if finding.id == "AGC004"]
        assert finding.status == status and said in finding.fix


def test_parts_of_a_snapshot_without_a_cluster_ask_for_it():
    with pytest.raises(InputError, match="The cluster is needed as well"):
        check({"albController": {"version": "1.7.9"}}, "en")


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


@pytest.mark.parametrize(
    ("plugin", "mode", "network"),
    [
        ("azure", None, Network.FLAT),
        ("azure", " ", Network.FLAT),
        ("azure", "overlay", Network.OVERLAY),
        ("AZURE", " Overlay ", Network.OVERLAY),
        ("azure", "podsubnet", Network.UNKNOWN),  # a mode that nobody has heard of
        ("azure", "(known after apply)", Network.UNKNOWN),
        ("kubenet", None, Network.KUBENET),
        ("kubenet", "<mode>", Network.KUBENET),
        ("kubenet", "overlay", Network.UNKNOWN),  # one of both is wrong
        ("none", None, Network.UNKNOWN),
        ("none", "overlay", Network.UNKNOWN),
        ("(known after apply)", "overlay", Network.UNKNOWN),
        (None, "overlay", Network.UNKNOWN),
    ],
)
def test_the_network_follows_from_plugin_and_mode(plugin: str | None, mode: str | None, network: Network):
    raw = {"aks": {"networkProfile": {"networkPlugin": plugin, "networkPluginMode": mode}}}
    assert Snapshot.parse(raw).network is network


NETWORKS = {
    "kubenet": {"networkPlugin": "kubenet"},
    "flat": {"networkPlugin": "azure", "networkPluginMode": None},
    "overlay": {"networkPlugin": "azure", "networkPluginMode": "overlay"},
    "own": {"networkPlugin": "none"},
}


@pytest.mark.parametrize("then", NETWORKS)
@pytest.mark.parametrize("now", NETWORKS)
def test_only_from_kubenet_and_a_flat_network_to_overlay_is_the_upgrade(now: str, then: str):
    before, after = (Snapshot.parse({"aks": {"networkProfile": NETWORKS[name]}}).aks for name in (now, then))
    assert upgrades(before, after) is (now in ("kubenet", "flat") and then == "overlay")


@pytest.mark.parametrize(
    ("said", "subnet"),
    [
        ({"SubnetId": "/s/one"}, "s/one"),
        ({"SubnetId": "/s/one", "Subnet": {"Id": "/s/two"}}, "s/two"),  # the object itself counts
        ({"SubnetId": "/s/one", "Subnet": None}, "s/one"),
        ({"Subnet": {"Id": "/s/two"}}, "s/two"),
        ({"Subnet": "/s/two"}, "s/two"),
    ],
)
def test_an_association_names_its_subnet_by_an_object_or_by_its_id_alone(said: dict[str, object], subnet: str):
    named = Association.model_validate(said).subnet
    assert named is not None and named.id == subnet


def test_an_id_of_a_subnet_that_is_no_text_names_none():
    assert Association.model_validate({"SubnetId": 5}).subnet is None


@pytest.mark.parametrize(
    ("subnet", "prefixes", "size"),
    [
        ({"addressPrefix": "10.0.0.0/24"}, ("10.0.0.0/24",), 24),
        ({"addressPrefix": " 10.0.0.0/24 ", "addressPrefixes": ["10.0.0.0/24", " "]}, ("10.0.0.0/24",), 24),
        ({"addressPrefix": ["10.0.0.0/23"], "addressPrefixes": "10.0.0.0/23"}, ("10.0.0.0/23",), 23),
        ({"addressPrefixes": ["10.0.0.0/24", "10.1.0.0/24"]}, ("10.0.0.0/24", "10.1.0.0/24"), None),
        ({"addressPrefix": "10.0.0.0/0"}, ("10.0.0.0/0",), None),  # there are bits beside the network
        ({"addressPrefix": "0.0.0.0/0"}, ("0.0.0.0/0",), 0),
        ({"addressPrefix": "10.0.0.1/24"}, ("10.0.0.1/24",), None),
        ({"addressPrefix": "10.0.0.0/33"}, ("10.0.0.0/33",), None),
        ({"addressPrefix": "10.0.0.0/²4"}, ("10.0.0.0/²4",), None),
        ({"addressPrefix": "10.0.0.0/255.255.255.0"}, ("10.0.0.0/255.255.255.0",), None),
        ({"addressPrefix": "10.0.0.0"}, ("10.0.0.0",), None),
        ({"addressPrefix": "fd00::/24"}, ("fd00::/24",), None),
        ({"addressPrefix": ""}, (), None),
        ({}, (), None),
    ],
)
def test_the_size_is_that_of_exactly_one_proper_prefix(subnet: object, prefixes: tuple[str, ...], size: int | None):
    read = Snapshot.parse({"aks": {}, "subnet": subnet}).subnet
    assert read is not None and (read.prefixes, read.size) == (prefixes, size)


def test_a_snapshot_cannot_be_changed():
    snapshot = Snapshot.parse(base("overlay"))
    with pytest.raises(ValidationError, match="frozen"):
        snapshot.planned = None  # type: ignore[misc]


@pytest.mark.parametrize(
    ("spelled", "vnet"),
    [
        ("/Subscriptions/0/x/virtualNetworks/V/", "subscriptions/0/x/virtualnetworks/v"),
        ("/x/virtualNetworks/v/subnets/S", "x/virtualnetworks/v"),
        ("/resourceGroups/subnets/y/virtualNetworks/v", "resourcegroups/subnets/y/virtualnetworks/v"),
        ("/resourceGroups/subnets/y/virtualNetworks/v/subnets/s", "resourcegroups/subnets/y/virtualnetworks/v"),
        ("/x/virtualNetworks/subnets/subnets/subnets", "x/virtualnetworks/subnets"),
        (" / ", None),
        ("(known after apply)", None),
        (None, None),
    ],
)
def test_a_vnet_is_named_by_its_id_or_by_that_of_a_subnet_in_it(spelled: str | None, vnet: str | None):
    read = Snapshot.parse({"aks": {}, "vnets": {"aks": {"id": spelled, "region": None}}}).vnets
    assert read is not None and read.aks is not None and read.aks.id == vnet


@pytest.mark.parametrize(
    ("region", "read"),
    [("Japan East", "japaneast"), (" JAPAN  EAST ", "japaneast"), ("(known after apply)", None), ("", None)],
)
def test_a_region_is_one_word(region: str, read: str | None):
    vnets = Snapshot.parse({"aks": {}, "vnets": {"agc": {"region": region}}}).vnets
    assert vnets is not None and vnets.agc is not None and vnets.agc.region == read


def test_a_page_of_az_rest_is_its_items():
    items = [{"id": "/a", "subnet": "/s"}, {"id": "/b", "subnet": {"id": "/S/"}}]
    read = Snapshot.parse({"aks": {}, "agcAssociations": {"value": items, "nextLink": None}}).agc_associations
    assert read is not None
    assert [(association.id, association.subnet and association.subnet.id) for association in read] == [
        ("a", "s"),
        ("b", "s"),
    ]


def test_of_properties_and_the_keys_beside_them_those_that_say_something_count():
    arm = {"name": None, "Properties": {"Name": "inner", "podSubnetID": "/inner"}, "podSubnetId": "/outer"}
    (pool,) = Snapshot.parse({"aks": {"agentPoolProfiles": [arm]}}).aks.agent_pool_profiles or []
    assert (pool.name, pool.pod_subnet_id) == ("inner", "/outer")

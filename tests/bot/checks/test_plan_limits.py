"""What CNI Overlay does not take is named before the upgrade, and written into no command."""

import pytest

from .test_plan_input import NO_ASSOCIATIONS, flat, made, space, step, upgrade
from .test_plans import VNET


@pytest.mark.parametrize(
    ("pods", "said"),
    [
        *((text, "AKS rejects") for text in ("172.30.0.0/16", "172.31.128.0/20", "172.16.0.0/12", "169.254.0.0/16")),
        ("192.0.2.0/24", "AKS rejects"),
        *((text, "outside Microsoft's support") for text in ("8.8.0.0/16", "100.0.0.0/9", "9.0.0.0/7")),
        *((text, "no /24 for each of the nodes (5;") for text in ("10.244.0.0/24", "10.244.0.0/22", "100.64.0.0/25")),
    ],
)
def test_a_range_that_overlay_does_not_take_is_not_written_into_the_command(pods: str, said: str):
    aks = flat("kubenet", podCidr=pods, serviceCidr="10.0.0.0/16")
    aks["agentPoolProfiles"] = [
        {"name": "a", "count": 2, "maxCount": None},
        {"name": "b", "count": 1, "maxCount": 3, "enableAutoScaling": True},
        {"name": "c", "count": None},
    ]
    command, notes = upgrade(aks, space("10.60.0.0/16"))
    assert command.endswith("--pod-cidr '<POD_CIDR>'") and said in notes
    fits = aks | {"networkProfile": aks["networkProfile"] | {"podCidr": "10.244.0.0/21"}}
    command, notes = upgrade(fits, space("10.60.0.0/16"))
    assert command.endswith("--network-plugin-mode overlay") and said not in notes


@pytest.mark.parametrize("pods", ["192.168.0.0/16", "172.20.0.0/16", "100.64.0.0/10", "10.0.0.0/9"])
def test_a_private_range_that_azure_does_not_use_is_kept(pods: str):
    assert upgrade(flat("kubenet", podCidr=pods), space("10.200.0.0/16"))[0].endswith("--network-plugin-mode overlay")


@pytest.mark.parametrize("part", ["resourceGroups/rg", "virtualNetworks/a", "subnets/nodes"])
@pytest.mark.parametrize("plugin", ["azure", "kubenet"])
def test_names_that_overlay_does_not_take_are_told_before_the_upgrade(plugin: str, part: str):
    kind, _, _ = part.partition("/")
    for length, named in ((63, False), (64, True)):
        aks = flat(plugin)
        own = f"{VNET}/a/subnets/nodes"
        steps = own.split("/")
        steps[steps.index(kind) + 1] = "n" * length
        aks["agentPoolProfiles"] = [{"name": "np", "vnetSubnetId": "/".join(steps), "podSubnetId": None}]
        _, notes = upgrade(aks)
        assert ("n" * length in notes) is named


@pytest.mark.parametrize("plugin", ["azure", "kubenet"])
def test_what_the_data_do_not_show_is_told_before_the_window_and_so_before_an_engine_is_uninstalled(plugin: str):
    way = made([flat(plugin, networkPolicy="calico"), NO_ASSOCIATIONS])
    ids = [each.id for each in way.steps]
    assert ids.index("window") < ids.index("policy") < ids.index("upgrade")
    words = " ".join(note.text for note in step(way, "window").notes)
    assert "rules of the NSG" in words and "azure-ip-masq-agent" in words and "a /24 of the pod range" in words

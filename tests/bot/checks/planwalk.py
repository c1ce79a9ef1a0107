"""Worlds around a cluster as Azure and the cluster hold them, and what the commands of a plan make of them."""

import json
import shlex
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from bot.checks.plan.records import Need, Plan, Step

from .planwork import flat, made
from .test_laws import GATEWAY, NETWORK, deployment

NODE_GROUP = "MC_rg_one_japaneast"
KIND = "Microsoft.ServiceNetworking/trafficControllers"
IN_GROUP = f"/subscriptions/0/resourceGroups/{NODE_GROUP}/providers/{KIND}"
GOOD = "Succeeded"
# Steps that leave no trace in any document.
TRACELESS = ("window", "window-switch", "role", "switch", "detect")
PREFIXES = {"a/agc": "10.0.4.0/24", "a/wide": "10.0.6.0/23", "a/small": "10.0.9.0/25", "a/agc2": "10.0.10.0/24"}
PREFIXES |= {"hub/agc": "10.8.4.0/24", "far/agc": "10.9.4.0/24"}


@dataclass
class World:
    """`associations`: by ids the subnet and the state; `objects`: by names what they ask for, and their gateways."""

    overlay: bool = False
    version: str = "1.8.0"
    subnets: dict[str, str] = field(default_factory=lambda: {f"{NETWORK}/a/subnets/nodes": "10.0.0.0/22"})
    gateways: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)  # region, state, frontends
    associations: dict[str, tuple[str, str]] = field(default_factory=dict)
    objects: dict[str, tuple[list[str], str]] = field(default_factory=dict)

    def documents(self) -> list[Any]:
        """As az and kubectl print them."""
        profile = {"networkPlugin": "azure", "networkPluginMode": "overlay" if self.overlay else None}
        aks = flat(
            networkProfile=profile | {"networkPolicy": "none"},
            location="japaneast",
            resourceGroup="rg",
            nodeResourceGroup=NODE_GROUP,
        )
        gateways = [
            {
                "id": own,
                "name": own.rpartition("/")[2],
                "type": KIND,
                "location": region,
                "provisioningState": state,
                "associations": [{"id": each} for each in self.associations if each.startswith(f"{own}/")],
                "frontends": [{"id": f"{own}/frontends/{name}"} for name in frontends],
            }
            for own, (region, state, frontends) in self.gateways.items()
        ]
        listed = [
            {
                "id": own,
                "associationType": "subnets",
                "location": self.gateways[owner_of(own)][0],
                "provisioningState": state,
                "subnet": {"id": where},
            }
            for own, (where, state) in self.associations.items()
        ]
        objects = [balancer(name, *asked) for name, asked in self.objects.items()]
        networks = [self._network(name) for name in ("a", "hub", "far")]
        return [aks, networks, gateways, {"agcAssociations": listed}, *objects, deployment(self.version)]

    def _network(self, name: str) -> dict[str, Any]:
        peers = ("hub", "far") if name == "a" else ("a",)
        spaces = {"a": "10.0.0.0/16", "hub": "10.8.0.0/16", "far": "10.9.0.0/16"}
        return {
            "id": f"{NETWORK}/{name}",
            "name": name,
            "type": "Microsoft.Network/virtualNetworks",
            "location": "japanwest" if name == "far" else "japaneast",
            "addressSpace": {"addressPrefixes": [spaces[name]]},
            "subnets": [
                {
                    "id": own,
                    "name": own.rpartition("/")[2],
                    "addressPrefix": prefix,
                    "delegations": [] if own.endswith("/nodes") else [{"serviceName": KIND}],
                }
                for own, prefix in self.subnets.items()
                if own.startswith(f"{NETWORK}/{name}/")
            ],
            "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": f"{NETWORK}/{peer}"}} for peer in peers],
        }


def owner_of(association: str) -> str:
    return association.partition("/associations/")[0]


def balancer(name: str, asked: list[str], gateway: str) -> dict[str, Any]:
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": name, "namespace": "infra"},
        "spec": {"associations": asked},
        "status": {"conditions": [{"type": "Deployment", "message": f"alb-id={gateway}"}]},
    }


@st.composite
def half_way(draw: st.DrawFn, *going: str) -> World:
    """Up to two gateways, made by people or by the controller, with associations at any point of any move.

    `going`: more states that they may be in.
    """
    world = World(overlay=draw(st.booleans()), version=draw(st.sampled_from(["1.8.0", "1.6.7"])))
    count = draw(st.sampled_from([1, 1, 2]))
    managed = draw(st.booleans())
    places = ["a/agc", "a/agc2", "a/wide", "a/small", "hub/agc"]
    for number in range(count):
        own = f"{IN_GROUP}/alb-{number}" if managed else f"{GATEWAY}/g{number}"
        distant = draw(st.booleans()) and (managed or count == 1)
        chosen = (
            ["far/agc"] if distant else draw(st.lists(st.sampled_from(places), min_size=1, max_size=2, unique=True))
        )
        # Next to another gateway, one that people made in another network may be anybody's: a plan asks first.
        chosen = [place.replace("hub/agc", "a/wide") for place in chosen] if count > 1 and not managed else chosen
        state = draw(st.sampled_from([GOOD, GOOD, GOOD, "Updating", "Failed", *going]))
        world.gateways[own] = ("japanwest" if distant else "japaneast", state, ["fe"])
        sites = []
        for at, place in enumerate(chosen):
            network, _, name = place.partition("/")
            where = f"{NETWORK}/{network}/subnets/{name}"
            world.subnets[where] = PREFIXES[place]
            states = [GOOD, GOOD, "Updating", "Failed"] if at else [GOOD, GOOD, GOOD, "Updating", "Failed", "Canceled"]
            world.associations[f"{own}/associations/as-{at}"] = (where, draw(st.sampled_from([*states, *going])))
            sites.append(where)
        if managed:
            asked = draw(st.sampled_from([sites[:1], sites[-1:], list(dict.fromkeys(sites))]))
            world.objects[f"obj-{number}"] = (asked, own)
            if draw(st.booleans()) and len(asked) == 1 and len(sites) > 1:  # not made yet
                for each in [each for each, (where, _) in world.associations.items() if where == asked[0]]:
                    if owner_of(each) == own:
                        del world.associations[each]
    for name in draw(st.lists(st.sampled_from(["spare", "snet-agc-24", "snet-agc-24-2"]), unique=True)):
        world.subnets[f"{NETWORK}/a/subnets/{name}"] = {
            "spare": "10.0.20.0/24",
            "snet-agc-24": "10.0.21.0/24",
            "snet-agc-24-2": "10.0.22.0/24",
        }[name]
    return world


def left(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if step.need is not Need.DONE and step.id not in TRACELESS]


def run(world: World, line: str, step: Step) -> None:
    """What one command makes of the world."""
    words = shlex.split(line)
    option = {name: value for name, value in pairwise(words) if name.startswith("--")}
    group, subscription = option.get("--resource-group"), option.get("--subscription", "0")
    place = f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{KIND}"
    match words[:5]:
        case ["az", "network", "vnet", "subnet", "create"]:
            own = f"{NETWORK}/{option['--vnet-name']}/subnets/{option['--name']}"
            assert own not in world.subnets
            world.subnets[own] = option["--address-prefixes"]
        case ["az", "network", "alb", "association", "delete"]:
            world.associations.pop(f"{place}/{option['--alb-name']}/associations/{option['--name']}")
        case ["az", "network", "alb", "association", "create"]:
            own = f"{place}/{option['--alb-name']}/associations/{option['--name']}"
            assert own not in world.associations and option["--subnet"] in world.subnets
            world.associations[own] = (option["--subnet"], GOOD)
        case ["az", "network", "alb", "frontend", "create"]:
            world.gateways[f"{place}/{option['--alb-name']}"][2].append(option["--name"])
        case ["az", "network", "alb", "create", *_]:
            assert f"{place}/{option['--name']}" not in world.gateways
            world.gateways[f"{place}/{option['--name']}"] = (option["--location"], GOOD, [])
        case ["az", "network", "alb", "delete", *_]:
            del world.gateways[f"{place}/{option['--name']}"]
        case ["kubectl", "patch", "applicationloadbalancer", name, *_]:
            asked = json.loads(option["--patch"])["spec"]["associations"]
            world.objects[name] = (asked, world.objects[name][1])
        case ["kubectl", "create", "-f", *_]:
            _made_by_controller(world, step)
        case ["kubectl", "delete", "applicationloadbalancer", name, *_]:
            _, gateway = world.objects.pop(name)
            del world.gateways[gateway]
            world.associations = {own: said for own, said in world.associations.items() if owner_of(own) != gateway}
        case ["az", "aks", "update", *_]:
            world.overlay = True
        case ["helm", "upgrade", *_]:
            world.version = "1.8.0"


def _made_by_controller(world: World, step: Step) -> None:
    """The object of the file, and the gateway that the controller makes of it."""
    where = next(fill.what for fill in step.fill if fill.name == "<BALANCER_FILE>").rpartition(": ")[2]
    assert where in world.subnets
    own = f"{IN_GROUP}/alb-new-{len(world.gateways)}"
    world.gateways[own] = ("japaneast", GOOD, ["fe"])
    world.objects[f"new-{len(world.objects)}"] = ([where], own)
    world.associations[f"{own}/associations/as"] = (where, GOOD)


def wait(world: World, plan: Plan, step: Step) -> None:
    """What comes about while a step without commands is waited for."""
    named = [own for own in world.gateways if f" {own.rpartition('/')[2]} " in f" {step.title.replace(':', ' ')} "]
    owner = next(iter(named), None)
    of_it = {own: said for own, said in world.associations.items() if owner_of(own) == owner}
    if step.id == "arrive":
        for own, (where, state) in of_it.items():
            if state == "Updating" and f"subnet {where.rpartition('/')[2]} " in f"{step.title} ":
                world.associations[own] = (where, GOOD)
                return
    if step.id in ("arrive-gateway", "repair") and owner:
        region, _, frontends = world.gateways[owner]
        world.gateways[owner] = (region, GOOD, frontends)
    if step.id in ("arrive-managed", "leave-managed") and owner:
        controller(world, owner)


def controller(world: World, owner: str) -> None:
    """ALB Controller makes of a gateway what its object asks for."""
    asked = next(asked for asked, gateway in world.objects.values() if gateway == owner)
    kept = {own: said for own, said in world.associations.items() if owner_of(own) != owner}
    there = {where: own for own, (where, _) in world.associations.items() if owner_of(own) == owner}
    for where in asked:
        kept[there.get(where, f"{owner}/associations/as-{where.rpartition('/')[2]}")] = (where, GOOD)
    world.associations = kept


def plan_of(world: World, goal: str = "agc") -> Plan:
    return made(world.documents(), goal)

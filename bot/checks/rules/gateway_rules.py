"""Rules about the gateway next to an overlay cluster: controller, subnet, peering."""

from collections.abc import Callable
from ipaddress import ip_network

import semver

from bot.checks.findings import Doubt, Gap, Severity, Status, Verdict
from bot.checks.inventory.snapshot import Network, Snapshot, Subnet, Vnet
from bot.checks.printable import printable
from bot.checks.regions import differ
from bot.checks.rules.catalog import Judge, rule
from bot.checks.rules.cluster_rules import PLANNED, PLUGIN, network_gap, network_seen
from bot.checks.versions import alb_version

VERSION = "/albController/version"
ASSOCIATIONS = "/agcAssociations"
VNETS = "/vnets"
MINIMUM_VERSION = semver.Version(1, 7, 9)
SUBNET_SIZE = 24


def with_overlay(judge: Judge) -> Judge:
    """Apply a rule to overlay, present or planned. What the plugin is must be known first, whatever is planned."""

    def gated(snapshot: Snapshot) -> Verdict:
        if snapshot.network is Network.UNKNOWN:
            return Verdict(Status.UNKNOWN, network_seen(snapshot), PLUGIN, network_gap(snapshot))
        if snapshot.network is Network.OVERLAY or snapshot.planned == "upgrade-to-overlay":
            return judge(snapshot)
        return Verdict(Status.NOT_APPLICABLE, network_seen(snapshot), PLUGIN)

    return gated


@rule("AGC003", "alb-version", Severity.ERROR, "agc/limitations#alb-controller-version")
@with_overlay
def version(snapshot: Snapshot) -> Verdict:
    text = snapshot.alb_controller.version if snapshot.alb_controller else None
    parsed = alb_version(text)
    if parsed is None:
        return Verdict(Status.UNKNOWN, text, VERSION)
    return Verdict(Status.PASS if parsed >= MINIMUM_VERSION else Status.FAIL, text, VERSION)


@rule("AGC004", "subnet-size", Severity.ERROR, "agc/limitations#subnet-size")
@with_overlay
def subnet_size(snapshot: Snapshot) -> Verdict:
    return _size_verdict(snapshot)


@rule("AGC009", "upgrade-subnet", Severity.ERROR, "agc/upgrade#larger-subnet-outage")
def upgrade_subnet(snapshot: Snapshot) -> Verdict:
    if snapshot.planned != "upgrade-to-overlay":
        return Verdict(Status.NOT_APPLICABLE, snapshot.planned, PLANNED)
    if snapshot.network is Network.UNKNOWN:
        return Verdict(Status.UNKNOWN, network_seen(snapshot), PLUGIN, network_gap(snapshot))
    if snapshot.network is not Network.FLAT:
        return Verdict(Status.NOT_APPLICABLE, network_seen(snapshot), PLUGIN)
    return _size_verdict(snapshot)


def _size_verdict(snapshot: Snapshot) -> Verdict:
    subnet = snapshot.subnet
    if subnet is None:
        return Verdict(Status.UNKNOWN, None, "/subnet")
    pointer = "/subnet/addressPrefixes" if subnet.address_prefixes else "/subnet/addressPrefix"
    seen = ", ".join(subnet.prefixes) or None
    if subnet.torn:
        return Verdict(Status.UNKNOWN, seen, pointer, Gap.DATA, Doubt("said-twice", printable(seen or ""), pointer))
    if subnet.size is None:
        malformed = Doubt("malformed-prefix", printable(subnet.malformed), pointer) if subnet.malformed else None
        return Verdict(Status.UNKNOWN, seen, pointer, Gap.DATA if malformed else _size_gap(subnet), malformed)
    return Verdict(Status.PASS if subnet.size == SUBNET_SIZE else Status.FAIL, seen, pointer)


def _size_gap(subnet: Subnet) -> Gap:
    """The source speaks of one IPv4 prefix. Of several proper ones, or of IPv6, it says nothing."""
    try:
        networks = [ip_network(prefix) for prefix in subnet.prefixes]
    except ValueError:
        return Gap.DATA
    return Gap.SOURCE if len(networks) > 1 or any(network.version == 6 for network in networks) else Gap.DATA


@rule("AGC005", "subnet-one-deployment", Severity.ERROR, "agc/limitations#one-deployment-per-subnet")
@with_overlay
def one_deployment(snapshot: Snapshot) -> Verdict:
    associations, subnet = snapshot.agc_associations, snapshot.subnet
    if associations is None:
        return Verdict(Status.UNKNOWN, None, ASSOCIATIONS)
    if subnet is None or subnet.id is None:
        return Verdict(Status.UNKNOWN, None, "/subnet/id")
    here = [item.id or f"#{at}" for at, item in enumerate(associations) if item.subnet and item.subnet.id == subnet.id]
    here = list(dict.fromkeys(here))  # lists gathered per gateway may overlap
    unplaced = sum(item.subnet is None or item.subnet.id is None for item in associations)
    planned = snapshot.planned == "install-agc"
    arriving = [_short(snapshot.arrival or "install-agc")] * planned
    seen = ", ".join([*map(_short, here), *arriving]) or "0"
    if len(here) + planned > 1:
        return Verdict(Status.FAIL, seen, ASSOCIATIONS)
    return Verdict(Status.UNKNOWN if unplaced else Status.PASS, seen, ASSOCIATIONS)


def _short(association: str) -> str:
    """The gateway's name and its own."""
    return "/".join(association.split("/")[-3::2])


@rule("AGC006", "regional-peering", Severity.ERROR, "agc/limitations#regional-vnet-peering")
@with_overlay
def regional_peering(snapshot: Snapshot) -> Verdict:
    return _peering_verdict(snapshot, lambda two_regions: not two_regions)


@rule("AGC007", "global-peering", Severity.ERROR, "agc/limitations#global-vnet-peering")
@with_overlay
def global_peering(snapshot: Snapshot) -> Verdict:
    return _peering_verdict(snapshot, lambda two_regions: two_regions)


def _peering_verdict(snapshot: Snapshot, concerns: Callable[[bool], bool]) -> Verdict:
    """Same VNet: no peering at all. Else both regions decide which of the two rules is concerned, if peered."""
    vnets = snapshot.vnets
    if vnets is None:
        return Verdict(Status.UNKNOWN, None, VNETS)
    aks, agc = vnets.aks or Vnet(), vnets.agc or Vnet()
    seen = f"aks={_vnet_seen(aks)} agc={_vnet_seen(agc)} peered={str(vnets.peered).lower()}"
    if aks.id is not None and aks.id == agc.id:
        return Verdict(Status.PASS, seen, VNETS)
    two_regions = None if aks.region is None or agc.region is None else differ(aks.region, agc.region)
    if two_regions is None:
        return Verdict(Status.UNKNOWN, seen, VNETS)
    if not concerns(two_regions):
        return Verdict(Status.PASS, seen, VNETS)
    # Two VNets that are not peered: the source does not speak of them.
    apart = vnets.peered is False and aks.id is not None and agc.id is not None
    return Verdict(Status.FAIL if vnets.peered else Status.UNKNOWN, seen, VNETS, Gap.SOURCE if apart else Gap.DATA)


def _vnet_seen(vnet: Vnet) -> str:
    return f"{(vnet.id or '?').rsplit('/', 1)[-1]}@{vnet.region or '?'}"

"""Address ranges that overlap, of any number."""

import json
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.findings import Status
from bot.checks.inventory.cluster import Cluster, NetworkProfile, Upgrade
from bot.checks.inventory.ranges import overlapping
from bot.checks.inventory.snapshot import Snapshot
from bot.checks.posted.posted import Report, plan
from bot.checks.rules.upgrade_conditions import pod_ranges

FOUR = st.builds(lambda at, length: f"10.{at}.0.0/{length}", st.integers(0, 15), st.integers(10, 20))
SIX = st.builds(lambda at, length: f"fd00:{at:x}::/{length}", st.integers(0, 15), st.integers(26, 40))
RANGES = st.lists(FOUR | SIX | st.sampled_from(["none", " 10.3.0.0/16 "]), max_size=8)


def meet(text: str, other: str) -> bool:
    try:
        mine, its = ip_network(text.strip(), strict=False), ip_network(other.strip(), strict=False)
    except ValueError:
        return False
    return mine.version == its.version and mine.overlaps(its)


@given(RANGES, RANGES)
def test_what_overlaps_any_range_is_named_in_its_order(ranges: list[str], others: list[str]):
    assert overlapping(ranges, others) == tuple(text for text in others if any(meet(each, text) for each in ranges))


def test_many_ranges_are_compared_with_many():
    """Each with each would be 400 million comparisons."""
    ranges = [f"10.{at >> 8}.{at & 255}.0/24" for at in range(20_000)]
    others = [f"172.{at >> 8}.{at & 255}.0/24" for at in range(20_000)]
    assert overlapping(ranges, [*others, ranges[7]]) == (ranges[7],)


def test_a_plan_shows_few_of_many_ranges_and_compares_all():
    services = [f"172.16.{at}.0/24" for at in range(40)]
    profile = {"networkPlugin": "kubenet", "podCidr": services[-1], "serviceCidrs": services}
    report = plan(json.dumps({"networkProfile": profile}).encode(), 10_000, "overlay", "json", "en")
    assert isinstance(report, Report)
    assert f"{services[15]}, …" in report.text and services[16] not in report.text
    assert f"of the cluster, {services[-1]}, overlaps {services[-1]}:" in report.text


@pytest.mark.parametrize(("text", "unread"), [("10.0.0.0/33", "10.0.0.0/33"), ("10.244.0.0/16", None), (None, None)])
def test_what_is_given_as_a_range_and_is_none_is_kept_apart(text: str | None, unread: str | None):
    profile = NetworkProfile.model_validate({"podCidr": text, "podCidrs": ["10.244.0.0/16"]})
    assert profile.unread_pod_range == unread
    target = Cluster.model_validate({"networkProfile": {"podCidr": text}})
    verdict = pod_ranges(Snapshot.model_construct(aks=Cluster(), upgrade=Upgrade(target=target, network_known=True)))
    assert (verdict.status, verdict.observed) == (
        (Status.UNKNOWN, f"podCidr={unread}") if unread else (Status.PASS, None)
    )

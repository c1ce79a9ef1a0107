"""Pools that all have a subnet for pods suit the gateway; one pool less, or another network, is nothing told."""

import pytest

from bot.checks.asked.asked import judged
from bot.checks.asked.pools_asked import pools, without_pools
from bot.question.parts import plain


@pytest.mark.parametrize(
    ("question", "mode"),
    [
        ("each node pool has its own pod subnet. does agc run?", None),
        ("all our pools use a podSubnetId, static block allocation. agc ok?", "StaticBlock"),
        ("podSubnetId is set on every pool, dynamic ip allocation. agc?", "DynamicIndividual"),
        ("すべてのノードプールにpodSubnetIdを設定済み、静的ブロック割り当て。AGCは使える？", "StaticBlock"),
        ("全プールpodSubnetIdあり、podIpAllocationMode=DynamicIndividual。AGC使える？", "DynamicIndividual"),
        ("プールは全部podSubnetIdありです。AGC動きますか？", None),
        ("各プールにpodSubnetIdが指定されています。AGCは使えますか", None),
    ],
)
def test_all_pools_pass(question: str, mode: str | None):
    fact = pools(plain(question))
    assert fact is not None
    assert fact.document["aks"]["agentPoolProfiles"][0].get("podIpAllocationMode") == mode
    assert [(each.id, str(each.status)) for each in judged(plain(question), "en")] == [("AGC002", "pass")]


@pytest.mark.parametrize(
    "question",
    [
        "all pools have a podSubnetId except one. agc ok?",
        "some pools have a podSubnetId. agc ok?",
        "not every pool has a podSubnetId. agc ok?",
        "if all pools have a podSubnetId, agc ok?",
        "all pools have a podSubnetId, overlay. agc ok?",  # which contradict each other
        "kubenet, all pools have a podSubnetId. agc ok?",
        "all pools have a podSubnetId, static block allocation and dynamic ip allocation. agc ok?",
        "全プールpodSubnetIdありではない。AGC使える？",
        "1 つ以外の全プールにpodSubnetIdあり。AGC使える？",
        "全プールpodSubnetIdなし。AGC使える？",
    ],
)
def test_what_is_not_told_of_all_is_nothing(question: str):
    assert pools(plain(question)) is None


def test_what_is_told_of_pools_is_left_out():
    assert without_pools("every pool has a podSubnetId, static block. agc ok?").split() == [",", ".", "agc", "ok?"]

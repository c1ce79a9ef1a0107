"""A follow-up that names another subject is the question before, asked about that one."""

from dataclasses import replace

import pytest
from handmade import ranking, section, topics

from bot.answering.ask import Bot
from bot.answering.exchange import beside, exchanged
from bot.question.conversation import another_subject
from bot.records import Status


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("and kubenet?", "kubenet"),
        ("What about a flat network?", "flat network"),
        ("ok and for AGC009?", "AGC009"),
        ("same with Azure CNI Node Subnet?", "Azure CNI Node Subnet"),
        ("じゃあ kubenet は？", "kubenet"),
        ("ノードサブネットの場合は？", "ノードサブネット"),
        ("Cilium だとどうですか", "Cilium"),
        ("AGC005 は？", "AGC005"),
        ("フラットではどうなの？", "フラット"),
        ("フラットだとどうなっていますか", "フラット"),
        ("And how is it on a flat network?", "flat network"),
        ("How does it look with kubenet?", "kubenet"),
        ("How does it work?", None),
        ("Why?", None),
        ("How do I fix it?", None),
        ("kubenet", None),
        ("それはなぜですか", None),
    ],
)
def test_what_a_follow_up_names(text: str, subject: str | None):
    assert another_subject(text) == subject


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("How many pods does CNI Overlay allow?", "and Pod Subnet?", "How many pods does Pod Subnet allow?"),
        (
            "How many nodes does CNI Overlay allow?",
            "and Azure CNI Node Subnet?",
            "How many nodes does Azure CNI Node Subnet allow?",
        ),
        ("Does AGC work with CNI Overlay?", "what about kubenet?", "Does AGC work with kubenet?"),
        ("How do I fix AGC004?", "and AGC009?", "How do I fix AGC009?"),
        ("AGC は Calico に対応してますか", "Cilium は？", "AGC は Cilium に対応してますか"),
        ("AGC004 は何を確認しますか", "AGC005 の場合は？", "AGC005 は何を確認しますか"),
        ("How many pods does CNI Overlay allow?", "and how many nodes?", "How many nodes does CNI Overlay allow?"),
        ("How many pods does CNI Overlay allow?", "and how many nodes with Calico?", None),  # not that alone
        ("Does AGC work with kubenet?", "and kubenet?", None),
        ("How many AGCs per subnet?", "and per VNet?", "How many AGCs per VNet?"),
        ("How many AGCs per subnet?", "how many per node?", "How many AGCs per node?"),
        ("1 つのサブネットに AGC はいくつ？", "VNet なら？", "1 つのVNetに AGC はいくつ?"),
        ("How many pods per node does CNI Overlay allow?", "and nodes?", "How many nodes does CNI Overlay allow?"),
        ("pods per node, overlay?", "nodes?", None),  # which does not go on
        ("1 ノードに Pod はいくつ？", "ノードは？", "ノード はいくつ?"),
        ("Is every node behind one AGC?", "and nodes?", None),  # counted per nothing
        ("When does kubenet retire?", "and Azure NPM?", "When does Azure NPM retire?"),  # which heads a section
        ("When does kubenet retire?", "and Nowhere?", None),
        ("Is it free?", "and kubenet?", None),  # nothing to exchange
        ("Does AGC work with CNI Overlay?", "and on three Windows nodes?", None),  # no term by itself
    ],
)
def test_the_subject_takes_the_place_of_the_one_most_like_it(bot: Bot, before: str, question: str, asked: str | None):
    other = exchanged(question, before, bot.topics)
    assert (other.text if other else None) == asked


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("Does AGC work with CNI Overlay?", "and kubenet?", "agc/kubenet#kubenet-not-supported"),
        ("How do I fix AGC004?", "And for AGC009?", "rules/agc009#how-to-fix"),
        ("AGC004 は何を確認しますか", "AGC005 の場合は？", "rules/agc005#what-it-checks"),
        (
            "オーバーレイの Pod に外から直接アクセスできますか",
            "フラット ネットワークは？",
            "concepts/network-models#flat-network",
        ),
        ("How many nodes does Azure CNI Pod Subnet allow?", "and CNI Overlay?", "faq#max-nodes"),
        ("how much room for pods per node with overlay?", "and nodes?", "faq#max-nodes"),
        ("オーバーレイは1ノード何Podまで？", "ノードは？", "faq#max-nodes"),
    ],
)
def test_it_is_answered_from_what_the_site_says_of_it(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert (answer.question, answer.not_stated) == (question, ())
    assert answer.citations[0].section == section


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How many pods per node does CNI Overlay allow?", "and Azure CNI Pod Subnet?"),
        ("How many nodes does CNI Overlay allow?", "and Azure CNI Node Subnet?"),
        ("How many nodes does CNI Overlay allow?", "and Azure CNI Pod Subnet?"),
        ("CNI オーバーレイはノードあたり Pod いくつまで？", "じゃあ Azure CNI Pod サブネットは？"),
    ],
)
def test_the_old_subjects_number_is_not_the_new_ones(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is not Status.ANSWERED or answer.not_stated
    assert "250" not in "".join(citation.quote for citation in answer.citations[:1])


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("what are the steps from kubenet to AGC?", "and with Calico?", "rules/agc012#calico"),
        ("kubenet から AGC への手順を教えて", "Calico だと？", "rules/agc012#calico"),
        (
            "Azure CNI から CNI オーバーレイへの手順",
            "Calico の場合は？",
            "runbooks/aks-conditions#network-policy-engine",
        ),
    ],
)
def test_what_is_added_to_steps_is_told_by_the_pages_that_these_link_to(
    bot: Bot, before: str, question: str, section: str
):
    answer = bot.ask(question, history=[before])
    assert answer.citations[0].section == section and "Calico" in answer.answer
    assert answer.question == question


def test_only_the_procedures_page_and_what_it_links_to_stay():
    steps = replace(section("tea#steps", "Pour.", title="Steps"), links=("lids",))
    lids, cups, none = (
        section("lids#lid", "A lid."),
        section("cups#cup", "A cup."),
        section("x#x", "None.", covered=False),
    )
    site = topics(steps, lids, cups, none)
    assert [site.ids[topic] for topic in beside([steps, cups], ranking(1, 2, 4, 3), site).order] == [
        *("x#x", "lids#lid", "tea#steps")
    ]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Can I put two AGCs into one subnet with CNI Overlay?", "and for flat?"),
        ("Which ALB Controller version does CNI Overlay need?", "and with dynamic IP allocation?"),
        ("オーバーレイの AGC のサブネットの大きさは？", "静的ブロック割り当ての方は？"),
    ],
)
def test_what_is_left_open_for_the_other_subject_is_said_to_be_open(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert answer.citations[0].section == "agc/limitations#without-overlay" and answer.not_stated


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Can I upgrade from kubenet to CNI Overlay?", "and the reverse?"),
        ("Can I go from Azure CNI to CNI Overlay?", "what about the other way round"),
        ("kubenet から CNI オーバーレイへアップグレードできますか", "じゃあ逆は？"),
    ],
)
def test_the_reverse_of_a_way_is_the_way_back(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert (answer.citations[0].section, answer.question) == ("agc/upgrade#cannot-be-undone", question)
    assert answer.not_stated and answer.verdict is None


@pytest.mark.parametrize(
    ("before", "question", "unit", "section"),
    [
        ("how many AGCs fit per subnet?", "what about per VNet?", "per VNet", "two-gateways-one-subnet"),
        ("how many pods per node does overlay take", "per subnet?", "per subnet", "pods-per-node"),
        ("サブネットごとに AGC はいくつ？", "VNet ごとだと？", "VNetごと", "two-gateways-one-subnet"),
    ],
)
def test_of_another_unit_what_is_counted_per_the_one_before_is_told(
    bot: Bot, before: str, question: str, unit: str, section: str
):
    answer = bot.ask(question, history=[before])
    assert answer.not_stated == (unit,) and answer.verdict is None
    assert section in answer.citations[0].section


@pytest.mark.parametrize(
    ("before", "question"),
    [("when will kubenet retire?", "and NPM?"), ("kubenet のサポート終了はいつ？", "Azure NPM は？")],
)
def test_beside_the_section_that_answers_stands_that_of_the_other(bot: Bot, before: str, question: str):
    assert bot.ask(question, history=[before]).citations[0].section == "agc/disagreements#npm-end"

import pytest

from bot.polarity import facts, same_way_round, verdict_spans
from index.records import Section, Span


def section(title: str, *sentences: str) -> Section:
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Section("faq#a", "en", title, (), "/faq/#a", " ".join(sentences), tuple(spans), (), (), True)


@pytest.mark.parametrize(
    ("sentences", "count"),
    [
        (("Yes.", "It can."), 1),
        (("No.", "It cannot."), 1),
        (("Yes, with conditions.", "It can."), 1),
        (("はい。", "ただし条件があります。", "できます。"), 2),
        (("いいえ。", "できません。"), 1),
        (("It can.", "Yes."), 0),
        (("Yesterday it could.",), 0),
        (("No cluster needs it.",), 0),
        ((), 0),
    ],
)
def test_leading_verdicts(sentences: tuple[str, ...], count: int):
    assert verdict_spans(section("Can it?", *sentences)) == count


@pytest.mark.parametrize(
    ("asked", "heading", "same"),
    [
        ("Can I upgrade from kubenet?", "Can I upgrade an existing kubenet cluster?", True),
        ("Can two gateways share a subnet?", "Can I deploy two AGCs in one subnet?", True),
        ("so one gateway per subnet, correct?", "Can I deploy two AGCs in one subnet?", False),
        ("Is it not possible to share?", "Can I deploy two AGCs in one subnet?", False),
        ("Can the subnet be /23?", "Must the AGC subnet be exactly /24?", False),
        ("Is a /26 allowed?", "Is a /25 allowed?", False),
        ("kubenet から移行できる？", "kubenet のクラスターを移行できますか？", True),
        ("kubenet からは移行できないの？", "kubenet のクラスターを移行できますか？", False),
        ("移行の手順は何ですか", "kubenet のクラスターを移行できますか？", False),
        ("Does Pod Subnet allow direct access?", "Can I access an Overlay pod directly?", False),
    ],
)
def test_two_questions_turn_the_same_way(asked: str, heading: str, same: bool):
    assert same_way_round(asked, heading) is same


def test_a_verdict_is_quoted_only_for_the_same_question():
    one = section("Can I upgrade?", "Yes.", "An upgrade is supported.")
    assert facts(one, "Can I upgrade?", 0.97) == one.sentences
    assert facts(one, "Can I upgrade?", 0.80) == one.sentences[1:]
    assert facts(one, "Is an upgrade not possible?", 0.97) == one.sentences[1:]


def test_a_section_that_is_only_a_verdict_keeps_it():
    one = section("Can I?", "Yes.")
    assert facts(one, "What?", 0.0) == one.sentences

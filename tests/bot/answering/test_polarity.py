import numpy as np
import pytest
from handmade import asked as read

from bot.answering.ask import Bot
from bot.answering.polarity import (
    SAME_QUESTION,
    facts,
    same_way_round,
    verdict_of,
    verdict_spans,
    without_joined_verdict,
)
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
        ("Can I not upgrade?", "Can I ＮＯＴ upgrade?", True),  # in wide letters
        ("Can I upgrade?", "Can I ＮＯＴ upgrade?", False),
        ("Does Pod Subnet allow direct access?", "Can I access an Overlay pod directly?", False),
    ],
)
def test_two_questions_turn_the_same_way(asked: str, heading: str, same: bool):
    assert same_way_round(read(asked), heading) is same


def test_a_verdict_is_quoted_only_for_the_same_question():
    upgrade = section("Can I upgrade?", "Yes.", "An upgrade is supported.")
    assert facts(upgrade, read("Can I upgrade?"), 0.97) == upgrade.sentences
    assert facts(upgrade, read("Can I upgrade?"), 0.80) == upgrade.sentences[1:]
    assert facts(upgrade, read("Is an upgrade not possible?"), 0.97) == upgrade.sentences[1:]


def test_a_section_that_is_only_a_verdict_keeps_it():
    short = section("Can I?", "Yes.")
    assert facts(short, read("What?"), 0.0) == short.sentences


# Each word turns a plain question, and two of one kind turn it the same way.
PLAIN = {"en": "Can the cluster be upgraded", "ja": "クラスターを移行できますか"}
TURNS = {
    "en": [
        "not, no, never, without, cannot, unsupported, nonexistent, "
        "isn't, isnt, cant, dont, doesnt, wont, neither, nor, leaving, abandoning, quitting, getting rid, stop using",
        "must, need, needs, have to, has to, require, required, necessary, mandatory, force, forced",
        "exactly, precisely",
        "only, just, limited, except, solely, at least, minimum, maximum, at most, too, outside, instead",
        "before, after, first, then, now, still, while, stay, stays, keep, keeping, remain, remains",
        "fail, failed, break, breaking, block, forbid, prevent, lose, "
        "ignore, ignored, safe, safely, problem, wrong",
        "what, whatever, which, how, when, why, where, who, lowest",
        "correct, right, yeah, true, guarantee, guaranteed, certain, always, hitless, zero downtime, zero-downtime",
        "new, brand-new, from scratch",
        "next to, beside",
        "pod subnet, Pod-Subnet, podsubnet, ポッドサブネット",
        "node subnet, Node-Subnet, ノード サブネット",
        "static, 静的",
        "dynamic, 動的",
        "kubenet",
        "manually, by hand, tell, select, choose, set",
        "differ, differs, difference",
    ],
    "ja": [
        "できない, 移行でなく, なし, できません, ませ, 止めずに, 止めずと, 不可, 不要, "
        "無理, 非対応, 未対応, 以外, サポート外, 対象外, だめ, ダメ, 駄目, 禁止, やめる",
        "必要, 必須, 行うべき, 移行しなければ, しなきゃ, しかない",
        "ちょうど, ぴったり, 必ず, 絶対",
        "だけ, のみ, 限定, 限られ, 以上, 以下, 以内, これしか",
        "先に, 前に, 後に, そのあと, そのまま, それから, 段階",
        "安全, 問題, 影響, 止まる, 失敗, 壊れる, 中断, 停止, 切断",
        "無償, 非公開, 未検証, 不完全, ゼロ, 避け, 防げ, 回避",
        "手動, 手作業, 指定, 選択, 教える",
        "変わる, 変わります, 違い",
        "何, なに, なん, どの, どれ, どう, どこ, いつ, なぜ, いくつ",
        "正しい, 合って, という理解, 保証, 確実",
        "新しく, 新規, 新たに",
        "隣, となり",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "kind"), [(lang, kind) for lang, kinds in TURNS.items() for kind in kinds])
def test_a_word_that_turns_a_question_makes_it_another_one(lang: str, kind: str):
    plain = PLAIN[lang]
    first, *others = [f"{plain} {word}" for word in kind.split(", ")]
    assert [turned for turned in (first, *others) if same_way_round(read(turned), plain)] == []
    assert [turned for turned in others if not same_way_round(read(turned), first)] == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_words_of_two_kinds_turn_a_question_two_ways(lang: str):
    firsts = [f"{PLAIN[lang]} {kind.split(', ')[0]}" for kind in TURNS[lang]]
    assert [(a, b) for a in firsts for b in firsts if a != b and same_way_round(read(a), b)] == []


@pytest.mark.parametrize(
    ("asked", "heading", "same"),
    [
        ("Is it allowed?", "Is a /25 allowed?", False),
        ("Is a /25 allowed?", "Is it allowed?", False),
        ("Does 1.7.9 do?", "Does 1.7.8 do?", False),
        ("Does 1.7.9 do?", "Will 1.7.9 do?", True),
        ("Ｍｕｓｔ it be ／２４?", "Must it be /24?", True),  # full-width letters are the same letters
        ("MUST it be /24?", "must it be /24?", True),
        ("Must it be a /24?", "Must it be exactly a /24?", True),  # what must be so must be so exactly
        ("ちょうど /24 でなければだめ？", "/24 でなければだめ？", True),
        ("Is it a /24?", "Is it exactly a /24?", False),  # it may be so in part
        ("Must it be at least a /24?", "Must it be exactly a /24?", False),
        ("Can it be larger than /24?", "Can it be smaller than /24?", False),  # the other side
        ("Can it be bigger than /24?", "Can it be larger than /24?", True),
        ("/24 より大きくできますか", "/24 より小さくできますか", False),
        ("/24 未満にできますか", "/24 より小さくできますか", True),
        ("/24 を超えてもよいですか", "/24 より小さくてもよいですか", False),
        ("Must it be wide?", "Must it be exactly as wide?", False),  # of no value
        ("Do 3 pods fit?", "Do three pods fit?", False),
        ("Do 2 pods fit on the same node?", "Do 2 pods fit on 1 node?", True),  # "the same" is one
        ("Do pods fit on the same node?", "Do 2 pods fit on 1 node?", False),
        ("Do pods fit on 1 node?", "Do pods fit on a node?", False),
        ("Does one pod fit on a node?", "Do two pods fit on one node?", False),  # several is another question
        ("Do two pods fit on a node?", "Do two pods fit on one node?", True),
        ("What is a node? Do pods fit on the same node?", "Do pods fit on the same node?", True),  # what it tells
        ("Is nothing lost?", "Is thing lost?", True),  # a word is a whole word: this is no "not"
        ("A notable cannon", "A table can", True),
        ("Pots fit, right?", "Do pots fit?", True),
        ("Don't pots fit?", "Do pots fit?", True),
        ("Pots don't fit, right?", "Do pots fit?", True),  # which is not so if they fit
        ("Pots don't fit?", "Do pots fit?", False),  # nobody knows what its yes says
        ("Pots don't fit, do they?", "Do pots fit?", False),
        ("Is it fine to put pots there?", "Can pots stand there?", True),
        ("Is it fine to put pots there?", "Must pots stand there?", False),
        ("Is it fine if pots break there?", "Can pots break there?", False),  # that it can happen does not make it fine
        ("Can pots keep standing there?", "Can pots stand there?", True),
        ("Can pots keep standing there?", "Can pots be moved there?", False),
        ("Do pots have to stand there or are they fine here?", "Do pots have to stand there?", True),
        ("鍋は置けますよね？", "鍋は置けますか", True),
        ("鍋は置けないんですよね？", "鍋は置けますか", True),
        ("鍋は置けないんですか？", "鍋は置けますか", False),
        ("鍋を置いて大丈夫？", "鍋は置けますか", True),
        ("鍋が壊れて大丈夫？", "鍋が壊れることはありますか", False),
        ("鍋のまま置けますか", "鍋は置けますか", True),
        ("鍋のまま変えられますか", "鍋を変えられますか", False),
        ("鍋は洗わなくていい？", "鍋を洗う必要がありますか", True),
        ("鍋を洗うのは不要？", "鍋を洗う必要がありますか", True),
        ("鍋は洗わなければならないんですよね", "鍋を洗う必要がありますか", True),
    ],
)
def test_numbers_and_whole_words_are_compared(asked: str, heading: str, same: bool):
    assert same_way_round(read(asked), heading) is same


@pytest.mark.parametrize(
    "verdict",
    ["yes.", "NO.", "No, with one exception.", "いいえ。", "条件付きでできます。", "条件付きで。"],
)
def test_every_form_of_a_verdict(verdict: str):
    assert verdict_spans(section("Can it?", verdict, "A fact.")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Yes, but only when the whole cluster has been upgraded.",
        "No 5.",
        "はい、できます。",
        "条件付きで動きますが長い文は事実です。",
    ],
)
def test_a_sentence_that_says_more_is_no_verdict(sentence: str):
    assert verdict_spans(section("Can it?", sentence, "A fact.")) == 0


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("Yes, it runs on Linux nodes.", "it runs on Linux nodes."),
        ("No, it does not run on Windows.", "it does not run on Windows."),
        ("Yes, but only on Linux.", "only on Linux."),
        ("はい、Linux で使えます。", "Linux で使えます。"),
        ("いいえ、使えません。", "使えません。"),
        ("Yesterday, it ran.", "Yesterday, it ran."),
        ("It runs. Yes, really.", "It runs. Yes, really."),
        ("Yes.", "Yes."),  # a verdict alone, which `facts` leaves out
    ],
)
def test_a_yes_that_a_fact_is_joined_to_is_quoted_only_for_the_same_question(sentence: str, fact: str):
    linux = section("Does it run on Linux?", sentence, "More.")
    for asked, cosine in (("Does it run on Windows only?", 0.97), ("Does it run on Linux?", 0.80)):
        first, more = without_joined_verdict(linux, linux.sentences, read(asked), cosine)
        assert (linux.quote(first), more) == (fact, linux.sentences[1])
    assert without_joined_verdict(linux, linux.sentences, read("Does it run on Linux?"), 0.97) == linux.sentences


@pytest.mark.parametrize(
    ("question", "heading"),
    [("Can you tell me, can I move it?", "Can I move it?"), ("移せますか、教えてください", "移せますか")],
)
def test_who_asks_to_be_told_asks_the_same(question: str, heading: str):
    assert same_way_round(read(question), heading)


@pytest.mark.parametrize(
    ("sentences", "verdict"),
    [
        (("Yes.", "It works."), ("yes", 1)),
        (("No.", "It does not work."), ("no", 1)),
        (("Yes, with conditions.", "Only at night."), ("conditional", 1)),
        (("はい。", "ただし条件があります。", "夜だけです。"), ("conditional", 2)),
        (("いいえ。", "動きません。"), ("no", 1)),
        (("Yes, it works.",), ("yes", 0)),
        (("Yes, but it is slow.",), ("conditional", 0)),
        (("It works.", "Yes."), (None, 0)),
        (("Yesterday it worked.",), (None, 0)),
    ],
)
def test_the_verdict_of_a_quote_is_that_with_which_it_begins(
    sentences: tuple[str, ...], verdict: tuple[str | None, int]
):
    made = section("Does it work?", *sentences)
    assert verdict_of(made, made.sentences) == verdict


def test_a_quote_without_its_first_sentences_has_no_verdict():
    made = section("Does it work?", "No.", "It does not.", "Never.")
    assert verdict_of(made, made.sentences[1:]) == (None, 0)


@pytest.mark.parametrize(("said", "verdict"), [("No, even where yes is shown.", "no"), ("Yes, and no lid.", "yes")])
def test_a_verdict_is_the_word_that_it_begins_with(said: str, verdict: str):
    stated = section("Can it?", said, "It is a fact.")
    assert verdict_of(stated, stated.sentences) == (verdict, 0)


def test_a_question_is_near_enough_to_a_heading_from_the_limit_on():
    headed, question = section("Can I upgrade?", "Yes.", "An upgrade is supported."), read("Can I upgrade?")
    below = float(np.nextafter(SAME_QUESTION, 0))
    assert [len(facts(headed, question, cosine)) for cosine in (below, SAME_QUESTION)] == [1, 2]


def test_no_quote_of_our_pages_begins_in_the_middle_of_a_sentence(bot: Bot):
    for held in (held for held in bot.topics.index.sections if held.sentences):
        first = without_joined_verdict(held, held.sentences[:1], read("What else?"), 0.0)[0]
        assert first == held.sentences[0] or not held.quote(first)[0].islower(), held.id

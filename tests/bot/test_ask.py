"""The main job on the real site with the real model."""

import pytest

from bot.ask import Bot
from bot.records import Status


@pytest.mark.parametrize(
    ("question", "lang", "verdict", "url", "twin"),
    [
        ("Can I upgrade from kubenet?", "en", "Yes", "/en/faq/#kubenet-to-overlay", "/faq/#kubenet-to-overlay"),
        (
            "kubenet からアップグレードできますか?",
            "ja",
            "はい",
            "/faq/#kubenet-to-overlay",
            "/en/faq/#kubenet-to-overlay",
        ),
    ],
)
def test_the_first_question_of_all(bot: Bot, question: str, lang: str, verdict: str, url: str, twin: str):
    answer = bot.ask(question)
    assert (answer.question, answer.lang, answer.status) == (question, lang, Status.ANSWERED)
    assert answer.answer.startswith(verdict)
    assert (answer.citations[0].url, answer.citations[0].translation_url) == (url, twin)
    assert {"AGC001", "AGC011"} <= {rule.id for rule in answer.rules}
    assert answer.took_ms > 0


def test_quotes_are_exact_and_numbered(bot: Bot):
    answer = bot.ask("Which plugin saves VNet addresses?")
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert citation.quote in bot.topics.group(citation.section)["en"].text
        assert citation.lang == "en" and citation.title


def test_the_answer_is_made_of_quoted_sentences(bot: Bot):
    answer = bot.ask("AGC のサブネットのサイズは？")
    quotes = "\n".join(citation.quote for citation in answer.citations)
    assert [line for line in answer.answer.split("\n") if line not in quotes] == []


def test_rules_come_with_title_and_link_in_the_answers_language(bot: Bot):
    rule = next(rule for rule in bot.ask("AGC のサブネットのサイズは？").rules if rule.id == "AGC004")
    assert (rule.name, rule.severity, rule.url) == ("subnet-size", "error", "/rules/agc004/")
    assert rule.title.startswith("AGC004")


@pytest.mark.parametrize(
    "question", ["How much does AGC cost?", "今日の天気は？", "", " \n", "。", "\0", "🤖🤖", "<blink>"]
)
def test_what_is_not_covered_cites_nothing(bot: Bot, question: str):
    answer = bot.ask(question)
    assert (answer.status, answer.citations, answer.rules) == (Status.NOT_COVERED, (), ())
    assert answer.answer and len(answer.suggestions) <= 3


def test_a_topic_named_as_not_covered_is_named_in_the_answer(bot: Bot):
    assert "料金" in bot.ask("Application Gateway for Containers の料金を知りたい").answer


@pytest.mark.parametrize("question", ["qwertyuiop", "BGP"])
def test_words_that_the_site_never_uses_are_not_taken_for_a_topic_of_its(bot: Bot, question: str):
    assert bot.ask(question).answer == "This site does not cover that."


def test_language_can_be_chosen(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet?", "ja")
    assert answer.lang == "ja" and answer.citations[0].url == "/faq/#kubenet-to-overlay"


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("Can I deploy AGC on CNI Overlay?", "and which ALB controller version?", "alb-controller"),
        ("CNI オーバーレイで AGC を使いたい", "じゃあサブネットのサイズは？", "subnet"),
    ],
)
def test_a_follow_up_is_understood_with_the_question_before(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is Status.ANSWERED and answer.question == question
    assert section in answer.citations[0].section


@pytest.mark.parametrize(
    "question", ["a" * 10_000, "あ" * 3_000, "ねこ" * 200, "\ud800", "\u202ekubenet\u202c", "e\u0301" * 500]
)
def test_odd_text_is_no_question_that_is_answered(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status in (Status.CLARIFY, Status.NOT_COVERED)
    assert (answer.citations, answer.rules) == ((), ())


def test_choices_are_questions_of_this_site(bot: Bot):
    answer = bot.ask("subnet")
    titles = {section.title for section in bot.topics.index.sections}
    phrasings = {phrasing for section in bot.topics.index.sections for phrasing in section.phrasings}
    assert answer.suggestions and set(answer.suggestions) <= titles | phrasings


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "subnet", "kubenet からアップグレードできますか?"])
def test_runners_up_are_the_covered_sections_that_come_next(bot: Bot, question: str):
    answer = bot.ask(question)
    cited = {citation.section for citation in answer.citations}
    found = [runner.section for runner in answer.runners_up]
    assert len(set(found)) == len(found) == 5 and not cited & set(found)
    for runner in answer.runners_up:
        section = bot.topics.group(runner.section)[answer.lang]
        assert section.covered
        assert (runner.lang, runner.title, runner.url) == (
            answer.lang,
            " › ".join((*section.path[:1], section.title)),
            section.url,
        )


def test_what_is_not_covered_has_no_runners_up(bot: Bot):
    assert bot.ask("What does AGC cost?").runners_up == ()


def test_the_first_choice_is_what_comes_closest_in_its_authors_words(bot: Bot):
    answer = bot.ask("今の CNI を確認するコマンド")
    assert answer.status is Status.CLARIFY
    assert answer.suggestions[0] == "今使っている CNI を確認するコマンド"
    assert bot.ask(answer.suggestions[0]).citations[0].url == "/rules/#which-cni"

"""The main job on the real site with the real model."""

import pytest

from bot.answering.ask import Bot
from bot.answering.said import said
from bot.quality.judged import verdict
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


@pytest.mark.parametrize(
    "question",
    [
        "AGC のサブネットのサイズは？",
        "Is version 1.6.2 of our controller good enough for CNI Overlay?",  # two sections state the same, one is cited
        "The plugin of our cluster is kubenet. Is it eligible for AGC?",
        "オーバーレイとフラットの違いは？",
    ],
)
def test_the_answer_is_made_of_sentences_that_it_cites(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.citations
    quotes = "\n".join(citation.quote for citation in answer.citations)
    spoken = [text for _, text in said(answer).checks]
    assert [line for line in answer.answer.split("\n") if line not in quotes and line not in spoken] == []


def test_rules_come_with_title_and_link_in_the_answers_language(bot: Bot):
    rule = next(rule for rule in bot.ask("AGC のサブネットのサイズは？").rules if rule.id == "AGC004")
    assert (rule.name, rule.severity, rule.url) == ("subnet-size", "error", "/rules/agc004/")
    assert rule.title.startswith("AGC004")


def test_language_can_be_chosen(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet?", "ja")
    assert answer.lang == "ja" and answer.citations[0].url == "/faq/#kubenet-to-overlay"


@pytest.mark.parametrize(
    "question",
    [
        "After az aks update --network-plugin-mode overlay, do Gateway and HTTPRoute need changes?",
        "az aks update --network-plugin-mode overlay のあと、HTTPRoute や Gateway の変更は要る？",
    ],
)
def test_a_command_line_beside_a_question_does_not_hide_it(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status is Status.ANSWERED and answer.not_stated == ()
    assert "gateway-api-change" in answer.citations[0].section


def test_what_a_command_line_adds_is_still_asked(bot: Bot):
    answer = bot.ask("Can I move to another data plane with az aks update --network-dataplane cilium?")
    assert answer.status is not Status.ANSWERED or answer.not_stated


@pytest.mark.parametrize(
    "question", ["a" * 10_000, "あ" * 3_000, "ねこ" * 200, "\ud800", "\u202e\u202c", "e\u0301" * 500]
)
def test_odd_text_is_no_question_that_is_answered(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status in (Status.CLARIFY, Status.NOT_COVERED)
    assert (answer.citations, answer.rules) == ((), ())


def test_choices_are_questions_of_this_site(bot: Bot):
    answer = bot.ask("subnet")
    held = {text for section in bot.topics.index.sections for text in (section.title, *section.phrasings)}
    plain = {text.rstrip("?").casefold() for text in held}  # a phrasing is written as a sentence
    assert answer.suggestions and {text.rstrip("?").casefold() for text in answer.suggestions} <= plain


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "subnet", "kubenet からアップグレードできますか?"])
def test_runners_up_are_the_covered_sections_that_come_next(bot: Bot, question: str):
    answer = bot.ask(question)
    cited = {citation.section for citation in answer.citations}
    sections = [runner.section for runner in answer.runners_up]
    assert len(set(sections)) == len(sections) == 5 and not cited & set(sections)
    for runner in answer.runners_up:
        section = bot.topics.group(runner.section)[answer.lang]
        assert section.covered
        assert (runner.lang, runner.title, runner.url) == (
            answer.lang,
            " › ".join((*section.path[:1], section.title)),
            section.url,
        )


def test_the_first_choice_is_what_comes_closest_in_its_authors_words(bot: Bot):
    answer = bot.ask("upgrade")
    closest = bot.topics.group(answer.runners_up[0].section)["en"]
    assert answer.status is Status.CLARIFY and closest.phrasings
    words = [text.rstrip("?").lower() for text in (closest.title, *closest.phrasings)]
    assert answer.suggestions[0].rstrip("?").lower() in words


@pytest.mark.parametrize("term", ["kubenet", "overlay", "オーバーレイ", "AGC", "ALB Controller"])
def test_a_bare_term_of_the_glossary_gets_what_the_site_says_about_it(bot: Bot, term: str):
    answer = bot.ask(term)
    assert answer.status is Status.ANSWERED and answer.citations and not answer.not_stated


@pytest.mark.parametrize(
    ("text", "lang", "beginning"),
    [
        ("hello", "en", "Hello."),
        ("Hi there!", "en", "Hello."),
        ("こんにちは", "ja", "こんにちは。"),
        ("thanks a lot", "en", "You are welcome."),
        ("ありがとうございました！", "ja", "どういたしまして。"),
        ("in English please", "en", "In English, then."),
        ("日本語でお願いします", "ja", "日本語で回答します。"),
        ("why?", "en", "What is your question about?"),
        ("difference between them", "en", "What is your question about?"),
        ("is it supported?", "en", "What is your question about?"),
        ("手順は？", "ja", "何についてのご質問でしょうか。"),
        ("1.7.9?", "en", "What is 1.7.9 the value of?"),
        ("プレフィックスが/23です", "ja", "/23 は何の値でしょうか。"),
    ],
)
def test_what_is_no_question_is_taken_for_what_it_is(bot: Bot, text: str, lang: str, beginning: str):
    answer = bot.ask(text)
    assert (answer.status, answer.lang, answer.citations) == (Status.CLARIFY, lang, ())
    assert answer.answer.startswith(beginning) and answer.suggestions


def test_another_direction_is_not_answered_by_another_source(bot: Bot):
    answer = bot.ask("can we upgrade from overlay to pod subnet")
    assert answer.not_stated == ("overlay → pod subnet",)
    assert answer.answer.startswith("The site does not explicitly cover “overlay → pod subnet”. On a related case, a")


@pytest.mark.parametrize(
    ("alone", "preamble"),
    [
        ("Can I upgrade from kubenet?", "Monday again, coffee is out and the auditors are in the building."),
        ("kubenet からアップグレードできますか？", "週次定例で上司に聞かれました。資料は明日までです。"),
        ("Can two AGCs share one subnet?", "Long story, short question."),
    ],
)
def test_side_sentences_do_not_hide_the_question(bot: Bot, alone: str, preamble: str):
    answer = bot.ask(f"{preamble} {alone}")
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].section == bot.ask(alone).citations[0].section


@pytest.mark.parametrize(
    "question",
    [
        "オーバーレイへのアップグレードは無停止ですか？",
        "do I tell AGC manually that the cluster is overlay",
        "Can I deploy one AGC in one subnet on overlay?",
        "Can two AGCs be deployed in two subnets?",
        "Can one AGC deployment use two subnets?",
    ],
)
def test_another_count_or_an_opposite_gets_no_yes_or_no(bot: Bot, question: str):
    assert verdict(bot.ask(question).answer) is None


@pytest.mark.parametrize("question", ["Is it healthy?", "Does it work with a large site?"])
def test_a_question_that_an_author_worded_with_it_has_its_answer(bot: Bot, question: str):
    assert bot.ask(question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And to kubenet?", "Can I upgrade from kubenet?"),
        ("kubenet へは？", "kubenet からアップグレードできますか？"),
        ("Can I deploy two AGCs for one cluster, each in its own subnet?", ""),
        ("1 つのクラスターに AGC を 2 つデプロイできますか？", ""),
        ("AGC のサブネットは Azure CNI でも /24 ちょうどでなければなりませんか？", ""),
        ("Can I deploy two AGCs in one subnet with Azure CNI?", ""),
        ("AGC と AKS ノードは同じリージョンの別の VNet に置けますか？", ""),
        ("Can I install Application Gateway on a kubenet cluster?", ""),
        ("Can I deploy two Application Gateways in one subnet?", ""),
        ("Can I install the ALB Controller on a kubenet cluster?", ""),
        ("Does AKS detect CNI Overlay automatically?", ""),
    ],
)
def test_where_one_part_is_exchanged_no_yes_or_no_is_repeated(bot: Bot, question: str, before: str):
    assert bot.ask(question, history=[before] if before else []).verdict is None

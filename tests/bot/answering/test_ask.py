"""The main job on the real site with the real model."""

import pytest

from bot.answering.ask import Bot
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
    ("before", "question"),
    [
        ("How many pods per node does Azure CNI Overlay support?", "and with kubenet?"),
        ("Does kubenet retire?", "What's the max pods on it?"),
        ("CNI オーバーレイは 1 ノードに何 Pod まで？", "オートスケールの最大は？"),
    ],
)
def test_a_follow_up_is_not_answered_as_if_nothing_had_been_asked_before(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is not Status.ANSWERED and answer.citations == ()


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


def test_what_is_not_covered_has_no_runners_up(bot: Bot):
    assert bot.ask("What does AGC cost?").runners_up == ()


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
        ("サブネットが/23です", "ja", "/23 は何の値でしょうか。"),
    ],
)
def test_what_is_no_question_is_taken_for_what_it_is(bot: Bot, text: str, lang: str, beginning: str):
    answer = bot.ask(text)
    assert (answer.status, answer.lang, answer.citations) == (Status.CLARIFY, lang, ())
    assert answer.answer.startswith(beginning) and answer.suggestions


def test_a_value_that_is_asked_back_is_judged_once_its_subject_is_named(bot: Bot):
    for value, rule in (("1.7.2", "AGC003"), ("/23", "AGC004"), ("サブネットは/25", "AGC004")):
        (named,) = bot.ask(value).suggestions
        assert [(check.id, check.status) for check in bot.ask(named).checks] == [(rule, "fail")]


def test_another_language_is_the_last_question_again(bot: Bot):
    before = "Can I upgrade from kubenet?"
    again = bot.ask("in Japanese please", history=["hello", before])
    assert (again.question, again.lang) == ("in Japanese please", "ja")
    assert again.answer == bot.ask(before, "ja").answer and again.answer.startswith("はい")


def test_thanks_after_a_question_offer_what_is_near_to_it(bot: Bot):
    offered = bot.ask("thanks", history=["Can I upgrade from kubenet?"]).suggestions
    assert "Can I install AGC on a kubenet cluster?" in offered and len(offered) == 3


@pytest.mark.parametrize(
    ("question", "lang", "name"),
    [("how long?", "en", "how long it takes"), ("何分？", "ja", "所要時間"), ("steps?", "en", "the steps")],
)
def test_a_question_that_names_nothing_is_about_the_one_before(bot: Bot, question: str, lang: str, name: str):
    answer = bot.ask(question, history=["Does the AGC subnet have to be exactly /24?"])
    assert answer.status is Status.ANSWERED and answer.citations[0].section == "faq#subnet-24-exactly"
    assert answer.not_stated == (name,) and answer.lang == lang


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("Can I install AGC on a kubenet cluster?", "why not?", "rules/agc001#why"),
        ("AGC のサブネットは /24 必須？", "なんで？", "rules/agc004#why"),
        ("Can I upgrade an existing kubenet cluster to CNI Overlay?", "whats the command?", "faq#upgrade-command"),
        ("AGC003 が不合格です。どう直せばいいですか？", "コマンドは？", "rules/agc003#how-to-fix"),
    ],
)
def test_a_reason_or_a_command_stands_where_the_section_links_to(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert (answer.citations[0].section, answer.not_stated) == (section, ())


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ([], "CNI オーバーレイへのアップグレードって何分くらいかかるの"),
        ([], "how long will the kubenet to overlay upgrade take for a 60 node cluster"),
        (["Can I upgrade an existing cluster with AGC from CNI to CNI Overlay?"], "and how long does that take"),
        (["kubenet から CNI オーバーレイに上げたい"], "何時間かかる？"),
    ],
)
def test_silence_is_told_in_the_words_of_the_page_that_is_silent(bot: Bot, before: list[str], question: str):
    answer = bot.ask(question, history=before)
    assert answer.status is Status.NOT_COVERED and answer.citations == ()
    silent = "is not stated in the source" if question.isascii() else "出典の文書に書かれていません"
    assert silent in answer.answer


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("IPv4/IPv6デュアルスタックのオーバーレイです。AGCのサブネットはやっぱり/24？", "IPv6"),
        ("we bring flannel ourselves (networkPlugin none). is AGC supported on it", "BYO CNI"),
    ],
)
def test_a_judged_value_of_what_is_not_covered_says_so(bot: Bot, question: str, named: str):
    answer = bot.ask(question)
    assert answer.checks and named in answer.answer and answer.not_stated and answer.certainty != "high"
    assert [check.status for check in answer.checks] == sorted(
        (check.status for check in answer.checks), key=["fail", "unknown", "pass"].index
    )


def test_another_direction_is_not_answered_by_another_source(bot: Bot):
    answer = bot.ask("can we upgrade from overlay to pod subnet")
    assert answer.not_stated == ("overlay → pod subnet",)
    assert answer.answer.startswith("The site does not explicitly cover “overlay → pod subnet”. On a related case, a")


def test_a_choice_names_the_topic_that_is_not_covered(bot: Bot):
    answer = bot.ask("can application gateway ingress controller (AGIC) use a /23 subnet with overlay")
    assert answer.status is not Status.ANSWERED and "AGIC" in answer.answer


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("What is the difference between overlay and flat?", "which one should I use?", "network-models"),
        ("Which subnet size does AGC need?", "what if it is larger?", "subnet-larger"),
        ("Does AGC work with overlay?", "and kubenet?", "kubenet"),
        ("Can AGC be in a peered VNet?", "in another region?", "global-vnet-peering"),
    ],
)
def test_a_question_that_points_back_keeps_the_subject(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is Status.ANSWERED and section in answer.citations[0].section


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
    ("question", "named"),
    [
        ("Does AGC work with KEDA?", "KEDA"),
        ("Does AGC work with Windows containers?", "Windows"),
        ("AGC の料金を知りたい", "料金"),
    ],
)
def test_a_refusal_names_the_topic_that_the_question_names(bot: Bot, question: str, named: str):
    answer = bot.ask(question)
    assert answer.status is Status.NOT_COVERED and named in answer.answer and "Microsoft" in answer.answer


@pytest.mark.parametrize("question", ["パンの焼き方は？", "how do I bake bread"])
def test_a_refusal_names_no_topic_that_the_question_does_not_name(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status is Status.NOT_COVERED
    assert answer.answer in ("This site does not cover that.", "このサイトでは取り扱っていない内容です。")


@pytest.mark.parametrize(
    ("before", "question", "rule", "status"),
    [
        ("What subnet size does AGC need?", "what about /26?", "AGC004", "fail"),
        ("AGC のサブネットのサイズは？", "うちは /24", "AGC004", "pass"),
        ("Which ALB Controller version is the minimum?", "we have 1.7.5", "AGC003", "fail"),
    ],
)
def test_a_lone_value_belongs_to_what_was_asked_before(bot: Bot, before: str, question: str, rule: str, status: str):
    answer = bot.ask(question, history=[before])
    assert answer.question == question and [(check.id, check.status) for check in answer.checks] == [(rule, status)]


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


@pytest.mark.parametrize("between", ["thanks!", "hello", "in English please", "why?"])
def test_small_talk_between_does_not_take_the_subject_away(bot: Bot, between: str):
    history = ["Which ALB Controller version is the minimum?", between]
    assert [check.id for check in bot.ask("we have 1.7.5", history=history).checks] == ["AGC003"]
    assert bot.ask("in Japanese please", history=history).citations == bot.ask(history[0], "ja").citations
    assert bot.ask("thanks", history=history).suggestions == bot.ask("thanks", history=history[:1]).suggestions


@pytest.mark.parametrize("question", ["why?", "is it supported?"])
def test_after_a_greeting_alone_there_is_nothing_to_point_back_to(bot: Bot, question: str):
    assert bot.ask(question, history=["hello"]).answer.startswith("What is your question about?")


@pytest.mark.parametrize(
    ("before", "asked", "lang"),
    [
        ("Subnet size", "why?", "en"),
        ("How large must the AGC subnet be?", "Why", "en"),
        ("サブネットのサイズ", "なんで？", "ja"),
    ],
)
def test_why_is_answered_by_the_section_that_says_so_in_its_heading(bot: Bot, before: str, asked: str, lang: str):
    """Of the only rule that the section asked about links to; where it links to several, no reason is made up."""
    answer = bot.ask(asked, None, [before])
    assert (answer.status, answer.question, answer.lang) == (Status.ANSWERED, asked, lang)
    assert [citation.section for citation in answer.citations] == ["rules/agc004#why"]
    assert answer.not_stated == () and answer.answer == answer.citations[0].quote


@pytest.mark.parametrize(
    ("before", "asked", "section"),
    [
        ("agc subnet /25 ok?", "how to fix", "rules/agc004#how-to-fix"),
        ("AGC のサブネットは /25 でもいい？", "対処方法は？", "rules/agc004#how-to-fix"),
        ("how do i go from kubenet to overlay", "command?", "faq#upgrade-command"),
    ],
)
def test_a_short_question_that_repeats_a_heading_is_answered_by_that_section(
    bot: Bot, before: str, asked: str, section: str
):
    """Of the page that the question before leads to; commands stand where the nearest code is."""
    answer = bot.ask(asked, None, [before])
    assert answer.status is Status.ANSWERED and [citation.section for citation in answer.citations] == [section]
    assert any(block.kind == "code" for block in answer.citations[0].blocks)


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

"""The tools as an agent uses them: what they give fits its schema, is quoted exactly, and says what is not known."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from agents import STATELESS, caller, connected
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.shared.exceptions import MCPError

from bot import checks
from bot.answering.ask import Bot
from bot.language import SPOKEN, say
from bot.mcp.answers import ask
from bot.mcp.arguments import LEAST, Ask
from bot.mcp.budget import tokens
from bot.mcp.caller import Caller
from bot.mcp.server import server
from bot.mcp.tools import TOOLS
from bot.records import Answer
from bot.service.desk import Desk
from bot.settings import Settings
from index import build as building
from index.build import build
from index.encoder.bundled import BundledEncoder
from index.records import Section

KUBENET = {
    "name": "shop",
    "resourceGroup": "rg",
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "none"},
    "identity": {"type": "UserAssigned"},
}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": "Can I upgrade from kubenet?"}),
    ("ask", {"question": "Is /23 ok for the AGC subnet with CNI Overlay?"}),
    ("ask", {"question": "kubenet からアップグレードできますか？"}),
    ("ask", {"question": "How high is the Eiffel Tower in Paris?"}),
    ("ask", {"question": "How much does AGC cost?"}),
    ("ask", {"question": "Hello!"}),
    ("search", {"query": "subnet size", "limit": 3}),
    ("search", {"query": "サブネットのサイズ", "limit": 20}),
    ("read_section", {"section": "faq#kubenet-to-overlay"}),
    ("read_section", {"section": "https://docs.example.com/agc/limitations/"}),
    ("read_section", {"section": "/en/faq/", "lang": "ja"}),
    ("read_section", {"section": "kb://ja/faq#kubenet-to-overlay"}),
    ("list_rules", {}),
    ("list_rules", {"lang": "ja"}),
    ("explain_rule", {"rule": "AGC004"}),
    ("explain_rule", {"rule": "AGC-004"}),
    ("explain_rule", {"rule": "subnet-size", "lang": "ja"}),
    ("check_cluster", {"cluster": KUBENET, "planned": "install-agc"}),
    ("check_cluster", {"cluster": json.dumps(KUBENET), "lang": "ja"}),
    ("check_cluster", {"cluster": [KUBENET] * 12}),
    ("plan_upgrade", {"cluster": KUBENET, "to": "overlay"}),
    ("plan_upgrade", {"cluster": {"aks": KUBENET}, "to": "agc", "lang": "ja"}),
]
OTHER_SITE = """<!doctype html><html lang="en"><head><title>T</title></head><body><main><article>
<h1 id="machine">Coffee machine</h1><h2 id="descale">How is the machine descaled?</h2>
<p>The machine is descaled with citric acid.</p></article></main></body></html>"""


async def called(agent: Client, name: str, arguments: dict[str, Any]) -> tuple[Any, str]:
    """The data and the Markdown of a call that is answered."""
    reply = await agent.call_tool(name, arguments)
    assert not reply.is_error, reply.content
    (content,) = reply.content
    return reply.structured_content, content.text


async def every_call(agent: Client) -> list[tuple[str, Any, str]]:
    return [(name, *await called(agent, name, arguments)) for name, arguments in CALLS]


async def schemas(agent: Client) -> dict[str, dict[str, Any]]:
    return {tool.name: tool.output_schema for tool in (await agent.list_tools()).tools}


def test_what_a_tool_gives_fits_its_schema(agent, revision: str):
    """One revision by HTTP, the other by streams, as `kb mcp` has them; test_mcp_http.py has bare HTTP."""
    door = "streams" if revision == STATELESS else "http"

    async def scenario(client: Client):
        return client.protocol_version, await schemas(client), await every_call(client)

    spoken, forms, given = agent(scenario, revision, door)
    assert spoken == revision
    assert list(forms) == list(TOOLS) == list(dict.fromkeys(name for name, _, _ in given))
    for name, structured, text in given:
        Draft202012Validator(forms[name]).validate(structured)
        assert text


@pytest.fixture(scope="module")
def texts(sections: tuple[Section, ...]) -> dict[tuple[str, str], Section]:
    return {(section.id, section.lang): section for section in sections}


def test_every_quote_is_an_exact_part_of_its_section(agent, texts: dict[tuple[str, str], Section]):
    quoted = 0
    for _, structured, text in agent(every_call):
        parts = [*structured.get("citations", []), *structured.get("results", []), *structured.get("sections", [])]
        for part in parts:
            section = texts[part["section"], part["lang"]]
            assert part.get("quote", part.get("text")) in section.text
            assert part["url"] == f"https://docs.example.com{section.url}"
            assert part["url"] in text
            quoted += 1
    assert quoted > 30


def test_the_sentence_of_each_step_stands_on_its_page(agent, texts: dict[tuple[str, str], Section]):
    async def scenario(client: Client):
        return await called(client, "plan_upgrade", {"cluster": KUBENET, "to": "overlay"})

    (plan,) = agent(scenario)[0]["plans"]
    by_url = {f"https://docs.example.com{section.url}": section.text for section in texts.values()}
    assert [step["need"] for step in plan["steps"]] == ["done", "done", "done", "todo", "todo"]
    assert all(step["quote"] in by_url[step["url"]] for step in plan["steps"])
    assert "irreversible" in plan["steps"][-1]["marks"]
    assert plan["steps"][-1]["commands"].startswith("az aks update --resource-group rg --name shop ")


@pytest.mark.parametrize("question", ["How high is the Eiffel Tower in Paris?", "パリのエッフェル塔の高さは？"])
def test_what_is_not_covered_cites_nothing_and_says_so(agent, question: str):
    structured, text = agent(lambda client: called(client, "ask", {"question": question}))
    assert (structured["status"], structured["citations"], structured.get("rules", [])) == ("not_covered", [], [])
    assert "verdict" not in structured
    nothing_about = say(structured["lang"], "answers", "part_not_covered", names="\n").split("\n")
    named = all(words in text.partition("\n")[0] for words in nothing_about)
    assert text.startswith(say(structured["lang"], "answers", "not_covered")) or named
    assert "http" not in text


@pytest.mark.parametrize(
    "question",
    [
        "Can I upgrade from kubenet?",
        "Is ALB controller 1.6.7 enough for overlay on Windows pools?",
        "サブネット 1 つに AGC を 2 つデプロイできますか？",
        "kubenet",
        "Is it supported?",
    ],
)
def test_an_agent_is_told_what_every_other_door_tells(agent, bot: Bot, question: str):
    structured, _ = agent(lambda client: called(client, "ask", {"question": question}))
    answer = bot.ask(question)
    assert (structured["status"], structured["lang"], structured["answer"]) == (
        answer.status,
        answer.lang,
        answer.answer,
    )
    assert (structured.get("verdict"), structured["not_stated"]) == (answer.verdict, list(answer.not_stated))
    assert [(citation["section"], citation["quote"]) for citation in structured["citations"]] == [
        (citation.section, citation.quote) for citation in answer.citations
    ]


def test_what_is_not_stated_is_named_and_leaves_no_verdict(desk, bot: Bot, run_async, monkeypatch: pytest.MonkeyPatch):
    words = say("en", "answers", "not_stated", names="Windows pools")
    answer = replace(bot.ask("Can I upgrade from kubenet?"), not_stated=("Windows pools",), verdict=None)
    answer = replace(answer, answer=f"{words}\n{answer.answer}")

    async def answering(*_, **__) -> Answer:
        return answer

    at = desk()
    monkeypatch.setattr(at, "ask", answering)
    shown = run_async(ask(Ask(question="?"), Caller(at, "x")))
    assert shown.structured["not_stated"] == ["Windows pools"]
    assert "verdict" not in shown.structured
    assert shown.text.startswith(words)


def test_a_japanese_question_gets_japanese_addresses(agent):
    async def scenario(client: Client):
        asked = await called(client, "ask", {"question": "CNI オーバーレイで AGC のサブネットは /23 でもよいですか？"})
        return asked, await called(client, "search", {"query": "サブネットのサイズ"})

    (answer, text), (hits, _) = agent(scenario)
    assert answer["lang"] == "ja"
    places = [*answer["citations"], *hits["results"]]
    assert len(places) > 4
    assert [section["url"] for section in places if "/en/" in section["url"] or section["lang"] != "ja"] == []
    assert "/en/" not in text
    assert answer["citations"][0]["translation_url"].startswith("https://docs.example.com/en/")


def test_a_value_in_the_question_is_judged_by_its_rule(agent):
    structured, _ = agent(
        lambda client: called(client, "ask", {"question": "Is /23 ok for the AGC subnet with CNI Overlay?"})
    )
    assert [(check["id"], check["observed"], check["status"]) for check in structured["checks"]] == [
        ("AGC004", "/23", "fail")
    ]


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_verdicts_are_those_of_the_rules(agent, lang: str):
    given = {"cluster": KUBENET, "planned": "install-agc", "lang": lang}
    structured, text = agent(lambda client: called(client, "check_cluster", given))
    (cluster,) = structured["clusters"]
    expected = checks.check({"aks": KUBENET, "planned": "install-agc"}, lang, "https://docs.example.com/")
    assert [(finding["id"], finding["status"]) for finding in cluster["findings"]] == [
        (finding.id, finding.status) for finding in expected
    ]
    by_rule = {finding["id"]: finding for finding in cluster["findings"]}
    assert by_rule["AGC011"]["fix"] == next(finding.fix for finding in expected if finding.id == "AGC011")
    assert cluster["name"] == "shop"
    assert "AGC011" in text


def test_no_result_is_longer_than_asked_for(agent):
    async def scenario(client: Client):
        calls = [(name, given, most) for name, given in CALLS for most in (500, 800, 2000) if name != "list_rules"]
        return [(most, *await called(client, name, given | {"max_tokens": most})) for name, given, most in calls]

    for most, structured, text in agent(scenario):
        assert tokens(json.dumps(structured, ensure_ascii=False)) + tokens(text) <= most


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_rule_is_explained_in_the_fewest_tokens_that_may_be_asked_for(agent, lang: str):
    async def scenario(client: Client):
        asked = [{"rule": rule.id, "lang": lang, "max_tokens": LEAST} for rule in checks.rules()]
        return [await called(client, "explain_rule", given) for given in asked]

    for structured, text in agent(scenario):
        (part,) = structured["sections"]
        assert part["text"] and structured["truncated"]
        assert tokens(json.dumps(structured, ensure_ascii=False)) + tokens(text) <= LEAST


def test_a_shortened_result_says_so_and_still_quotes_exactly(agent, texts: dict[tuple[str, str], Section]):
    asked = {"question": "kubenet からアップグレードできますか？", "max_tokens": 500}
    structured, text = agent(lambda client: called(client, "ask", asked))
    assert structured["truncated"]
    assert say("ja", "mcp", "labels.cut") in text
    (cited,) = structured["citations"]
    assert cited["quote"] in texts[cited["section"], "ja"].text


@pytest.mark.parametrize("question", ["How much does AGC cost?", "AGC の料金を知りたい"])
def test_a_refusal_links_to_what_covers_the_topic(agent, bot: Bot, question: str):
    structured, text = agent(lambda client: called(client, "ask", {"question": question, "max_tokens": 500}))
    (document,) = bot.ask(question).outside
    assert structured["status"] == "not_covered" and "truncated" not in structured
    assert structured["outside"] == [{"title": document.title, "url": document.url}]
    assert f"- [{document.title}]({document.url})" in text.split("\n")


@pytest.mark.parametrize("name", ["faq#kubenet-to-overlay", "faq"])
def test_a_resource_is_read_as_its_address_is(agent, name: str):
    page, mark, anchor = name.partition("#")
    places = (f"kb://ja/{name}", f"https://docs.example.com/{page}/{mark}{anchor}")
    by_resource, by_address = (
        agent(lambda client, at=at: called(client, "read_section", {"section": at}))[0] for at in places
    )
    assert by_resource == by_address
    assert {part["lang"] for part in by_resource["sections"]} == {"ja"}


def test_what_is_left_out_of_a_page_is_named(agent, texts: dict[tuple[str, str], Section]):
    page = {"section": "faq", "max_tokens": 1000}
    structured, _ = agent(lambda client: called(client, "read_section", page))
    order = [name for name, lang in texts if lang == "en" and name.startswith("faq#")]
    sections = [part["section"] for part in structured["sections"]]
    assert sections == order[: len(sections)]
    assert structured["more"] == order[len(sections) :][:10]


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_list_of_tools_costs_at_most_1500_tokens(desk, run_async, lang: str):
    """In o200k_base a token of this list is 4.2 letters of Latin script, measured 2026-11: about 1,400 tokens."""

    async def scenario():
        at = desk()
        async with connected(server(lambda _: caller(at), lang), STATELESS) as client:
            return (await client.list_tools()).tools

    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in run_async(scenario())]
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    latin = sum(char.isascii() for char in text)
    assert latin / 4 + len(text) - latin <= 1500
    assert listed[0]["description"].endswith(say(lang, "mcp", "subject"))


def test_another_site_has_no_tools_about_clusters(tmp_path: Path, run_async, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(building, "building_encoder", lambda model: BundledEncoder())  # without torch
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(OTHER_SITE, "utf-8")
    build(site, tmp_path / "site.index", "bundled")
    at = Desk(Settings(site=site, rate_limit="off"), Bot.load(tmp_path / "site.index", "bundled"))

    async def scenario():
        async with connected(server(lambda _: caller(at)), STATELESS) as client:
            with pytest.raises(MCPError, match="There are: ask, search, read_section"):
                await client.call_tool("check_cluster", {"cluster": {}})
            with pytest.raises(MCPError, match="There are: answer_ja, answer_en"):
                await client.get_prompt("plan_en", {"cluster": "a", "goal": "overlay"})
            structured, _ = await called(client, "ask", {"question": "How is the machine descaled?"})
            page, _ = await called(client, "read_section", {"section": "/"})
            return (await client.list_tools()).tools, (await client.list_prompts()).prompts, structured, page

    tools, prompts, structured, page = run_async(scenario())
    assert [tool.name for tool in tools] == ["ask", "search", "read_section"]
    assert tools[0].description == say("en", "mcp", "tools.ask")
    assert [prompt.name for prompt in prompts] == ["answer_ja", "answer_en"]
    assert structured["citations"][0]["quote"] == "The machine is descaled with citric acid."
    assert [part["section"] for part in page["sections"]] == ["index#machine", "index#descale"]


def test_a_host_is_told_that_tools_only_read(agent):
    tools = agent(lambda client: client.list_tools()).tools
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert [tool.name for tool in tools if set(tool.input_schema["required"] if tool.name != "list_rules" else [])] == [
        name for name in TOOLS if name != "list_rules"
    ]

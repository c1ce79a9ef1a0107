"""Pages, sections and prompts."""

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from bot.language import SPOKEN
from bot.mcp import resources
from index.records import Section


def test_every_page_is_listed_in_every_language_and_can_be_read(agent, sections: tuple[Section, ...], revision: str):
    async def scenario(client: Client):
        listed, cursor = [], None
        while True:
            page = await client.list_resources(cursor=cursor)
            listed += page.resources
            if (cursor := page.next_cursor) is None:
                break
        first = listed[0].uri, listed[-1].uri
        return listed, [(await client.read_resource(uri)).contents[0] for uri in first]

    listed, read = agent(scenario, revision)
    assert {page.uri for page in listed} == {f"kb://{section.lang}/{section.page}" for section in sections}
    assert len({page.uri for page in listed}) == len(listed)
    assert [page.mime_type for page in read] == ["text/markdown"] * 2
    assert [page.text.partition("\n")[0] for page in read] == [f"# {listed[0].title}", f"# {listed[-1].title}"]


def test_long_lists_of_pages_come_in_parts(agent, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resources, "AT_ONCE", 30)

    async def scenario(client: Client):
        first = await client.list_resources()
        return first, await client.list_resources(cursor=first.next_cursor)

    first, second = agent(scenario)
    assert len(first.resources) == len(second.resources) == 30
    assert {page.uri for page in first.resources} & {page.uri for page in second.resources} == set()


def test_a_section_is_read_with_its_table_as_markdown(agent):
    async def scenario(client: Client):
        (template,) = (await client.list_resource_templates()).resource_templates
        return template.uri_template, await client.read_resource("kb://en/rules/agc004#agc004")

    template, read = agent(scenario)
    assert template == "kb://{lang}/{+section}"
    assert read.contents[0].text.startswith("# AGC004 subnet-size")
    assert "\n| severity | error |\n" in read.contents[0].text


@pytest.mark.parametrize(
    "uri", ["kb://en/nothing", "kb://de/faq", "kb://en/faq#nothing", "file:///etc/passwd", "kb://en/", "x:"]
)
def test_what_is_no_page_is_refused(agent, revision: str, uri: str):
    async def scenario(client: Client):
        with pytest.raises(MCPError) as refused:
            await client.read_resource(uri)
        return refused.value.error

    error = agent(scenario, revision)
    assert (error.code, error.message) == (
        -32602,
        "There is no page at this address. resources/list lists all pages.",
    )


def test_prompts_are_in_every_language(agent, revision: str):
    async def scenario(client: Client):
        listed = (await client.list_prompts()).prompts
        filled = await client.get_prompt("plan_ja", {"cluster": "shop {0}", "goal": "overlay"})
        return listed, filled.messages

    listed, (message,) = agent(scenario, revision)
    assert {prompt.name for prompt in listed} == {
        f"{kind}_{lang}" for kind in ("answer", "check", "plan") for lang in SPOKEN
    }
    assert message.content.text.startswith("次の AKS クラスターを overlay にするまでの手順を立ててください: shop {0}")


def test_a_prompt_without_its_arguments_says_what_it_takes(agent):
    async def scenario(client: Client):
        with pytest.raises(MCPError, match="This tool takes: cluster, goal"):
            await client.get_prompt("plan_en", {"goal": "overlay"})

    agent(scenario)

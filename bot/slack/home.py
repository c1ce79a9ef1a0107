"""The app's home: questions to start with, a box to ask in, how to use the bot. Answers appear in the home itself."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import ELSE, SPOKEN, pack, say
from bot.slack.answering import answered
from bot.slack.blocks import COMMAND
from bot.slack.context import Context, person
from bot.slack.limits import BUTTON, escape, plain, shorten
from bot.slack.reader import language

STARTERS = tuple(pack(ELSE, "slack")["home"]["starters"])
BLOCKS = 100  # Slack's limit of a view


def register(bolt: AsyncApp, context: Context) -> None:
    """Show the home when it is opened; answer its buttons and its box."""

    @bolt.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "home":
            lang = await _language(client, event["user"], context)
            await client.views_publish(user_id=event["user"], view=await _view(lang, context))

    @bolt.action(re.compile("^home_(ask_.*|question)$"))
    async def asked(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        user, question = body["user"]["id"], (action.get("value") or "").strip()
        lang = await _language(client, user, context)
        asker = person((body.get("team") or {}).get("id"), user)
        answer = await answered(question, context, "home", asker, reader=lang, buttons=False) if question else {}
        await client.views_publish(user_id=user, view=await _view(lang, context, answer.get("blocks")))


async def _view(lang: str, context: Context, answer: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    settings, asked = context.settings, await context.asked(lang)
    return home_view(lang, settings.site_url, answer, settings.slack_command, None if asked is None else asked[lang])


def home_view(
    lang: str,
    site_url: str,
    answer: list[dict[str, Any]] | None = None,
    command: str = COMMAND,
    asked: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The home as Slack takes it; `answer` are the blocks of what was asked in it.

    `asked`: on a site without rules for clusters, what its own headings ask.
    """

    def words(key: str, **values: object) -> str:
        own = key if asked is None or key in ("intro", "ask", "starters_title") else f"other.{key}"
        return say(lang, "slack", f"home.{own}", **values)

    site = site_url if lang == "ja" or asked is not None else urljoin(site_url, "en/")
    if asked is None:
        starters = {name: words(f"starters.{name}") for name in STARTERS}
    else:
        starters = {f"own_{n}": question for n, question in enumerate(asked, 1)}
    example = next(iter(starters.values()), None) or words("question")
    top = [
        {"type": "header", "text": {"type": "plain_text", "text": words("title")}},
        _text(words("intro")),
        _field(words("ask"), example),
    ]
    bottom = [
        {"type": "divider"},
        *([_text(words("starters_title"))] if starters else []),
        # One block per question: Slack would cut the words of buttons that stand side by side.
        *(_starter(name, question) for name, question in starters.items()),
        {"type": "divider"},
        _text(words("how", command=command, question=escape(example))),
        _text(words("links", site=site, rules=urljoin(site, "rules/"), scope=urljoin(site, "scope/"))),
    ]
    shown = [{"type": "divider"}, *answer][: BLOCKS - len(top) - len(bottom)] if answer else []
    return {"type": "home", "blocks": [*top, *shown, *bottom]}


def _field(label: str, example: str) -> dict[str, Any]:
    """Where a question is typed."""
    return {
        "type": "input",
        "block_id": "home_question",
        "dispatch_action": True,
        "label": {"type": "plain_text", "text": label},
        "element": {
            "type": "plain_text_input",
            "action_id": "home_question",
            "max_length": 1000,
            "placeholder": {"type": "plain_text", "text": example},
        },
    }


async def _language(client: AsyncWebClient, user: str, context: Context) -> str:
    main = context.desk.langs[0]
    return await language(client, user, context) or (main if main in SPOKEN else "en")


def _text(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def _starter(name: str, question: str) -> dict[str, Any]:
    button = {
        "type": "button",
        "action_id": f"home_ask_{name}",
        "text": {"type": "plain_text", "text": shorten(question, BUTTON, plain)},
        "value": question,
    }
    return {"type": "actions", "block_id": f"home_ask_{name}", "elements": [button]}

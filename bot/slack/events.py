"""Mentions, direct messages and the message shortcut: people ask by writing to the bot, it answers in a thread."""

import logging
import re
from collections.abc import Iterable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.answering import TurnedAway, answered
from bot.slack.context import Context, person
from bot.slack.guard import first_time
from bot.slack.help import help_message
from bot.slack.reader import language, reason
from bot.slack.reply import reply

SHORTCUT = "answer_from_docs"
HISTORY = 10  # earlier questions of a thread that are passed on
RETRIED = 24 * 3600  # seconds within which Slack may deliver an event again
_HUMAN = (None, "file_share", "thread_broadcast")  # every other subtype is an edit, a deletion or a notice
_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_log = logging.getLogger("kb")


def register(bolt: AsyncApp, context: Context) -> None:
    """Answer `app_mention` and direct `message` events, and the shortcut."""

    @bolt.event("app_mention")
    async def mentioned(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient) -> None:
        await _answer_once(body, event, client, context)

    @bolt.event("message")
    async def messaged(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("channel_type") == "im":
            await _answer_once(body, event, client, context)

    @bolt.shortcut(SHORTCUT)
    async def asked_about_a_message(ack: AsyncAck, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        question = written(shortcut["message"].get("text", ""))
        lang = None if question else await language(client, shortcut["user"]["id"], context)
        asker = person((shortcut.get("team") or {}).get("id"), shortcut["user"]["id"])
        message = await _message(question, (), lang, shortcut["trigger_id"], asker, context, private=True)
        await reply(context, shortcut["response_url"], message)


def written(text: str) -> str:
    """A message's text as its writer saw it, without mentions: `<url|label>` is its label, `&lt;` is `<`."""

    def shown(markup: re.Match[str]) -> str:
        sign, target, label = markup.groups()
        return "" if sign == "@" else label or ("" if sign else target)

    text = _MARKUP.sub(shown, text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


def questions(messages: Iterable[dict[str, Any]], before: str, bot_user: str) -> tuple[str, ...]:
    """What people asked in a thread before the message `before` (its ts), oldest first.

    In a channel people also talk to each other: only what the thread began with and what mentions the bot counts.
    """
    earlier = [message for message in messages if message.get("ts", "") < before and _from_a_person(message, bot_user)]
    direct = not any(f"<@{bot_user}>" in message.get("text", "") for message in earlier)
    asked = [
        written(message.get("text", ""))
        for n, message in enumerate(earlier)
        if n == 0 or direct or f"<@{bot_user}>" in message.get("text", "")
    ]
    return tuple(question for question in asked if question)[-HISTORY:]


def _from_a_person(message: dict[str, Any], bot_user: str) -> bool:
    return (
        message.get("subtype") in _HUMAN
        and not message.get("bot_id")
        and bool(message.get("user"))
        and message["user"] != bot_user
    )


async def _answer_once(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient, context: Context) -> None:
    """Answer an event that a person caused, however often Slack delivers it."""
    bot_user = next(
        (installed["user_id"] for installed in body.get("authorizations") or [] if installed.get("is_bot")), ""
    )
    if (
        not _from_a_person(event, bot_user)
        or "edited" in event
        or not await first_time(context, f"slack-event:{body['event_id']}", RETRIED)
    ):
        return
    question, thread = written(event.get("text", "")), event.get("thread_ts")
    history = await _history(client, event, bot_user) if question and thread else ()
    lang = None if question else await language(client, event["user"], context)
    asker = person(body.get("team_id"), event["user"])
    message = await _message(question, history, lang, body["event_id"], asker, context)
    if isinstance(message, TurnedAway):  # nobody else's business, and no noise in a busy channel
        in_thread = {"thread_ts": thread} if thread else {}  # a thread that does not exist yet would hide it
        await client.chat_postEphemeral(channel=event["channel"], user=event["user"], **in_thread, **message)
        return
    await client.chat_postMessage(
        channel=event["channel"],
        thread_ts=thread or event["ts"],
        unfurl_links=False,
        unfurl_media=False,
        **message,
    )


async def _history(client: AsyncWebClient, event: dict[str, Any], bot_user: str) -> tuple[str, ...]:
    """The questions of the thread so far; a thread that cannot be read has none."""
    try:
        thread = await client.conversations_replies(channel=event["channel"], ts=event["thread_ts"], limit=200)
        return questions(thread["messages"], event["ts"], bot_user)
    except Exception as error:  # the SDK raises AttributeError when Slack's answer is not JSON
        _log.warning("slack: conversations.replies failed: %s", reason(error))
        return ()


async def _message(
    question: str,
    history: tuple[str, ...],
    lang: str | None,
    key: str,
    asker: str,
    context: Context,
    *,
    private: bool = False,
) -> dict[str, Any]:
    """The answer, or help if nothing was asked."""
    if not question:
        settings = context.settings
        return help_message(lang, settings.site_url, settings.slack_command, await context.asked(lang))
    return await answered(question, context, key, asker, history=history, private=private)

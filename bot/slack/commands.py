"""The command: a question, or one of `help`, `rules`, `check`. Each reply is for who typed it alone."""

import asyncio
import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import SPOKEN, detect
from bot.slack.answering import answered
from bot.slack.blocks import failure_message
from bot.slack.check_messages import rule_message
from bot.slack.check_modal import open_dialog, without_token
from bot.slack.context import Context, person
from bot.slack.events import written
from bot.slack.help import help_message
from bot.slack.reader import language
from bot.slack.reply import reply

_HELP = re.compile(r"help|ヘルプ|使い方|[?？]|", re.IGNORECASE)
_CHECK = re.compile(r"check|チェック", re.IGNORECASE)
_RULES = re.compile(r"(?:rules?|ルール)(?:\s+(\S+))?", re.IGNORECASE)
_log = logging.getLogger("kb")


def register(bolt: AsyncApp, context: Context) -> None:
    """Take the command: acknowledge first, then work."""
    name = context.settings.slack_command

    @bolt.command(name)
    async def command(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        text, url = written(body.get("text", "")), body["response_url"]
        if _HELP.fullmatch(text):
            lang = await _reader(text, body, client, context)
            message = help_message(lang, context.settings.site_url, name, await context.asked(lang))
        elif rules := _RULES.fullmatch(text):
            lang = await _reader(text, body, client, context)
            message = rule_message(rules[1] or "", lang, context.settings.site_url, name)
        elif _CHECK.fullmatch(text):
            if (shown := await _check(text, body, client, context)) is None:
                return
            message = shown
        else:
            message = await answered(text, context, body["trigger_id"], person(body.get("team_id"), body["user_id"]))
        await reply(context, url, message)


async def _check(text: str, body: dict[str, Any], client: AsyncWebClient, context: Context) -> dict[str, Any] | None:
    """Open the dialog; a message where that is not possible."""
    lang = await _reader(text, body, client, context) or detect(text, context.desk.langs)
    if context.token is None:
        return without_token(lang, context.settings.site_url)
    try:
        await open_dialog(client, body["trigger_id"], lang)
    except (SlackApiError, OSError, TimeoutError) as error:
        _log.warning("slack: views.open failed: %s", type(error).__name__)
        return failure_message(lang)
    return None


async def _reader(text: str, body: dict[str, Any], client: AsyncWebClient, context: Context) -> str | None:
    """The language of words that answer no question: the text's if Japanese, else the user's; None if not known."""
    if detect(text, SPOKEN) == "ja":
        return "ja"
    try:
        async with asyncio.timeout(context.timing.reader):
            return await language(client, body["user_id"], context)
    except TimeoutError:
        return None

"""`/cni check`: a dialog takes a cluster's JSON and shows the findings to the one who gave it.

What is given is checked in memory: it is never logged, stored or repeated.
"""

import asyncio
from typing import Any
from urllib.parse import urljoin

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import checks
from bot.language import say
from bot.slack import files
from bot.slack.blocks import findings_message
from bot.slack.context import Context

CALLBACK = "check_snapshot"
PASTE = 3000  # characters: Slack's limit of a text input
MAX_BYTES = 2 * 1024 * 1024  # of a file
PLANS = ("none", "upgrade-to-overlay", "install-agc")


def register(bolt: AsyncApp, context: Context) -> None:
    """Take the dialog's submission."""

    @bolt.view(CALLBACK)
    async def submitted(ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient) -> None:
        lang = "ja" if view.get("private_metadata") == "ja" else "en"
        try:
            findings = await _findings(view["state"]["values"], lang, client, context)
        except _BlockError as error:
            await ack(response_action="errors", errors={error.block: error.words})
        else:
            message = findings_message(findings, lang, context.settings.site_url)
            await ack(response_action="update", view=_dialog(lang, message["blocks"]))


async def open_dialog(client: AsyncWebClient, trigger_id: str, lang: str) -> None:
    """Show the dialog to who sent the command. Raises SlackApiError, for example when the trigger is too old."""
    await client.views_open(trigger_id=trigger_id, view=check_view(lang))


def check_view(lang: str) -> dict[str, Any]:
    """The dialog: text or a file, and what is planned."""
    plans = [{"text": _plain(_say(lang, f"plans.{plan}")), "value": plan} for plan in PLANS]
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": _say(lang, "intro")}},
        {
            "type": "input",
            "block_id": "file",
            "optional": True,
            "label": _plain(_say(lang, "file")),
            "element": {"type": "file_input", "action_id": "file", "filetypes": ["json"], "max_files": 1},
        },
        {
            "type": "input",
            "block_id": "text",
            "optional": True,
            "label": _plain(_say(lang, "text")),
            "hint": _plain(_say(lang, "text_hint", limit=PASTE)),
            "element": {
                "type": "plain_text_input",
                "action_id": "text",
                "multiline": True,
                "max_length": PASTE,
                "placeholder": _plain('{"networkProfile": {"networkPlugin": "azure"}}'),
            },
        },
        {
            "type": "input",
            "block_id": "planned",
            "label": _plain(_say(lang, "planned")),
            "element": {"type": "static_select", "action_id": "planned", "options": plans, "initial_option": plans[0]},
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": _say(lang, "privacy")}]},
    ]
    return {
        **_dialog(lang, blocks),
        "callback_id": CALLBACK,
        "private_metadata": lang,
        "submit": _plain(_say(lang, "submit")),
    }


def without_token(lang: str, site_url: str) -> dict[str, Any]:
    """What to do instead where the bot may not open dialogs."""
    page = urljoin(site_url if lang == "ja" else urljoin(site_url, "en/"), "rules/")
    words = _say(lang, "without_token", page=page)
    return {"text": words, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]}


class _BlockError(Exception):
    """Words to show at one of the dialog's inputs."""

    def __init__(self, block: str, words: str) -> None:
        self.block, self.words = block, words


async def _findings(
    values: dict[str, Any], lang: str, client: AsyncWebClient, context: Context
) -> tuple[checks.Finding, ...]:
    """Check what the dialog holds; a file is taken before pasted text."""
    text = (values["text"]["text"].get("value") or "").strip()
    given = values["file"]["file"].get("files") or []
    planned = values["planned"]["planned"]["selected_option"]["value"]
    block = "file" if given else "text"
    if given and text:
        raise _BlockError("text", _say(lang, "both"))
    if not given and not text:
        raise _BlockError("text", _say(lang, "nothing"))
    data = await _file(given[0]["id"], lang, client, context.timing.file) if given else text.encode()
    try:
        given = checks.read_documents(data, MAX_BYTES)
        found = checks.compose(given, planned=None if planned == "none" else planned)
        return tuple(await asyncio.to_thread(checks.check, found, lang, context.settings.site_url))
    except checks.InputError as error:
        raise _BlockError(block, error.message(lang)) from None


async def _file(file_id: str, lang: str, client: AsyncWebClient, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await files.read(client, file_id, MAX_BYTES)
    except Exception:  # the SDK raises AttributeError when Slack's answer is not JSON
        raise _BlockError("file", _say(lang, "unreadable")) from None


def _dialog(lang: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": _plain(_say(lang, "title")),
        "close": _plain(_say(lang, "close")),
        "blocks": blocks[:100],
    }


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def _say(lang: str, key: str, **values: object) -> str:
    return say(lang, "slack", f"check.{key}", **values)

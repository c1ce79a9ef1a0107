"""The command's `check`: a dialog takes a cluster's JSON and shows the findings to the one who gave it.

What is given is checked in memory: it is never logged, stored or repeated.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import checks
from bot.checks.posted import posted
from bot.language import say
from bot.service.apart import SECONDS, TooSlowError
from bot.service.capacity import FullError
from bot.slack import files
from bot.slack.blocks import section
from bot.slack.check_messages import findings_message
from bot.slack.context import Context, person
from bot.slack.limits import escape

CALLBACK = "check_snapshot"
PASTE = 3000  # characters: Slack's limit of a text input
MAX_BYTES = 2 * 1024 * 1024  # of a file
PLANS = ("none", *checks.CHANGES)
_log = logging.getLogger("kb")


def register(bolt: AsyncApp, context: Context) -> None:
    """Take the dialog's submission."""

    @bolt.view(CALLBACK)
    async def submitted(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient) -> None:
        lang = "ja" if view.get("private_metadata") == "ja" else "en"
        try:
            given = _given(view["state"]["values"], lang)
        except _BlockError as error:
            await ack(response_action="errors", errors={error.block: error.words})
            return
        # Slack waits three seconds for this, and to read and check may take longer: the result replaces this view.
        await ack(response_action="update", view=_dialog(lang, [section(_say(lang, "working"))]))
        asker = person((body.get("team") or {}).get("id"), body["user"]["id"])
        blocks = await _result(given, asker, lang, client, context)
        try:
            await client.views_update(view_id=view["id"], view=_dialog(lang, blocks))
        except (SlackApiError, AttributeError, OSError, TimeoutError) as error:  # AttributeError: the SDK's, of no JSON
            _log.warning("slack: views.update failed: %s", type(error).__name__)


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


@dataclass(frozen=True, slots=True)
class _Given:
    """What the dialog holds: text, or the id of a file; and what is planned."""

    text: str
    file: str | None
    planned: str | None


def _given(values: dict[str, Any], lang: str) -> _Given:
    text = (values["text"]["text"].get("value") or "").strip()
    listed = values["file"]["file"].get("files") or []
    planned = values["planned"]["planned"]["selected_option"]["value"]
    if listed and text:
        raise _BlockError("text", _say(lang, "both"))
    if not listed and not text:
        raise _BlockError("text", _say(lang, "nothing"))
    return _Given(text, listed[0]["id"] if listed else None, None if planned == "none" else planned)


async def _result(
    given: _Given, asker: str, lang: str, client: AsyncWebClient, context: Context
) -> list[dict[str, Any]]:
    """The findings as blocks, or why there are none; never raises."""
    address = context.settings.site_url
    try:
        document = await _file(given.file, client, context.timing.file) if given.file else given.text.encode()
        judged = await context.desk.apart.run(asker, posted.findings, document, MAX_BYTES, lang, address, given.planned)
    except FullError:
        return [section(_say(lang, "full"))]
    except TooSlowError:
        return [section(_say(lang, "stopped", seconds=round(SECONDS)))]
    except _UnreadableError:
        return [section(_say(lang, "unreadable"))]
    except Exception as error:  # whatever it is, who gave it is told
        _log.error("slack: a cluster could not be checked: %s", type(error).__name__)
        return [section(say(lang, "slack", "failure.search"))]
    if isinstance(judged, checks.Problem):
        return [section(escape(judged.message))]
    return list(findings_message(judged.findings, lang, address, judged.clusters, judged.commands)["blocks"])


class _UnreadableError(Exception):
    """A file did not come from Slack."""


async def _file(file_id: str, client: AsyncWebClient, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await files.read(client, file_id, MAX_BYTES)
    except Exception:  # the SDK raises AttributeError when Slack's answer is not JSON
        raise _UnreadableError from None


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

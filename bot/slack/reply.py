"""Replies over a response URL, which Slack gives with each command and button: five posts within 30 minutes."""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from bot.service.store import StoreError
from bot.slack.context import Context

USES, MINUTES = 5, 30  # that Slack allows
ATTEMPTS = 3
LONGEST_WAIT = 60  # seconds; when Slack asks for more, the reply is given up
_log = logging.getLogger("kb")


async def reply(
    context: Context, url: str, message: dict[str, Any], *, in_channel: bool = False, replace: bool = False
) -> bool:
    """Post a message: to who asked alone, or to everyone; `replace` the message that the URL came with.

    False if it did not arrive; the log says why.
    """
    kind = "in_channel" if in_channel else "ephemeral"
    quiet = {"unfurl_links": False, "unfurl_media": False}
    return await _post(context, url, {"response_type": kind, "replace_original": replace, **quiet, **message})


async def remove(context: Context, url: str) -> bool:
    """Delete the message that the URL came with."""
    return await _post(context, url, {"delete_original": True})


async def _post(context: Context, url: str, body: dict[str, Any]) -> bool:
    if (target := slack_target(url, context.settings.slack_hooks_url)) is None:
        _log.warning("slack: a response URL does not lead to Slack; nothing was sent")
        return False
    problem = "no reason"
    for attempt in range(ATTEMPTS):
        if not await _claim(context, url):
            problem = f"it was used {USES} times"
            break
        outcome = await _attempt(context, target, body)
        if outcome.problem is None:
            return True
        problem = outcome.problem
        seconds = _seconds(outcome.wait, attempt)
        if not outcome.again or seconds > LONGEST_WAIT or attempt == ATTEMPTS - 1:
            break
        await context.timing.sleep(seconds)
    _log.warning("slack: a reply was not delivered: %s", problem)
    return False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of an attempt; `problem` is None if it was delivered."""

    problem: str | None
    again: bool = False  # it may be sent again
    wait: str = ""  # as Slack writes the seconds until then


async def _attempt(context: Context, target: URL, body: dict[str, Any]) -> _Outcome:
    timeout = aiohttp.ClientTimeout(total=context.timing.reply)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(target, json=body, allow_redirects=False) as response,
        ):
            status, wait = response.status, response.headers.get("Retry-After", "")
    except aiohttp.ClientConnectorError as error:
        return _Outcome(type(error).__name__, again=True)  # nothing was sent
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return _Outcome(type(error).__name__)  # it may have arrived: once more could be twice
    if status < 300:
        return _Outcome(None)
    return _Outcome(f"status {status}", again=status == 429 or status >= 500, wait=wait)


def _seconds(wait: str, attempt: int) -> int:
    """Seconds until the next attempt: those that Slack names, else more with each attempt."""
    return int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 6 else 2**attempt


def slack_target(url: str, hooks: str) -> URL | None:
    """The address if it lies below Slack's, read by the library that then calls it; a stranger's is never called."""
    try:
        target, home = URL(url), URL(hooks)
        same = (target.scheme, target.host, target.port) == (home.scheme, home.host, home.port)
    except (ValueError, TypeError):
        return None
    named = target.user is None and target.password is None
    return target if same and named and target.path.startswith(home.path) else None


async def _claim(context: Context, url: str) -> bool:
    """True if the URL may be used once more, counted over all workers."""
    digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()
    keys = [f"slack-url:{digest}:{n}" for n in range(USES)]
    try:
        return await context.desk.keep(lambda: any(context.store.first_time(key, MINUTES * 60) for key in keys))
    except StoreError as error:
        _log.warning("slack: cannot count the uses of a response URL: %s", error)
        return True

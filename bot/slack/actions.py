"""The buttons of an answer: share, helpful or not, more results, the other language, a near topic, a person."""

import hashlib
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import say
from bot.records import Answer
from bot.service.feedback import Feedback
from bot.service.store import StoreError
from bot.slack.answer_message import answer_message
from bot.slack.answering import answered, excuse
from bot.slack.blocks import Message, aside, note, section
from bot.slack.context import Context, person
from bot.slack.guard import first_time
from bot.slack.limits import fitted, shorten, whole_lines
from bot.slack.links import link
from bot.slack.reader import reason
from bot.slack.reply import remove, reply
from bot.slack.state import State

AGAIN = 30  # seconds within which a second press of "share" is taken for a double click
_log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button: what was pressed, by whom, where."""

    context: Context
    client: AsyncWebClient
    action: str
    state: State
    url: str
    user: str
    team: str
    channel: str
    thread: str | None

    @property
    def answer_id(self) -> str:
        """One per person and answer: their last vote on it counts."""
        parts = "\0".join((self.team, self.user, self.state.key, self.state.lang, self.state.question))
        return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def asker(self) -> str:
        """Under what name the presses of this person are counted."""
        return person(self.team, self.user)

    async def answer(self) -> Answer:
        """The answer that the pressed message shows: the same question gives the same one."""
        return await self.context.ask(self.asker, self.state.question, self.state.lang, self.state.history, again=True)

    async def tell(self, message: Message, *, instead: bool = False) -> bool:
        """Show the one who pressed something, in a message of its own or `instead` of the pressed one."""
        return await reply(self.context, self.url, message, replace=instead)


def register(bolt: AsyncApp, context: Context) -> None:
    """Acknowledge each press, then do what its button says; who pressed is told if that fails."""
    doing: dict[str, Callable[[Press], Awaitable[None]]] = {
        "share": _share,
        "vote_up": _vote,
        "vote_down": _vote,
        "more": _more,
        "other": _other,
        "human": _human,
    }

    @bolt.action(re.compile(rf"^(?:{'|'.join(doing)}|choose_\d)$"))
    async def pressed(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        press = _press(body, action, client, context)
        try:
            await doing.get(press.action, _choose)(press)
        except Exception as error:  # whatever it is, who pressed is told
            await press.tell(excuse(error, press.state.lang))


def _press(body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient, context: Context) -> Press:
    container = body.get("container") or {}
    return Press(
        context=context,
        client=client,
        action=action["action_id"],
        state=State.read(action["value"]),
        url=body["response_url"],
        user=_id(body["user"]),
        team=_id(body.get("team")),
        channel=_id(body.get("channel")),
        thread=container.get("thread_ts"),
    )


def _id(named: dict[str, Any] | None) -> str:
    """The id of a user, team or channel, which is written into markup; empty if there is none."""
    return re.sub(r"\W", "", str((named or {}).get("id", "")))


async def _share(press: Press) -> None:
    """Post the answer for everyone in the asker's name, then take the private copy away."""
    context = press.context
    if not await first_time(context, f"slack-share:{press.answer_id}", AGAIN):
        return
    answer = await press.answer()
    state = press.state
    message = answer_message(answer, context, state.key, history=state.history, private=False)
    name = aside(say(answer.lang, "slack", "answer.asked_by", user=press.user))
    shared = {"text": message["text"], "blocks": fitted([name, *message["blocks"]])}
    if await _post(press, press.channel, shared, press.thread) or await reply(
        context, press.url, shared, in_channel=True
    ):
        await remove(context, press.url)
    else:
        await press.tell(note(answer.lang, "share_failed"))


async def _post(press: Press, channel: str, message: Message, thread: str | None = None) -> bool:
    """True if the bot could post; False if it surely did not: without a token, or where it is no member.

    Raises TimeoutError where that is not known.
    """
    if press.context.token is None or not channel:
        return False
    try:
        await press.client.chat_postMessage(
            channel=channel, thread_ts=thread, unfurl_links=False, unfurl_media=False, **message
        )
    except TimeoutError:
        raise
    except (SlackApiError, AttributeError, OSError) as error:  # AttributeError: the SDK's, when the answer is not JSON
        _log.warning("slack: chat.postMessage failed: %s", reason(error))
        return False
    return True


async def _vote(press: Press) -> None:
    """Keep the vote. In a private message the buttons show it, and the same button once more withdraws it."""
    state = press.state
    vote: str | None = press.action.removeprefix("vote_")
    if state.private and state.vote == vote:
        vote = None
    answer = await press.answer()
    feedback = Feedback(
        answer=press.answer_id,
        vote=vote,
        reason=None,
        question=answer.question,
        lang=answer.lang,
        status=str(answer.status),
        section=answer.citations[0].section if answer.citations else None,
        door="slack",
    )
    try:
        await press.context.desk.vote(feedback, press.context.store)
    except StoreError as error:
        _log.warning("slack: a vote was not kept: %s", error)
        await press.tell(note(answer.lang, "no_votes"))
        return
    if not state.private:
        await press.tell(note(answer.lang, "thanks"))
        return
    message = answer_message(answer, press.context, state.key, history=state.history, vote=vote)
    await press.tell(message, instead=True)


async def _more(press: Press) -> None:
    """The sections that came next."""
    answer, site = await press.answer(), press.context.settings.site_url
    if not answer.runners_up:
        await press.tell(note(answer.lang, "nothing_more"))
        return
    title = say(answer.lang, "slack", "more.title", question=shorten(answer.question, 300))
    lines = [f"• {link(runner_up.url, runner_up.title, site)}" for runner_up in answer.runners_up]
    await press.tell({"text": title, "blocks": [section(whole_lines([title, *lines]))]})


async def _other(press: Press) -> None:
    """The same question, answered in the other language, in place of the private message."""
    state, langs = press.state, press.context.desk.langs
    lang = next((other for other in langs if other != state.lang), state.lang)
    answer = await press.context.ask(press.asker, state.question, lang, state.history)
    await press.tell(answer_message(answer, press.context, state.key, history=state.history), instead=state.private)


async def _choose(press: Press) -> None:
    """Answer the chosen question, for who chose it; the choices stay."""
    state = press.state
    await press.tell(await answered(state.question, press.context, state.key, press.asker, lang=state.lang))


async def _human(press: Press) -> None:
    """Pass the question on to people, once; nothing was sent to them before this press."""
    lang, channel = press.state.lang, press.context.settings.slack_human_channel
    if channel is None:
        return
    key = f"slack-human:{press.answer_id}"
    if await first_time(press.context, key, 24 * 3600):
        question = shorten(press.state.question, 2500)
        words = say(lang, "slack", "human.text", user=press.user, channel=press.channel, question=question)
        if not await _post(press, channel, {"text": words, "blocks": [section(words)]}):
            await press.tell(note(lang, "human_failed"))
            return
    words = say(lang, "slack", "human.sent", channel=channel)
    await press.tell({"text": words, "blocks": [section(words)]})

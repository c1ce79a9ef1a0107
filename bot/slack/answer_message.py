"""An answer in Block Kit: what it says, its sources, and what can be done with it."""

from collections.abc import Sequence

from bot import checks, records
from bot.answering.said import RULES_SHOWN, blocks_of, is_said, said, titled
from bot.answering.stale import stale_line
from bot.language import say
from bot.records import Answer, Citation, Status
from bot.slack.blocks import MARKS, Block, Message, aside, button, section
from bot.slack.context import Context
from bot.slack.forms import in_slack
from bot.slack.limits import TOTAL, escape, fitted, plain, shorten, total, whole_lines
from bot.slack.links import link, linking
from bot.slack.state import State

QUOTES = (1500, 700, 300, 120)  # sizes tried for each quote until the message fits
GLANCE = 240  # of a quote that is not the answer
_VERDICTS = {"yes": ":white_check_mark:", "no": ":x:", "conditional": ":warning:"}
_CHOICES = {Status.CLARIFY: "choices.clarify", Status.NOT_COVERED: "choices.not_covered"}


def answer_message(
    answer: Answer,
    context: Context,
    key: str,
    buttons: bool = True,
    *,
    history: Sequence[str] = (),
    private: bool = True,
    vote: str | None = None,
) -> Message:
    """An answer with its quotes, links, rules and buttons, within Slack's limits.

    `key` tells this answer from others, for votes; `history` as it was asked with; `private`: only who asked sees
    it (it can be shared then); `vote`: theirs, shown on the buttons.
    """
    state = State(answer.question, answer.lang, key, history[-1] if history else "", private, vote)
    below = _choices(answer, state, buttons) + (_buttons(answer, context, state) if buttons else [])
    for limit in QUOTES:
        blocks = _above_the_buttons(answer, context, limit) + below
        if total(blocks) <= TOTAL:
            break
    return {"text": shorten(answer.answer, 300) or "…", "blocks": fitted(blocks)}


def _above_the_buttons(answer: Answer, context: Context, limit: int) -> list[Block]:
    """Everything above the buttons; the answer's quote at most twice `limit` long."""
    site = context.settings.site_url
    parts = said(answer)
    blocks = []
    if question := shorten(" ".join(answer.question.split()), 300):
        blocks.append(aside(say(answer.lang, "slack", "answer.question", question=question)))
    verdict = [f"{_VERDICTS[key]} *{say(answer.lang, 'answers', f'verdict.{key}')}*" for key in [answer.verdict] if key]
    judged = [f"{MARKS[checks.Status(check.status)]} {shorten(text, 600)}" for check, text in parts.checks]
    if spoken := [*filter(None, [*verdict, *judged, *(shorten(text, limit) for text in parts.before)])]:
        blocks.append(section(whole_lines(spoken)))
    if answer.citations:
        blocks += _quoted(parts.lead, answer.citations[0], answer.lang, site, 2 * limit)
    facts: list[str] = []
    for each in parts.after:
        if isinstance(each, str):
            facts += filter(None, [shorten(each, limit)])
        else:
            blocks += [section(whole_lines(facts))] if facts else []
            blocks += _quoted(blocks_of(each), each, answer.lang, site, limit)
            facts = []
    blocks += [section(whole_lines(facts))] if facts else []
    if answer.certainty:
        sure = say(answer.lang, "answers", f"certainty.{answer.certainty}")
        blocks.append(aside(f"{sure} {say(answer.lang, 'slack', 'answer.unofficial')}"))
    version = escape(say(answer.lang, "answers", "version", version=answer.version)) if answer.version else ""
    documents = whole_lines([line for each in answer.outside if (line := link(each.url, each.title, site))])
    blocks += [aside(text) for text in (version, documents) if text]
    blocks += [section(_source(citation, answer, site, min(limit // 2, GLANCE))) for citation in answer.citations]
    if answer.rules:
        rules = [f"• {link(rule.url, rule.title, site)}" for rule in answer.rules[:RULES_SHOWN]]
        blocks.append(section(whole_lines([say(answer.lang, "slack", "answer.rules"), *rules])))
    return blocks or [section("…")]


def _quoted(quote: Sequence[records.Block], cited: Citation, lang: str, site: str, limit: int) -> list[Block]:
    """A quote in its forms, and where the rest of it is."""
    shown = in_slack(quote, limit, linking([cited], site))
    return [*shown.blocks, *([aside(link(cited.url, say(lang, "slack", "answer.rest"), site))] if shown.cut else [])]


def _source(citation: Citation, answer: Answer, site: str, limit: int) -> str:
    """Where an answer is from; of what it has not said itself, the first words."""
    lines = [f"*{citation.n}.* {link(citation.url, titled(citation), site)}"]
    if citation.translation_url:
        lines[0] += f" · {link(citation.translation_url, say(answer.lang, 'slack', 'answer.translation'), site)}"
    if not is_said(citation, answer):
        cells = citation.quote.replace("\t", " | ")
        words = shorten(cells, limit, lambda text: ">" + escape(text).replace("\n", "\n>"))
        lines += [words] if words.strip("> \n") else []
    if citation.stale:
        lines.append(f":warning: {shorten(stale_line(citation.stale, answer.lang), GLANCE)}")
    if citation.also:
        also = ", ".join(link(place.url, titled(place), site) for place in citation.also)
        lines.append(f"{say(answer.lang, 'slack', 'answer.also')} {also}")
    return whole_lines(lines)


def _choices(answer: Answer, state: State, buttons: bool) -> list[Block]:
    """Questions that this site answers, where the one asked was not: each a button, or a line."""
    listed = [question for question in answer.suggestions if plain(question)][:5]
    if answer.status is Status.ANSWERED or not listed:
        return []
    title = section(say(answer.lang, "slack", _CHOICES[answer.status]))
    values = [State(question, answer.lang, state.key, "", state.private).text() for question in listed]
    if not buttons or None in values:
        return [title, section("\n".join(f"• {shorten(question, 300)}" for question in listed))]
    pressed = [button(f"choose_{n}", question, values[n] or "") for n, question in enumerate(listed)]
    return [title, *({"type": "actions", "elements": [choice]} for choice in pressed)]


def _buttons(answer: Answer, context: Context, state: State) -> list[Block]:
    """What can be done with the answer; nothing where the question is too long for a button's value."""
    if (value := state.text()) is None:
        return []

    def words(key: str) -> str:
        return say(answer.lang, "slack", f"buttons.{key}")

    elements = []
    if state.private and answer.status is Status.ANSWERED:
        elements.append(button("share", words("share"), value, "primary"))
    if context.keeps_votes:
        for vote in ("up", "down"):
            elements.append(button(f"vote_{vote}", ("✓ " if state.vote == vote else "") + words(vote), value))
    if answer.runners_up:
        elements.append(button("more", words("more"), value))
    if len(context.desk.langs) > 1 and state.private:
        elements.append(button("other", words("other"), value))
    if answer.status is Status.NOT_COVERED and context.token and context.settings.slack_human_channel:
        elements.append(button("human", words("human"), value))
    return [{"type": "actions", "elements": elements}] if elements else []

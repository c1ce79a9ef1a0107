"""Messages in Block Kit: an answer, findings, help, rules, and what to do when something failed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot import checks
from bot.answering.said import RULES_SHOWN, is_said, said, titled
from bot.answering.stale import stale_line
from bot.checks.words import label
from bot.checks.words import words as check_words
from bot.language import SPOKEN, say
from bot.records import Answer, Citation, Code, Status
from bot.settings import Settings
from bot.slack.context import Context
from bot.slack.forms import in_slack
from bot.slack.limits import BUTTON, TOTAL, escape, fitted, plain, shorten, total, whole_lines
from bot.slack.links import link, linking
from bot.slack.state import State

Message = dict[str, Any]  # {"text", "blocks"}
Block = dict[str, Any]
QUOTES = (1500, 700, 300, 120)  # sizes tried for each quote until the message fits
COMMAND: str = Settings.model_fields["slack_command"].default
GLANCE = 240  # of a quote that is not the answer
COMMANDS = 1000  # characters of those below a finding
_ORDER = tuple(checks.Status)
_SIGNS = (":x:", ":grey_question:", ":bulb:", ":white_check_mark:", ":heavy_minus_sign:")
_MARKS = dict(zip(_ORDER, _SIGNS, strict=True))
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


def findings_message(
    findings: Sequence[checks.Finding],
    lang: str,
    site_url: str,
    clusters: Sequence[str] = (),
    commands: Mapping[str, Sequence[str]] | None = None,
) -> Message:
    """What a check found: one sentence and counts, then what needs a person, then the rest in one block.

    `clusters`: the names of those that were checked; `commands`: by rule, each shown below the first that needs it.
    """
    ordered = sorted(findings, key=lambda finding: (_ORDER.index(finding.status), finding.id))
    counts = [f"{label(lang, s)} {n}" for s in _ORDER if (n := sum(finding.status is s for finding in findings))]
    open_ones = _open([finding for finding in ordered if finding.needs_a_person], lang, site_url, commands or {})
    settled = whole_lines([*_settled([finding for finding in ordered if not finding.needs_a_person], lang, site_url)])
    sentence = checks.sentence([checks.ClusterFindings("", None, tuple(findings))], lang)
    named = ", ".join(shorten(name, 80) for name in clusters[:5] if name) + (", …" if len(clusters) > 5 else "")
    title = "\n".join([f"*{escape(sentence)}*", *([named] if named else []), " / ".join(counts)])
    return _message(section(title), *open_ones, *([section(settled)] if settled else []))


def rule_message(wanted: str, lang: str | None, site_url: str, command: str = COMMAND) -> Message:
    """One rule (by its id, its number or its name), or all of them where `wanted` names none."""
    rule = checks.rule_named(wanted)
    if rule is None:

        def listed(spoken: str) -> str:
            title = say(spoken, "slack", "rules.none" if wanted.strip() else "rules.all", command=command)
            rules = (f"• {link(r.url(spoken), r.id, site_url)} {escape(r.title(spoken))}" for r in checks.rules())
            return "\n".join((title, *rules))

        return in_languages(lang, listed)

    def described(spoken: str) -> str:
        rows = [f"*{link(rule.url(spoken), rule.id, site_url)} {escape(rule.title(spoken))}*"]
        for field in ("expected", "why", "fix"):
            rows.append(f"*{label(spoken, field)}*: {escape(check_words(spoken, f'rules.{rule.id}.{field}'))}")
        return "\n".join(rows)

    return in_languages(lang, described)


def failure_message(lang: str | None, key: str = "search") -> Message:
    """What went wrong (`failure.<key>` of slack.toml) and what to do; in both languages if none is known."""
    return in_languages(lang, lambda spoken: say(spoken, "slack", f"failure.{key}"))


def note(lang: str, key: str, **values: object) -> Message:
    """One short sentence (`notes.<key>` of slack.toml); values are escaped."""
    return _message(section(say(lang, "slack", f"notes.{key}", **{k: escape(str(v)) for k, v in values.items()})))


def section(text: str) -> Block:
    """A block of mrkdwn that is already escaped and short enough; names in it are not looked up (`verbatim`)."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def aside(text: str) -> Block:
    """A small line of escaped mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def button(action: str, words: str, value: str, style: str | None = None) -> Block:
    text = {"type": "plain_text", "text": shorten(words, BUTTON, plain), "emoji": True}
    return {"type": "button", "action_id": action, "text": text, "value": value, **({"style": style} if style else {})}


def _message(*blocks: Block) -> Message:
    return {"text": blocks[0]["text"]["text"], "blocks": fitted(list(blocks))}


def in_languages(lang: str | None, text: Any) -> Message:
    """`text(lang)` in one language, or in each, Japanese first."""
    return _message(*(section(text(spoken)) for spoken in ([lang] if lang else SPOKEN)))


def _above_the_buttons(answer: Answer, context: Context, limit: int) -> list[Block]:
    """Everything above the buttons; the answer's quote at most twice `limit` long."""
    site = context.settings.site_url
    parts = said(answer)
    blocks = []
    if question := shorten(" ".join(answer.question.split()), 300):
        blocks.append(aside(say(answer.lang, "slack", "answer.question", question=question)))
    verdict = [f"{_VERDICTS[key]} *{say(answer.lang, 'answers', f'verdict.{key}')}*" for key in [answer.verdict] if key]
    judged = [f"{_MARKS[checks.Status(check.status)]} {shorten(text, 600)}" for check, text in parts.checks]
    if spoken := [*filter(None, [*verdict, *judged, *(shorten(text, limit) for text in parts.before)])]:
        blocks.append(section(whole_lines(spoken)))
    lead = in_slack(parts.lead, 2 * limit, linking(answer.citations[:1], site))
    blocks += lead.blocks
    if lead.cut:
        blocks.append(aside(link(answer.citations[0].url, say(answer.lang, "slack", "answer.rest"), site)))
    if after := [line for text in parts.after if (line := shorten(text, limit))]:
        blocks.append(section(whole_lines(after)))
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


def _head(finding: checks.Finding, lang: str, site: str) -> str:
    seen = label(lang, "nothing") if finding.observed is None else shorten(finding.observed, 120)
    return f"{_MARKS[finding.status]} {_rule(finding, site)} {label(lang, finding.status)}: {seen}"


def _rule(finding: checks.Finding, site: str) -> str:
    return link(finding.url, f"{finding.id} {finding.name}", site)


def _open(
    findings: Sequence[checks.Finding], lang: str, site: str, commands: Mapping[str, Sequence[str]]
) -> Iterator[Block]:
    shown = set[str]()
    for finding in findings:
        yield section(_finding(finding, lang, site))
        fresh = [line for line in commands.get(finding.id, ()) if line not in shown]
        commanded = in_slack([Code("\n".join(fresh), "sh")], COMMANDS)
        shown.update(fresh)
        rest = link(finding.url, say(lang, "slack", "answer.rest"), site)
        yield from [*commanded.blocks, *([aside(rest)] if commanded.cut else [])]


def _settled(findings: Sequence[checks.Finding], lang: str, site: str) -> Iterator[str]:
    """A line for each, and one for all rules that do not apply: of those nobody wants to know what was seen."""
    idle = checks.Status.NOT_APPLICABLE
    yield from (_head(finding, lang, site) for finding in findings if finding.status is not idle)
    if rules := dict.fromkeys(_rule(finding, site) for finding in findings if finding.status is idle):
        yield f"{_MARKS[idle]} {label(lang, idle)}: {' · '.join(rules)}"


def _finding(finding: checks.Finding, lang: str, site: str) -> str:
    rows = {"expected": finding.expected, "why": finding.why, finding.remedy: finding.fix}
    return "\n".join(
        [_head(finding, lang, site), *(f"*{label(lang, name)}*: {shorten(text, 500)}" for name, text in rows.items())]
    )

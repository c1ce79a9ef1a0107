"""Quotes as citations: where they stand, in which form, which rules they speak of; and the text of the answer."""

import re
from collections.abc import Sequence
from functools import cache

from bot.answering.blocks import blocks, extent, plain
from bot.answering.checked import none_fails
from bot.answering.compose import MAX_CITATIONS, Quoted
from bot.answering.rows import Wanted
from bot.answering.said import place_of
from bot.answering.same_fact import says_again
from bot.answering.steps import reach
from bot.checks import rules as known_rules
from bot.checks.rules.catalog import Rule
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.parts import is_closed
from bot.question.question import Question
from bot.records import CheckedValue, Citation, QuotedLink, RuleLink
from index.lexical.words import words
from index.records import FormKind, Section, Span


def citation(
    n: int, quoted: Quoted, also: Sequence[Quoted], question: Question, verdicts: int, topics: Topics
) -> Citation:
    """A quote with its place. `verdicts`: how many sentences of the quote the verdict of the answer says.

    The first quote has all that its forms show, as it is the answer in plain text: the whole list, the command.
    """
    section, spans = quoted.section, quoted.spans
    start, end = reach(section, spans[min(verdicts, len(spans) - 1)].start, spans[-1].end, question)
    shown = blocks(section, start, end, Wanted.of(question))
    begins, ends = spans[0].start, spans[-1].end
    if n == 1:
        first, ends = extent(section, start, ends, shown)
        begins = min(begins, first)
    twin = topics.twin(section)
    return Citation(
        n=n,
        section=section.id,
        lang=section.lang,
        title=section.title,
        url=section.url,
        quote=section.text[begins:ends],
        translation_url=twin.url if twin else None,
        path=section.path,
        blocks=shown,
        also=tuple(place_of(other.section) for other in also),
        links=quoted_links(section, plain(shown)),
    )


def quoted_links(section: Section, text: str) -> tuple[QuotedLink, ...]:
    """The links of a section whose words stand in a text; words that lead to several places are none."""
    places = {link.text: {other.url for other in section.linked if other.text == link.text} for link in section.linked}
    return tuple(
        QuotedLink(link.text, link.url)
        for link in section.linked
        if len(places[link.text]) == 1 and _stands_alone(link.text, text)
    )


def _stands_alone(words: str, text: str) -> bool:
    """Whether words, where they first stand in a text, are no part of a longer word."""
    at = text.find(words)
    around = (text[at - 1 : at + 1], text[at + len(words) - 1 : at + len(words) + 1]) if at >= 0 else ("a0",)
    return not any(re.fullmatch(r"[A-Za-z0-9]{2}", pair) for pair in around)


def rule_links(cited: Sequence[Section], lang: str, topics: Topics) -> tuple[RuleLink, ...]:
    """Rules whose pages the cited sections link to (or are), in the order of citation."""
    pages = dict.fromkeys(page for section in cited for page in (section.page, *section.links))
    links = []
    for page in pages:
        if (rule := _rules().get(page)) and (group := topics.group(f"{page}#{rule.id.lower()}")):
            page_top = group.get(lang) or next(iter(group.values()))
            url = page_top.url.partition("#")[0]
            links.append(RuleLink(rule.id, rule.name, page_top.title, str(rule.severity), url))
    return tuple(links)


def joined(lead: Citation, quoted: Sequence[Quoted]) -> str:
    """The direct answer first: the first quote, then from each further section its fact, nothing said twice.

    A fact is a sentence: a cell of a table says nothing without its row.
    """
    lines = [lead.quote]
    said = set(words(lines[0]))
    for quote in quoted[1:]:
        fact = quote.sentences()[0]
        if not says_again(fact, said) and not _in_table(quote.section, quote.spans[0]):
            lines.append(fact)
            said |= set(words(fact))
    return "\n".join(lines)


def _is_open(question: Question) -> bool:
    """Whether a question asks for more than a yes or no."""
    return bool(patterns("turns")["open"].search(question.asking)) and not is_closed(question.asking)


@cache
def _rules() -> dict[str, Rule]:
    """Rules by their pages."""
    return {f"rules/{rule.id.lower()}": rule for rule in known_rules()}


def _in_table(section: Section, span: Span) -> bool:
    return any(form.kind is FormKind.TABLE and form.start <= span.start < form.end for form in section.forms)


def rules_first(
    quoted: Sequence[Quoted], checks: Sequence[CheckedValue], question: Question, lang: str, topics: Topics
) -> tuple[Quoted, ...]:
    """The quotes about the rules that were checked before all others; the rules' own pages where there are none.

    Where all pass, the rules' own pages come after what answers the question: a value that is fine is no answer. So do
    they where more is asked than whether a value is fine ("what do I do now?"). What no rule can decide
    is no answer to such a question either.
    """
    rules = {check.id for check in checks if check.status == "fail"} or {check.id for check in checks}
    undecided = none_fails(checks) and any(check.status == "unknown" for check in checks)
    about = [quote for quote in quoted if rules & {link.id for link in rule_links([quote.section], lang, topics)}]
    if not about:
        groups = (topics.group(f"rules/{rule.lower()}#{rule.lower()}") for rule in sorted(rules))
        pages = [group.get(lang) or next(iter(group.values())) for group in groups if group]
        about = [Quoted(page, page.sentences[:1]) for page in pages if page.sentences]
        if all(check.status == "pass" for check in checks) or (quoted and _is_open(question)):
            return (*quoted[: max(1, MAX_CITATIONS - len(about))], *about)[:MAX_CITATIONS]
    if undecided and quoted and _is_open(question):
        return tuple(quoted[:MAX_CITATIONS])
    return tuple([*about, *(quote for quote in quoted if quote not in about)][:MAX_CITATIONS])

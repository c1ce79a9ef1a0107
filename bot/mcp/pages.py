"""The tools and resources that give pages whole: `read_section`, `explain_rule`, `list_rules`."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot import checks
from bot.answering.ask import Bot
from bot.checks.rules.catalog import Rule
from bot.language import ELSE, say
from bot.mcp.arguments import Arguments, ExplainRule, ReadSection, RefusedError
from bot.mcp.budget import Shown, beginning, fitting, tokens
from bot.mcp.caller import Caller
from bot.mcp.held import Held, held
from bot.mcp.markdown import link
from bot.mcp.markdown import section as written
from bot.mcp.outputs import Page, Part, Rules, Titled
from bot.question.versions import called, without_version
from index.records import Section

SCHEME = "kb://"  # of pages and sections as resources
RESOURCE = re.compile(rf"{SCHEME}([A-Za-z-]{{2,12}})/([^\s]{{1,500}})")
_AROUND = 80  # tokens of the names, marks and addresses around a section's text
_BEGINNING = 60  # characters that are worth showing


async def read_section(given: ReadSection, caller: Caller) -> Shown:
    """A section, or all sections of a page, with all of their text."""
    site = caller.desk.settings.site_url
    page = await caller.look(lambda bot: held(named(bot, given.section, given.lang, site, given.version), bot))
    if not page:
        raise RefusedError(say(given.lang or ELSE, "mcp", "errors.no_section"))
    return fitting(_pages(page, caller, given.max_tokens), given.max_tokens)


async def explain_rule(given: ExplainRule, caller: Caller) -> Shown:
    """A rule's page."""
    lang = given.lang or ELSE
    rule = checks.rule_named(given.rule)
    if rule is None:
        raise RefusedError(say(lang, "mcp", "errors.no_rule", names=", ".join(known.id for known in checks.rules())))
    page = await caller.look(lambda bot: held(named(bot, f"rules/{rule.id.lower()}", lang, ""), bot))
    shown_rule, title = _rule(rule, lang, caller), f"**{rule.id} {rule.name}**: {rule.title(lang)}"
    if not page:
        return Shown({"rule": shown_rule, "sections": []}, title)
    around = tokens(str(shown_rule) + title)

    def with_rule(shown: Shown) -> Shown:
        return Shown({"rule": shown_rule, **shown.structured}, f"{title}\n\n{shown.text}")

    return fitting(map(with_rule, _pages(page, caller, given.max_tokens - around)), given.max_tokens)


async def list_rules(given: Arguments, caller: Caller) -> Shown:
    """Every rule with its page."""
    lang = given.lang or ELSE
    rules = [_rule(rule, lang, caller) for rule in checks.rules()]
    fields: Rules = {"rules": rules}
    return Shown(
        fields, "\n".join(f"- {link(rule['id'], rule['url'])} {rule['name']}: {rule['title']}" for rule in rules)
    )


def named(bot: Bot, name: str, lang: str | None, site_url: str, version: str | None = None) -> list[Section]:
    """The section with this id, address or resource, or the sections of that page; none if the site has none.

    Without a language it is that of the address, else English, if the site has it; without a `version` that of the id
    or the address. Raises NoVersionError.
    """
    name = name.strip()
    if resource := RESOURCE.fullmatch(name):
        name, lang = resource[2], lang or (resource[1] if resource[1] in bot.langs else None)
    own, name = without_version(name, bot.versions)
    bot = bot.of(called(version, bot.versions) or own)
    place, lang = _id(name, lang, bot.langs, site_url)
    place = f"{bot.version}/{place}" if bot.version else place
    page, mark, anchor = place.partition("#")
    known = bot.topics.catalogue
    if mark and anchor:
        topics = [int(known.named[known.names[place]])] if place in known.names else []
    else:
        numbers = (number for section, number in known.names.items() if section.startswith(f"{page}#"))
        topics = sorted(int(known.named[number]) for number in numbers)
    return [bot.topics.in_language(topic, lang) for topic in topics]


def _id(name: str, lang: str | None, langs: Sequence[str], site_url: str) -> tuple[str, str]:
    """The id that a name or an address means, and the language."""
    base, usual = urlsplit(site_url).path.rstrip("/"), ELSE if ELSE in langs else langs[0]
    if "://" in name:
        try:
            address = urlsplit(name)
        except ValueError:  # no address at all: "http://["
            return "", usual
        if site_url and address.netloc.lower() != urlsplit(site_url).netloc.lower():
            return "", usual
        name = f"{address.path.removeprefix(base)}#{address.fragment}"
    page, _, anchor = name.partition("#")
    if not page.startswith("/"):
        return name, lang or usual
    first, _, rest = page.strip("/").partition("/")
    if first in langs:
        lang, page = lang or first, rest
    else:  # the main language has no folder of its own
        lang = lang or langs[0]
    page = page.strip("/").removesuffix("index.html").removesuffix(".html").strip("/") or "index"
    return f"{page}#{anchor}", lang


def _pages(page: Sequence[Held], caller: Caller, most: int) -> Iterator[Shown]:
    """As many sections as fit, and at least the beginning of the first."""
    used, count = 0, 0
    for each in page:
        used += (tokens(each.section.text) + tokens(each.section.title) + tokens(each.stale)) * 2 + _AROUND
        if used > most:
            break
        count += 1
    for several in range(max(count, 1), 0, -1):
        yield _page(page[:several], page[several:], caller)
    for length in (most, most // 2, most // 4, most // 8, _BEGINNING):
        text = page[0].section.text
        part = beginning(text, max(length, _BEGINNING))
        yield _page(page[:1], page[1:], caller, part if part != text else None)
    yield _page(page[:1], (), caller, beginning(page[0].section.text, _BEGINNING))  # without the names of the others


def _page(page: Sequence[Held], left_out: Sequence[Held], caller: Caller, part: str | None = None) -> Shown:
    fields: Page = {"sections": [_part(each, caller, part) for each in page]}
    texts = [text for each in page for text in _texts(each, caller, part)]
    if left_out:
        fields["more"] = [each.section.id for each in left_out[:10]]
    if left_out or part is not None:
        fields["truncated"] = True
        texts.append(say(page[0].section.lang, "mcp", "labels.cut"))
    return Shown(fields, "\n\n".join(texts))


def _texts(each: Held, caller: Caller, part: str | None) -> Iterator[str]:
    section = each.section
    yield written(section) if part is None else f"{section.title}\n\n{part}"
    yield caller.url(section.url)
    yield from filter(None, [each.stale])


def _part(each: Held, caller: Caller, part: str | None) -> Part:
    section = each.section
    return {
        "section": section.id,
        "lang": section.lang,
        "title": section.title,
        "url": caller.url(section.url),
        "text": section.text if part is None else part,
        **each.beside(caller),
    }


def _rule(rule: Rule, lang: str, caller: Caller) -> Titled:
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title(lang),
        "severity": str(rule.severity),
        "url": caller.url(rule.url(lang)),
    }

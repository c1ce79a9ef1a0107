"""What each tool gives as data. Hosts get the schemas of these forms with the list of tools.

Lists within lists are texts of several lines: a form of nothing but texts has a short schema (bot/mcp/schema.py).
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12


class Beside(TypedDict):
    """What may stand beside a section: the same one in the other language, and why it may be out of date."""

    translation_url: NotRequired[str]
    stale: NotRequired[str]


class Quote(Beside):
    """A cited section; `quote` is an exact part of its page's text."""

    section: str
    lang: str
    title: str
    url: str
    quote: str


class Value(TypedDict):
    """What a rule says of a value in the question."""

    id: str
    status: str
    observed: str
    expected: str
    fix: str
    url: str


class Titled(TypedDict):
    """A rule, and its page."""

    id: str
    name: str
    title: str
    severity: str
    url: str


class Document(TypedDict):
    """A document of another site."""

    title: str
    url: str


class Answered(TypedDict):
    """Of `ask`."""

    status: Literal["answered", "clarify", "not_covered"]
    lang: str
    answer: str
    citations: list[Quote]
    not_stated: list[str]
    version: NotRequired[str]
    verdict: NotRequired[Literal["yes", "no", "conditional"]]
    checks: NotRequired[list[Value]]
    rules: NotRequired[list[Titled]]
    outside: NotRequired[list[Document]]
    suggestions: NotRequired[list[str]]
    truncated: NotRequired[bool]


class Hits(TypedDict):
    """Of `search`. `not_covered`: the results are only near."""

    status: Literal["answered", "clarify", "not_covered"]
    results: list[Quote]
    truncated: NotRequired[bool]


class Part(Beside):
    """A section with all of its text."""

    section: str
    lang: str
    title: str
    url: str
    text: str


class Page(TypedDict):
    """Of `read_section`; `more`: sections that are left out."""

    sections: list[Part]
    more: NotRequired[list[str]]
    truncated: NotRequired[bool]


class Rules(TypedDict):
    """Of `list_rules`."""

    rules: list[Titled]


class Explained(TypedDict):
    """Of `explain_rule`."""

    rule: Titled
    sections: list[Part]
    more: NotRequired[list[str]]
    truncated: NotRequired[bool]

"""The records that every part speaks. Small, frozen, defined once."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row of the vector index embeds."""

    PASSAGE = "passage"  # a section's heading path and (a part of) its text
    SENTENCE = "sentence"  # one quotable sentence
    PHRASING = "phrasing"  # a heading, or another wording of its question that an author wrote


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into a section's text, in characters."""

    start: int
    end: int


class Genre(StrEnum):
    """What kind of text a section is."""

    GUIDE = ""  # most are
    RELEASES = "releases"  # what changed in a version
    REFERENCE = "reference"  # an object of an API
    NEWS = "news"  # a post of a blog: true when it was written
    PROJECT = "project"  # how the project itself is worked on, not what it makes


class FormKind(StrEnum):
    """What a part of a text is on its page. All else is paragraphs, one a line."""

    LIST = "list"  # label: the number of its first item, "" for bullets
    ITEM = "item"
    TABLE = "table"
    HEADER = "header"  # the row that names the columns; tabs between the cells
    ROW = "row"
    LINE = "line"  # of a cell that has several, a space between them
    CODE = "code"  # label: its language
    NOTE = "note"  # label: its kind, "warning"
    TITLE = "title"  # of a note


@dataclass(frozen=True, slots=True)
class Form:
    """Offsets into a section's text, and what stands there. Forms lie in forms, the outer one first."""

    kind: FormKind
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a section follows. Days are written as in 2026-11-26."""

    url: str
    title: str
    verified: str = ""  # the day on which the section was last compared with it; "" if nobody says
    days: int = 0  # after how many days that has to be done again; 0: never
    changed: str = ""  # the day on which a change that touches the section was seen; "" if none was


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a section's text: its words, and a path of this site or the address of another one's page."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the documentation: the name of its folder, and what else it is called (`latest`)."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, that of its folder first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the published site and the text up to the next heading.

    `text` is what a reader sees: blocks (paragraph, list item, table row with tabs between its cells, code) joined
    by newlines, white space within a block collapsed. `sentences` are the spans that may be quoted.
    """

    id: str  # page path # heading id, the same in every language: "faq#kubenet-to-overlay", "2.0/faq#…" in a version
    lang: str
    title: str
    path: tuple[str, ...]  # headings above this one, the page's first
    url: str  # from the site's root: "/en/faq/#kubenet-to-overlay"
    text: str
    sentences: tuple[Span, ...]
    phrasings: tuple[str, ...]
    links: tuple[str, ...]  # pages of this site that the text links to: "rules/agc004"
    covered: bool  # False: the section says that its topic is not covered
    warning: bool = False  # it belongs to every answer about what its rules check
    other_source: bool = False  # it states what another source says, not the one of this site
    synonyms: tuple[tuple[str, ...], ...] = ()  # groups of equal terms, where the section is a glossary
    forms: tuple[Form, ...] = ()  # the lists, tables, code and notes of its text
    genre: Genre = Genre.GUIDE
    sources: tuple[Source, ...] = ()
    linked: tuple[Link, ...] = ()  # in the order of the text
    tool: tuple[str, ...] = ()  # names of the tool that it is about, where that is not the subject of the site

    @property
    def outside(self) -> tuple[Link, ...]:
        """Where else its topic is covered, if not here."""
        return () if self.covered else tuple(link for link in self.linked if not link.url.startswith("/"))

    def quote(self, span: Span) -> str:
        """The exact text of a span."""
        return self.text[span.start : span.end]

    @property
    def page(self) -> str:
        """The id of its page: what stands before `#` in its own."""
        return self.id.partition("#")[0]

"""What clients send and get, beyond the records of bot/records.py."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.language import SPOKEN

if TYPE_CHECKING:
    Lang = str
else:
    Lang = Literal[SPOKEN]  # one of the languages that the bot has words for


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul", "refused")
    return text


Text = Annotated[
    str, Field(max_length=10_000, json_schema_extra={"pattern": r"^[^\u0000]*$"}), AfterValidator(_without_nul)
]


# A question that is asked; what counts as white space is the same for str.strip().
Words = Annotated[Text, Field(json_schema_extra={"minLength": 1, "pattern": r"^[^\u0000]*[^\u0000\s][^\u0000]*$"})]
ReportLang = Annotated[
    Lang | None,
    Query(description="Language of the words; absent means that of `Accept-Language`.", examples=["en"]),
]
SiteLang = Annotated[
    str,
    Query(
        pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4})?$",
        description="Language of the reader's page; another than the site's means the site's main one.",
        examples=["en"],
    ),
]
SitePage = Annotated[
    str,
    Query(max_length=2000, description="Path of the reader's page, where the site has versions.", examples=["/2.0/"]),
]
Version = Annotated[Text, Field(max_length=64)]
Page = Annotated[Text, Field(max_length=2000)]
URLS = "How addresses of pages are written: paths of the site, or whole (by KB_SITE_URL)."


SHORTEST = 2  # characters of a search
_SHOWN = 40  # characters of a name that nobody knows


class Body(BaseModel):
    """What a client sends: a field that it does not have is refused by name, as a misspelt one would be lost."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        unknown = (
            next((name for name in given if name not in cls.model_fields), None) if isinstance(given, dict) else None
        )
        if unknown is None:
            return given
        name = "".join(letter for letter in unknown[:_SHOWN] if letter.isprintable())
        near = get_close_matches(name.lower(), cls.model_fields, n=1)
        if near:
            raise PydanticCustomError("unknown_field_near", "refused", {"name": name, "near": near[0]})
        raise PydanticCustomError("unknown_field", "refused", {"name": name, "fields": ", ".join(cls.model_fields)})


class Asked(Body):
    """An earlier question of the same conversation."""

    question: Text


class Question(Body):
    """One question; `lang` null = the language it is written in."""

    question: Words
    lang: Lang | None = None
    history: Annotated[list[Asked], Field(max_length=20)] = []
    version: Version | None = None
    page: Page = ""


class Vote(Body):
    """What a reader thinks of one shown answer; the last vote counts, `vote` null withdraws it."""

    answer: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$", description="Made by the client per shown answer.")]
    vote: Literal["up", "down"] | None
    reason: Literal["wrong", "incomplete", "unclear", "not_what_i_meant"] | None = None
    question: Text
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}$")]  # of any site
    status: Annotated[str, Field(pattern="^[a-z_]{1,20}$")]
    section: Annotated[Text, Field(max_length=300, description="The first citation's section.")] | None = None


class Search(Body):
    """Words that the search box of the site did not find."""

    words: Annotated[Text, Field(min_length=SHORTEST, max_length=200)]
    lang: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$")]  # of any page


class About(BaseModel):
    """The site that the service answers from."""

    url: str
    langs: list[str]
    starters: list[str]
    keeps_searches: bool = False
    versions: list[str] = []


class RuleEntry(BaseModel):
    """One rule check; titles and links by language."""

    id: str
    name: str
    severity: str
    title: dict[str, str]
    url: dict[str, str]


class Problem(BaseModel):
    """What went wrong, in the asker's language where it is known; /api/check says where, too."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str


class Failure(BaseModel):
    """The body of every error."""

    error: Problem


_RETRY = {"Retry-After": {"description": "Seconds until it is worth asking again.", "schema": {"type": "integer"}}}
# What any address may answer, and what those answer that have a limit of their own.
FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "The request cannot be read."},
    408: {"model": Failure, "description": "The body took too long to arrive."},
    413: {"model": Failure, "description": "The body or the question is too long."},
    415: {"model": Failure, "description": "The body is not said to be JSON: Content-Type: application/json."},
    421: {"model": Failure, "description": "The service does not answer for this host: KB_ALLOWED_HOSTS."},
    422: {"model": Failure, "description": "The request does not have the documented form."},
    429: {"model": Failure, "description": "Too many requests of one client.", "headers": _RETRY},
    500: {"model": Failure, "description": "A fault of the service."},
}
BUSY: dict[int | str, dict[str, Any]] = {
    503: {"model": Failure, "description": "Not at the moment; try again later.", "headers": _RETRY}
}

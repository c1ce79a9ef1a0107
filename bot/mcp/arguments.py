"""What callers send to each tool, and why it is refused. A refusal names an argument of ours, never what was sent."""

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.checks import Change
from bot.checks.plan import Goal
from bot.language import ELSE, SPOKEN, detect, say
from bot.refused_values import why_refused

LEAST, USUAL, MOST = 500, 6000, 20_000  # tokens of a result; Claude Code refuses more than 25,000


class RefusedError(Exception):
    """A call that cannot be answered; its text is for who called, in their language."""


def _worded(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul", "refused")
    if not text.strip():
        raise PydanticCustomError("string_too_short", "refused")
    return text


Text = Annotated[str, Field(max_length=10_000), AfterValidator(_worded), WithJsonSchema({"type": "string"})]
Name = Annotated[str, Field(max_length=500), AfterValidator(_worded), WithJsonSchema({"type": "string"})]
# Published as an object, which every host can pass on; text (YAML, several documents) is read as well.
Cluster = Annotated[dict[str, Any] | list[Any] | str, WithJsonSchema({"type": "object"})]


def _number(given: object) -> object:
    """Models write a number as text at times."""
    return int(given) if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 10 else given


def _language(given: object) -> object:
    """`ja-JP` and `JA` are `ja`."""
    base = re.split("[-_]", given.strip().lower())[0] if isinstance(given, str) else None
    return base if base in SPOKEN else given


_Number = BeforeValidator(_number)  # after the bounds: before them JSON Schema would have their Python names
Tokens = Annotated[int, Field(ge=LEAST), _Number, AfterValidator(lambda most: min(most, MOST))]


class Arguments(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    lang: Annotated[Literal["ja", "en"] | None, BeforeValidator(_language)] = None


class Bounded(Arguments):
    """What a tool takes whose result may be long."""

    max_tokens: Tokens = USUAL


class Versioned(Bounded):
    """What a tool takes that looks into one version of the documentation."""

    version: Name | None = None


class Ask(Versioned):
    """A question that stands alone: a model can write what it refers to into it."""

    question: Text


class Search(Versioned):
    """Words to look for."""

    query: Text
    limit: Annotated[int, Field(ge=1, le=20), _Number] = 5


class ReadSection(Versioned):
    """The id or the address of a section or a page."""

    section: Name


class ExplainRule(Bounded):
    """A rule by its id or name."""

    rule: Name


class CheckCluster(Bounded):
    """A cluster's own configuration."""

    cluster: Cluster
    planned: Change | None = None

    def document(self) -> bytes:
        """It as a file would hold it."""
        return written(self.cluster)


class PlanUpgrade(Bounded):
    """A cluster's own configuration, and where its way is to lead."""

    cluster: Cluster
    to: Goal

    def document(self) -> bytes:
        """It as a file would hold it."""
        return written(self.cluster)


A = TypeVar("A", bound=Arguments)


def written(cluster: dict[str, Any] | list[Any] | str) -> bytes:
    """The bytes of a document; half of a surrogate pair is no text."""
    text = cluster if isinstance(cluster, str) else json.dumps(cluster, ensure_ascii=False)
    return text.encode("utf-8", "replace")


def read(form: type[A], given: Mapping[str, Any]) -> A:
    """The arguments of a tool. Raises RefusedError, which says what is wrong and what the tool takes."""
    named = {name: given[name] for name in form.model_fields if name in given}
    unknown = islice((name for name in given if name not in form.model_fields), 1)  # one is refused as all would be:
    try:
        return form.model_validate(named | {name: given[name] for name in unknown})  # pydantic describes each of them
    except ValidationError as error:
        problem, lang = error.errors(include_url=False, include_input=False)[0], spoken(given)
    place = next((str(part) for part in problem["loc"][:1] if part in form.model_fields), None)
    if place is None:
        own = sorted(
            form.model_fields, key=lambda name: name in Versioned.model_fields
        )  # what every tool takes comes last
        raise RefusedError(say(lang, "mcp", "errors.unknown_argument", names=", ".join(own)))
    raise RefusedError(say(lang, "mcp", "errors.invalid", place=place, why=why_refused(lang, problem)))


def spoken(given: Mapping[str, Any]) -> str:
    """The language of who calls: the one that is named, else that of the text, else English."""
    if (lang := _language(given.get("lang"))) in SPOKEN:
        return str(lang)
    text = next((given[name] for name in ("question", "query") if isinstance(given.get(name), str)), "")
    return detect(text, SPOKEN) if text else ELSE

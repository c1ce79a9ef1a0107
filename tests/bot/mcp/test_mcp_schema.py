"""The schemas that hosts get: short, and each argument that needs words has them, in every language."""

from typing import Any, NotRequired

import pytest
from jsonschema import Draft202012Validator
from typing_extensions import TypedDict

from bot.language import SPOKEN, pack
from bot.mcp.schema import of_arguments, of_output
from bot.mcp.tools import TOOLS

PLAIN = {"question", "query", "limit", "to", "lang", "max_tokens"}  # whose names say all


@pytest.mark.parametrize("lang", SPOKEN)
def test_each_argument_has_words_or_a_name_that_says_all(lang: str):
    words = pack(lang, "mcp")
    taken = {name for tool in TOOLS.values() for name in tool.takes.model_fields}
    assert set(words["arguments"]) | PLAIN == taken
    assert list(words["tools"]) == list(TOOLS)
    for tool in TOOLS.values():
        properties = of_arguments(tool.takes, lang)["properties"]
        assert {name: part["description"] for name, part in properties.items() if "description" in part} == {
            name: text for name, text in words["arguments"].items() if name in properties
        }


@pytest.mark.parametrize("name", TOOLS)
def test_a_schema_is_one_and_needs_no_other(name: str):
    for schema in (of_arguments(TOOLS[name].takes, "en"), of_output(TOOLS[name].gives)):
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
        assert "$ref" not in str(schema)


@pytest.mark.parametrize("name", TOOLS)
def test_a_schema_says_all_in_words_of_json_schema(name: str):
    known = {*Draft202012Validator.VALIDATORS, "description"}

    def unknown(schema: Any) -> set[str]:
        if not isinstance(schema, dict):
            return set()
        inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
        return (schema.keys() - known).union(*map(unknown, inner))

    assert unknown(of_arguments(TOOLS[name].takes, "en")) | unknown(of_output(TOOLS[name].gives)) == set()


@pytest.mark.parametrize(
    ("name", "bounds"), [("max_tokens", {"minimum": 500}), ("limit", {"minimum": 1, "maximum": 20})]
)
def test_a_schema_has_the_bounds_of_a_number(name: str, bounds: dict[str, int]):
    argument = of_arguments(TOOLS["search"].takes, "en")["properties"][name]
    assert {key: argument.get(key) for key in ("type", *bounds)} == {"type": "integer", **bounds}


class Part(TypedDict):
    """Nothing but texts."""

    title: str
    note: NotRequired[str]


class Whole(TypedDict):
    """A text, parts, and what may be left out."""

    title: str
    parts: list[Part]
    count: NotRequired[int]


def test_a_part_of_nothing_but_texts_is_written_in_short():
    assert of_output(Whole) == {
        "type": "object",
        "required": ["title", "parts"],
        "properties": {
            "title": {"type": "string"},
            "parts": {
                "type": "array",
                "items": {"type": "object", "required": ["title"], "additionalProperties": {"type": "string"}},
            },
            "count": {"type": "integer"},
        },
    }


def test_a_field_called_title_is_no_keyword():
    schema = of_output(Whole)
    assert Draft202012Validator(schema).is_valid({"title": "a", "parts": [{"title": "b", "note": "c"}]})
    assert not Draft202012Validator(schema).is_valid({"title": "a", "parts": [{"note": "c"}]})
    assert not Draft202012Validator(schema).is_valid({"title": "a", "parts": [{"title": 5}]})

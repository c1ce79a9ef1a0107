"""JSON Schemas as short as they can be: every host sends them to its model with every question."""

from typing import Any

from pydantic import BaseModel, TypeAdapter

from bot.language import pack

_UNTOLD = ("title", "default", "description", "additionalProperties", "minLength", "maxLength", "maxItems")


def of_arguments(form: type[BaseModel], lang: str) -> dict[str, Any]:
    """The schema of a tool's arguments, each with its words."""
    schema = _short(form.model_json_schema(), texts=False)
    words = pack(lang, "mcp")["arguments"]
    for name, argument in schema["properties"].items():
        if name in words:
            argument["description"] = words[name]
    # What every tool takes comes last.
    last = {name: schema["properties"].pop(name) for name in ("lang", "max_tokens") if name in schema["properties"]}
    schema["properties"] |= last
    return schema


def of_output(form: Any) -> dict[str, Any]:
    """The schema of what a tool gives as data."""
    return _short(TypeAdapter(form).json_schema(), texts=True)


def _short(schema: dict[str, Any], *, texts: bool) -> dict[str, Any]:
    """Without names, defaults and references; what may be null is what may be left out.

    `texts`: an object of nothing but texts names those that it always has, and says once that all are texts.
    """
    parts = schema.pop("$defs", {})

    def short(part: Any) -> Any:
        if isinstance(part, list):
            return [short(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return short(parts[part["$ref"].rpartition("/")[2]])
        if "anyOf" in part:
            (part,) = (each for each in part["anyOf"] if each != {"type": "null"})
            return short(part)
        kept = {key: value for key, value in part.items() if key not in _UNTOLD}
        if "enum" in kept:
            kept.pop("type", None)
        if texts and all(each.get("type") == "string" for each in kept.get("properties", {"": {}}).values()):
            needed = {"required": kept["required"]} if "required" in kept else {}
            return {"type": "object", **needed, "additionalProperties": {"type": "string"}}
        if "properties" in kept:  # their names are no keywords
            kept["properties"] = {name: short(each) for name, each in kept["properties"].items()}
        return {key: value if key == "properties" else short(value) for key, value in kept.items()}

    shortened: dict[str, Any] = short(schema)
    return shortened

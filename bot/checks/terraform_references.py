"""What a Terraform plan's configuration says that attributes are made of, through variables and outputs of modules."""

import re
from collections.abc import Iterator
from typing import Any

Home = tuple[str, ...]
_UNKNOWN: tuple[Home, str] = ((), "?")
_DEEPEST = 12  # modules in modules


class Expressions:
    """The configuration: what every attribute, output and argument of a module refers to."""

    def __init__(self, configuration: dict[str, Any]) -> None:
        self._of: dict[tuple[Home, str], dict[str, Any]] = {}
        self._index(only_dict(configuration.get("root_module")), ())

    def names(self, home: Home, of: str, attribute: tuple[str, ...]) -> set[tuple[Home, str]]:
        """Modules and names of resources; `?` stands for what cannot be followed."""
        expression: Any = self._of.get((home, of))
        for step in attribute:
            expression = only_dict(expression).get(step)
        return set(self._followed(home, only_dict(expression).get("references"), 0))

    def _index(self, module: dict[str, Any], home: Home) -> None:
        resources = module.get("resources")
        for resource in resources if isinstance(resources, list) else []:
            self._of[home, str(only_dict(resource).get("address"))] = only_dict(only_dict(resource).get("expressions"))
        self._of[home, "output"] = only_dict(module.get("outputs"))
        for name, call in only_dict(module.get("module_calls")).items():
            self._of[home, f"module.{name}"] = only_dict(only_dict(call).get("expressions"))
            self._index(only_dict(only_dict(call).get("module")), (*home, str(name)))

    def _followed(self, home: Home, references: object, depth: int) -> Iterator[tuple[Home, str]]:
        listed = [str(item) for item in references] if isinstance(references, list) else []
        # Terraform lists `a.b[0].id` together with its prefixes `a.b[0]` and `a.b`.
        prefixes = {one[: mark.start()] for one in listed for mark in re.finditer(r"[.\[]", one)}
        for reference in listed:
            if reference not in prefixes:
                yield from self._one(home, reference, depth + 1)

    def _one(self, home: Home, reference: str, depth: int) -> Iterator[tuple[Home, str]]:
        first, _, rest = reference.partition(".")
        second, _, rest = rest.partition(".")
        if depth > _DEEPEST or not second or first in ("data", "local", "each", "count", "path", "terraform", "self"):
            yield _UNKNOWN
        elif first == "var":
            argument = self._of.get((home[:-1], f"module.{home[-1]}"), {}).get(second) if home else None
            yield from self._argument(home[:-1], argument, depth)
        elif first == "module":
            call, output = re.sub(r"\[.*", "", second), re.sub(r"\[.*", "", rest.partition(".")[0])
            made = only_dict(self._of.get(((*home, call), "output"), {}).get(output)).get("expression")
            yield from self._argument((*home, call), made, depth)
        else:
            yield home, f"{first}.{second}"

    def _argument(self, home: Home, expression: object, depth: int) -> Iterator[tuple[Home, str]]:
        found = list(self._followed(home, only_dict(expression).get("references"), depth))
        yield from found or [_UNKNOWN]


def only_dict(value: object) -> dict[str, Any]:
    """The dict, or the only one of a list; anything else holds nothing."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}

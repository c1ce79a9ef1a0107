"""What a Terraform plan's configuration says that attributes are made of, through variables and outputs of modules."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

Home = tuple[str, ...]
Named = tuple[Home, str]  # a resource by its module and its name
Path = tuple[str, ...]  # from a resource, a call or the outputs of a module down to one of its expressions
_DEEPEST = 12  # modules in modules
_MOST = 4  # resources of which an attribute is made; of so many, none is the one
_NAME = re.compile(r"[\w-]+")
_INDEX = re.compile(r"\[.*")
_OWN_KEYS = {"each.key", "count.index"}
_FOR_EACH = "for_each"
_OUTPUTS = "output"
_NO_VALUES = ("data", "local", "each", "count", "path", "terraform", "self")  # no module is given or gives back these
_STEPS = re.compile(r"(?=[.\[])")


@dataclass(frozen=True, slots=True)
class SameKey:
    """The instance of a resource that has the key of a module around what refers to it, or of that itself.

    `level`: how many modules are around what has the key.
    """

    home: Home
    name: str
    level: int


class _Key(NamedTuple):
    """The key of a module, or of a resource, in an expression around which there are so many modules."""

    level: int
    of: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Resources and keys that an expression is made of, and nothing else.

    `whole`: it names the resources only as such (`a.b`), and neither an attribute nor an instance of them.
    """

    resources: frozenset[Named] = frozenset()
    keys: frozenset[_Key] = frozenset()
    whole: bool = True

    @property
    def same_key(self) -> SameKey | None:
        """The instance that is named by a key of one's own: `a.b[each.key].id`, or `each.value.id`."""
        if not self.whole or len(self.resources) != 1 or len(self.keys) != 1:
            return None
        ((home, name),), ((level, _),) = self.resources, self.keys
        return SameKey(home, name, level)


class Expressions:
    """The configuration: what every attribute, output and argument of a module refers to."""

    def __init__(self, configuration: dict[str, Any]) -> None:
        self._of: dict[tuple[Home, str], dict[str, Any]] = {}
        self._listed: dict[tuple[Home, str, Path], list[str]] = {}
        self._origins: dict[tuple[Home, str, Path, int], Origin | None] = {}
        self._index(only_dict(configuration.get("root_module")), ())

    def sets(self, home: Home, of: str, attribute: str) -> bool:
        """Whether an attribute of a resource is configured at all."""
        return attribute in self._of.get((home, of), {})

    def refers(self, home: Home, of: str, path: Path) -> bool:
        """Whether an expression names anything that it is made of."""
        return bool(self._references(home, of, path))

    def origin(self, home: Home, of: str, path: Path, depth: int = 0) -> Origin | None:
        """What an expression is made of; None where that cannot be followed, or is very much.

        Followed once for each depth at which it is met: the ways through the modules may be very many.
        """
        if depth >= _DEEPEST:
            return None
        asked = home, of, path, depth
        if asked not in self._origins:
            references = self._references(home, of, path)
            self._origins[asked] = _joined(self._referred(home, of, each, depth + 1) for each in references)
        return self._origins[asked]

    def _referred(self, home: Home, of: str, reference: str, depth: int) -> Origin | None:
        """What a reference stands for in an expression of `of`."""
        if reference in _OWN_KEYS:
            return Origin(keys=frozenset([_Key(len(home), reference)]))
        first, _, rest = reference.partition(".")
        name, _, rest = rest.partition(".")
        if first == "each" and name == "value":
            return self._each_value(home, of, depth)
        if first == "var" and home:
            return _as_named(self.origin(home[:-1], f"module.{home[-1]}", (name,), depth), whole=not rest)
        if first == "module":
            return self._given_back(home, name, rest, depth)
        if first == "var" or first in _NO_VALUES or not name:
            return None
        return Origin(frozenset([(home, f"{first}.{name}")]), whole=not rest and bool(_NAME.fullmatch(name)))

    def _each_value(self, home: Home, of: str, depth: int) -> Origin | None:
        """The instance of a resource that `of` is repeated for each instance of."""
        every = self.origin(home, of, (_FOR_EACH,), depth)
        if every is None or every.keys or not every.whole or len(every.resources) != 1:
            return None
        return Origin(every.resources, frozenset([_Key(len(home), "each.key")]))

    def _given_back(self, home: Home, module: str, rest: str, depth: int) -> Origin | None:
        """What an output of a module is made of; keys within a module are none around it."""
        called, output = _INDEX.sub("", module), _INDEX.sub("", rest.partition(".")[0])
        made = self.origin((*home, called), _OUTPUTS, (output, "expression"), depth)
        return _as_named(made, whole=(module, rest) == (called, output)) if made and not made.keys else None

    def _references(self, home: Home, of: str, path: Path) -> list[str]:
        """Read once: each instance of a resource asks for the same, which may be as long as there are instances."""
        asked = home, of, path
        if asked not in self._listed:
            expression: Any = self._of.get((home, of))
            for step in path:
                expression = only_dict(expression).get(step)
            references = only_dict(expression).get("references")
            self._listed[asked] = _longest(references if isinstance(references, list) else [])
        return self._listed[asked]

    def _index(self, module: dict[str, Any], home: Home) -> None:
        resources = module.get("resources")
        for resource in resources if isinstance(resources, list) else []:
            self._of[home, str(only_dict(resource).get("address"))] = _expressions(only_dict(resource))
        self._of[home, _OUTPUTS] = only_dict(module.get("outputs"))
        for name, call in only_dict(module.get("module_calls")).items():
            self._of[home, f"module.{name}"] = _expressions(only_dict(call))
            self._index(only_dict(only_dict(call).get("module")), (*home, str(name)))


def _as_named(origin: Origin | None, *, whole: bool) -> Origin | None:
    """An origin that is named as such, or a part of it."""
    return origin if origin is None or whole else replace(origin, whole=False)


def _joined(origins: Iterable[Origin | None]) -> Origin | None:
    """All of them in one; None if any is not known, or there are none."""
    joined = Origin()
    for origin in origins:
        if origin is None:
            return None
        resources = joined.resources | origin.resources
        if len(resources) >= _MOST:
            return None
        joined = Origin(resources, joined.keys | origin.keys, joined.whole and origin.whole)
    return joined if joined.resources or joined.keys else None


def _expressions(of: dict[str, Any]) -> dict[str, Any]:
    """The attributes or arguments, and what instances are made for."""
    every = only_dict(of.get("expressions"))
    return {**every, _FOR_EACH: of["for_each_expression"]} if "for_each_expression" in of else every


def _longest(references: list[Any]) -> list[str]:
    """Terraform lists `a.b[0].id` together with its prefixes `a.b[0]` and `a.b`: without these."""
    listed = [str(item) for item in references]
    tree: dict[str, Any] = {}
    ends: list[dict[str, Any]] = []
    for reference in listed:
        node = tree
        for step in _STEPS.split(reference):
            node = node.setdefault(step, {})
        ends.append(node)
    return list(dict.fromkeys(reference for reference, node in zip(listed, ends, strict=True) if not node))


def only_dict(value: object) -> dict[str, Any]:
    """The dict, or the only one of a list; anything else holds nothing."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}

"""What a Terraform plan's configuration says that attributes are made of, through variables and outputs of modules."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

Home = tuple[str, ...]
Named = tuple[Home, str]  # a resource by its module and its name
_UNKNOWN: frozenset[Named] = frozenset([((), "?")])
_DEEPEST = 12  # modules in modules
MOST_NAMED = 4  # of which an attribute is made; of more, only so many are told
_NAME = re.compile(r"[\w-]+")
_OWN_KEYS = {"each.key", "count.index"}
_FOR_EACH = "for_each"
_NO_VALUES = ("data", "local", "each", "count", "path", "terraform", "self")  # no module is given or gives back these
_NO_TYPES = ("var", "module", *_NO_VALUES)
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


class Expressions:
    """The configuration: what every attribute, output and argument of a module refers to."""

    def __init__(self, configuration: dict[str, Any]) -> None:
        self._of: dict[tuple[Home, str], dict[str, Any]] = {}
        self._names: dict[tuple[Home, str, tuple[str, ...]], frozenset[Named]] = {}
        self._made: dict[tuple[Home, str, str, int], set[Named | _Key] | None] = {}
        self._met: dict[tuple[Home, str, str, str, int], frozenset[Named]] = {}
        self._index(only_dict(configuration.get("root_module")), ())

    def names(self, home: Home, of: str, attribute: tuple[str, ...]) -> frozenset[Named]:
        """Modules and names of resources, of very many a few; `?` stands for what cannot be followed."""
        asked = home, of, attribute
        if asked not in self._names:
            expression: Any = self._of.get((home, of))
            for step in attribute:
                expression = only_dict(expression).get(step)
            self._names[asked] = self._followed(home, only_dict(expression).get("references"), 0)
        return self._names[asked]

    def instance_of(self, home: Home, of: str, attribute: tuple[str, ...]) -> SameKey | None:
        """The instance that an attribute names by a key that is its own: `a.b[each.key].id`, or `each.value.id`."""
        expression: Any = self._of.get((home, of))
        for step in attribute:
            expression = only_dict(expression).get(step)
        parts = self._parts(home, of, expression, 0)
        keys = {part for part in parts or () if isinstance(part, _Key)}
        names = {part for part in parts or () if not isinstance(part, _Key)}
        if len(names) != 1 or len(keys) != 1:
            return None
        ((where, name),) = names
        return SameKey(where, name, keys.pop().level)

    def _parts(self, home: Home, of: str, expression: object, depth: int) -> set[Named | _Key] | None:
        """Resources, and the levels of keys, that an expression is made of; None where it is made of more."""
        references = only_dict(expression).get("references")
        parts: set[Named | _Key] = set()
        for reference in _whole(references if isinstance(references, list) else []):
            asked = home, of, reference, depth + 1  # the ways through the modules may be very many
            if asked not in self._made:
                self._made[asked] = self._part(*asked) if depth < _DEEPEST else None
            more = self._made[asked]
            if more is None or len(parts | more) > MOST_NAMED:
                return None
            parts |= more
        return parts or None

    def _part(self, home: Home, of: str, reference: str, depth: int) -> set[Named | _Key] | None:
        if reference in _OWN_KEYS:
            return {_Key(len(home), reference)}
        first, _, rest = reference.partition(".")
        if reference.split(".")[:2] == ["each", "value"]:  # of what is repeated for each instance of a resource
            every = self._parts(home, "", self._of.get((home, of), {}).get(_FOR_EACH), depth)
            only = every is not None and len(every) == 1 and not any(isinstance(part, _Key) for part in every)
            return every | {_Key(len(home), "each.key")} if every and only else None
        if first == "var" and home and _NAME.fullmatch(rest):
            call = f"module.{home[-1]}"
            return self._parts(home[:-1], call, self._of.get((home[:-1], call), {}).get(rest), depth)
        if first == "module":
            called, _, output = rest.partition(".")
            made = only_dict(self._of.get(((*home, called), "output"), {}).get(output)).get("expression")
            inside = self._parts((*home, called), "", made, depth)
            return inside if inside and not any(isinstance(part, _Key) for part in inside) else None
        return {(home, reference)} if first not in _NO_TYPES and _NAME.fullmatch(rest) else None

    def sets(self, home: Home, of: str, attribute: str) -> bool:
        """Whether an attribute of a resource is configured at all."""
        return attribute in self._of.get((home, of), {})

    def _index(self, module: dict[str, Any], home: Home) -> None:
        resources = module.get("resources")
        for resource in resources if isinstance(resources, list) else []:
            self._of[home, str(only_dict(resource).get("address"))] = _expressions(only_dict(resource))
        self._of[home, "output"] = only_dict(module.get("outputs"))
        for name, call in only_dict(module.get("module_calls")).items():
            self._of[home, f"module.{name}"] = _expressions(only_dict(call))
            self._index(only_dict(only_dict(call).get("module")), (*home, str(name)))

    def _followed(self, home: Home, references: object, depth: int) -> frozenset[Named]:
        targets: set[Named] = set()
        for reference in _whole(references if isinstance(references, list) else []):
            targets |= self._targets_of(home, reference, depth + 1)
            if len(targets) >= MOST_NAMED:
                break
        return frozenset(sorted(targets)[:MOST_NAMED])

    def _targets_of(self, home: Home, reference: str, depth: int) -> frozenset[Named]:
        """Followed once for each depth at which it is met: the ways through the modules may be very many."""
        first, _, rest = reference.partition(".")
        second, _, rest = rest.partition(".")
        if depth > _DEEPEST or not second or first in _NO_VALUES:
            return _UNKNOWN
        if first not in ("var", "module"):
            return frozenset([(home, f"{first}.{second}")])
        output = re.sub(r"\[.*", "", rest.partition(".")[0]) if first == "module" else ""
        met = home, first, second, output, depth
        if met not in self._met:
            if first == "var":
                argument = self._of.get((home[:-1], f"module.{home[-1]}"), {}).get(second) if home else None
                self._met[met] = self._argument(home[:-1], argument, depth)
            else:
                inside = (*home, re.sub(r"\[.*", "", second))
                made = only_dict(self._of.get((inside, "output"), {}).get(output)).get("expression")
                self._met[met] = self._argument(inside, made, depth)
        return self._met[met]

    def _argument(self, home: Home, expression: object, depth: int) -> frozenset[Named]:
        return self._followed(home, only_dict(expression).get("references"), depth) or _UNKNOWN


def _expressions(of: dict[str, Any]) -> dict[str, Any]:
    """The attributes or arguments, and what instances are made for."""
    every = only_dict(of.get("expressions"))
    return {**every, _FOR_EACH: of["for_each_expression"]} if "for_each_expression" in of else every


def _whole(references: list[Any]) -> list[str]:
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

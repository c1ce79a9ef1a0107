"""The small changes that can be made to a Python file: turned conditions, shifted limits, dropped steps."""

import ast
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

COMPARED = {
    **{"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">"},
    **{"is not": "is", "is": "is not", "not in": "in", "in": "not in"},
}
COMPUTED = {"+": "-", "-": "+", "*": "+", "**": "*", "//": "*", "%": "//", "&": "|", "|": "&"}
CALLED = {
    **{"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list"},
    **{"startswith": "endswith", "endswith": "startswith"},
    **{"removeprefix": "removesuffix", "removesuffix": "removeprefix"},
    **{"find": "rfind", "rfind": "find", "partition": "rpartition", "rpartition": "partition"},
    **{"fullmatch": "match", "match": "search", "search": "match"},
}
UNDONE = ("strip", "rstrip", "lstrip", "lower", "casefold")  # calls without which the text stays as it was
MAY_BE_MISSING = (ast.Expr, ast.AugAssign, ast.Return, ast.Raise, ast.Continue, ast.Delete)  # but for a last return
_ALTERNATIVE = re.compile(rb"\|[^\W|]+(?=[|)\"'])")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one change; `before` and `after` are the lines it is in, without the space around them."""

    file: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}\n    - {self.before}\n    + {self.after}"


def mutants(file: str, source: str, functions: Sequence[str] = ()) -> list[Mutant]:
    """All changes of a file (of these functions), in an order that an edit elsewhere in it leaves as it is.

    The same line with the same change is there once, however often the file has it.
    """
    encoded, tree = source.encode(), ast.parse(source)
    parts = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in functions] or [tree]
    made: dict[tuple[str, str], Mutant] = {}
    for part in parts:
        for start, end, text in _Edits(encoded).of(part):
            mutant = changed(file, encoded, start, end, text)
            made.setdefault((mutant.before, mutant.after), mutant)
    return sorted(
        made.values(), key=lambda mutant: hashlib.sha256(f"{file}\0{mutant.before}\0{mutant.after}".encode()).digest()
    )


def changed(file: str, source: bytes, start: int, end: int, text: bytes) -> Mutant:
    """The mutant with `text` in place of source[start:end]."""
    first, last = source.rfind(b"\n", 0, start) + 1, source.find(b"\n", end)
    last = last if last >= 0 else len(source)
    before, after = source[first:last], source[first:start] + text + source[end:last]
    whole = source[:first] + after + source[last:]
    texts = (" ".join(lines.decode().split()) for lines in (before, after))
    return Mutant(file, source.count(b"\n", 0, start) + 1, *texts, whole.decode())


class _Edits:
    """Finds (start, end, text in their place), counted in bytes as the syntax tree counts."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.lines = [0, *(match.end() for match in re.finditer(b"\n", source))]

    def of(self, node: ast.AST) -> Iterator[tuple[int, int, bytes]]:
        yield from self._own(node)
        for child in _mutable(node):
            yield from self.of(child)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        start, end = (
            self.lines[node.lineno - 1] + node.col_offset,
            self.lines[node.end_lineno - 1] + node.end_col_offset,
        )
        return start, end

    def _text(self, node: ast.AST) -> bytes:
        start, end = self._span(node)
        return self.source[start:end]

    def _swapped(self, left: ast.AST, right: ast.AST, pairs: dict[str, str]) -> Iterator[tuple[int, int, bytes]]:
        """Another operator between two operands."""
        begin, until = self._span(left)[1], self._span(right)[0]
        pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(pairs, key=len, reverse=True))
        if operator := re.search(pattern.encode(), self.source[begin:until]):
            name = " ".join(operator[0].decode().split())
            yield begin + operator.start(), begin + operator.end(), pairs[name].encode()

    def _own(self, node: ast.AST) -> Iterator[tuple[int, int, bytes]]:
        match node:
            case ast.Compare(left, _, comparators):
                for former, other in pairwise((left, *comparators)):
                    yield from self._swapped(former, other, COMPARED)
            case ast.BoolOp(_, values):
                for former, other in pairwise(values):
                    yield from self._swapped(former, other, {"and": "or", "or": "and"})
            case ast.BinOp(left, _, right) | ast.AugAssign(left, _, right):
                yield from self._swapped(left, right, COMPUTED)
            case ast.UnaryOp(ast.Not()):
                yield self._span(node)[0], self._span(node)[0] + len("not"), b""
            case ast.Call(ast.Name(name) | ast.Attribute(_, name)) if name in CALLED:
                end = self._span(node.func)[1]
                yield end - len(name), end, CALLED[name].encode()
            case ast.Call(ast.Attribute(_, name), []) if name in UNDONE:
                start, end = self._span(node.func)[1], self._span(node)[1]
                yield start - len(f".{name}"), end, b""
            case ast.Constant():
                yield from self._constant(node)
            case ast.Tuple(items) | ast.List(items) | ast.Set(items) if len(items) > 2:
                for former, other in pairwise(items):
                    if isinstance(former, ast.Constant):
                        yield self._span(former)[0], self._span(other)[0], b""
        for test in _tests(node):
            if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.NamedExpr):
                start, end = self._span(test)
                yield start, end, b"(not (%s))" % self.source[start:end]
        for step in _steps(node):
            yield *self._span(step), b"pass"
        if isinstance(node, ast.Continue | ast.Break):
            yield *self._span(node), b"break" if isinstance(node, ast.Continue) else b"continue"

    def _constant(self, node: ast.Constant) -> Iterator[tuple[int, int, bytes]]:
        start, end = self._span(node)
        if isinstance(node.value, bool):
            yield start, end, str(not node.value).encode()
        elif isinstance(node.value, int):
            yield start, end, str(node.value + 1 if node.value < 100 else node.value * 2).encode()
        elif isinstance(node.value, float):
            yield start, end, str(round(node.value * 1.25, 9) or 1.0).encode()
        elif isinstance(node.value, str):
            for word in _ALTERNATIVE.finditer(self.source, start, end):
                yield *word.span(), b""


def _steps(node: ast.AST) -> list[ast.stmt]:
    """What can be left out of a body. Without its last `return` a function gives nothing, which any test notices."""
    bodies = [body for name in ("body", "orelse") if isinstance(body := getattr(node, name, None), list)]
    steps = [step for body in bodies for step in body if isinstance(step, MAY_BE_MISSING)]
    last = isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return)
    return [step for step in (steps[:-1] if last else steps) if not _documents(step)]


def _documents(node: ast.AST) -> bool:
    """True for a docstring, and for the dots of what is abstract."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _tests(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.If(test) | ast.IfExp(test) | ast.While(test):
            return [test]
        case ast.comprehension():
            return node.ifs
    return []


def _mutable(node: ast.AST) -> Iterator[ast.AST]:
    """The children whose changes can be noticed: no types, texts of messages, docstrings or decorators."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases") or isinstance(node, ast.JoinedStr):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _documents(child):
                yield child

"""Mutants of a module: its source with one small change each.

What is changed is what a person gets wrong: a comparison and its boundary, a number by one, a share
by a twentieth, `and` for `or`, a condition that always or never holds, an operation for its
opposite, a statement left out, a value not given back, one of a few listed values. Docstrings,
annotations, imports, decorators and the words of errors stay as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATIONS: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Add(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Mult(),
    ast.Mod: ast.Mult(),
    ast.BitAnd: ast.BitOr(),
    ast.BitOr: ast.BitAnd(),
    ast.LShift: ast.RShift(),
    ast.RShift: ast.LShift(),
}
_SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
_SWAPPED_METHODS = {"startswith": "endswith", "endswith": "startswith", "match": "search"}
_FOLDS = frozenset({"lower", "upper", "casefold", "strip", "lstrip", "rstrip"})
_TWENTIETH = 0.05
_FEW = 8
"""Listed values up to which each is left out in turn; longer lists are data, not rules."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change.

    Attributes:
        number: its place among those of its module.
        line: where it stands.
        was: the changed lines of the module, joined.
        now: the same after the change.
        source: the whole module after it.
    """

    number: int
    line: int
    was: str
    now: str
    source: str


@dataclass(frozen=True, slots=True)
class _Change:
    node: ast.AST
    text: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines; none twice, and each one compiles."""
    tree = ast.parse(source)
    changes = sorted(_in(tree), key=lambda one: (_start(one.node), _end(one.node)))
    made: dict[str, Mutant] = {}
    lines = source.splitlines(keepends=True)
    for change in changes:
        changed = _applied(lines, change)
        if changed not in made and changed != source:
            first, last = _start(change.node)[0] - 1, _end(change.node)[0]
            longer = changed.count("\n") - source.count("\n")
            made[changed] = Mutant(
                number=len(made),
                line=first + 1,
                was=_flat(lines[first:last]),
                now=_flat(changed.splitlines(keepends=True)[first : last + longer]),
                source=changed,
            )
    return list(made.values())


def _start(node: ast.AST) -> tuple[int, int]:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]  # expressions, statements


def _end(node: ast.AST) -> tuple[int, int]:
    return node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]


def _flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def _applied(lines: list[str], change: _Change) -> str:
    (first, start), (last, end) = _start(change.node), _end(change.node)
    before = lines[first - 1].encode()[:start].decode()
    after = lines[last - 1].encode()[end:].decode()
    return "".join([*lines[: first - 1], before, change.text, after, *lines[last:]])


def _in(node: ast.AST, returns: str = "") -> Iterator[_Change]:
    """The changes in a node and below it.

    Args:
        returns: the annotation of what the function around gives back.
    """
    if isinstance(node, ast.FunctionDef):
        returns = ast.unparse(node.returns) if node.returns else ""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_untouched(child):
                if field in {"test", "ifs"} and not isinstance(node, ast.IfExp):
                    yield from (_Change(child, text) for text in _fixed(node))
                yield from (_Change(child, text) for text in _instead(child, returns))
                if not isinstance(child, ast.Raise):
                    yield from _in(child, returns)


def _is_untouched(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id in {"__slots__", "__all__"}
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Assert | ast.pattern)


def _instead(node: ast.AST, returns: str) -> Iterator[str]:
    """What may stand in place of a node."""
    match node:
        case ast.expr():
            yield from _other_expressions(node)
        case ast.Return(value=ast.expr() as value):
            yield from (f"return {text}" for text in _other_results(value, returns))
        case ast.Raise():
            yield "pass"
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "pass"
            if isinstance(node, ast.AugAssign) and type(node.op) in _OPERATIONS:
                op = _OPERATIONS[type(node.op)]
                yield ast.unparse(ast.AugAssign(node.target, op, node.value))
        case ast.Continue():
            yield from ("pass", "break")
        case ast.Break():
            yield from ("pass", "continue")


def _fixed(around: ast.AST) -> tuple[str, ...]:
    """A condition that always or never holds; a loop that always did would only be waited for."""
    return ("False",) if isinstance(around, ast.While) else ("True", "False")


def _other_results(value: ast.expr, returns: str) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        return
    if returns in {"bool", "TypeGuard"}:
        yield from ("True", "False")
    elif returns == "str":
        yield "''"
    else:
        yield "None"


def _other_expressions(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, values))})"
            yield from (f"({ast.unparse(value)})" for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.BinOp(op=op) if type(op) in _OPERATIONS:
            yield f"({ast.unparse(ast.BinOp(node.left, _OPERATIONS[type(op)], node.right))})"
        case ast.IfExp(body=body, orelse=orelse):
            yield from (f"({ast.unparse(body)})", f"({ast.unparse(orelse)})")
        case ast.Constant(value=value):
            yield from _other_constants(value)
        case ast.Tuple(elts=items) | ast.Set(elts=items) | ast.List(elts=items):
            yield from _shorter(node, items)
        case ast.Call():
            yield from _other_calls(node)


def _other_comparisons(node: ast.Compare) -> Iterator[str]:
    for at, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})"


def _other_constants(value: object) -> Iterator[str]:
    match value:
        case bool():
            yield repr(not value)
        case int():
            yield from (repr(value + 1), f"({value - 1!r})")
        case float() if value:
            yield from (repr(value * (1 + _TWENTIETH)), f"({value * (1 - _TWENTIETH)!r})")
        case str():
            yield "''" if value else "'mutant'"


def _shorter(node: ast.expr, items: list[ast.expr]) -> Iterator[str]:
    if not 1 < len(items) <= _FEW or not all(isinstance(item, ast.Constant) for item in items):
        return
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    for at in range(len(items)):
        left = ", ".join(ast.unparse(item) for item in items[:at] + items[at + 1 :])
        match node:
            case ast.Tuple():
                yield f"({left},)"
            case ast.Set():
                yield f"{{{left}}}"
            case _:
                yield f"[{left}]"


def _other_calls(node: ast.Call) -> Iterator[str]:
    function, rest = node.func, (node.args, node.keywords)
    match function:
        case ast.Name(id=name) if name in _SWAPPED:
            keywords = [] if name == "sorted" else node.keywords
            yield ast.unparse(ast.Call(ast.Name(_SWAPPED[name]), node.args, keywords))
        case ast.Name(id="reversed"):
            yield f"({ast.unparse(node.args[0])})"
        case ast.Attribute(value=of, attr=name) if name in _SWAPPED_METHODS:
            yield ast.unparse(ast.Call(ast.Attribute(of, _SWAPPED_METHODS[name]), *rest))
        case ast.Attribute(value=of, attr=name) if name in _FOLDS and not node.args:
            yield f"({ast.unparse(of)})"

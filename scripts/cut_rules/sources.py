"""The expressions of a module's source: which they are, and how they are written back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cut_rules.alternation import CLOSE, OPEN, Alternatives, parse

WIDTH = 96  # characters of an expression in a line of source
_CALLS = ("compile", "search", "sub", "match", "finditer", "findall", "fullmatch", "split")
_FRAGMENT = re.compile(f"{OPEN}(\\w+){CLOSE}")
_PIECE = re.compile(
    rf"{OPEN}\w+{CLOSE}|\\.|\[(?:\\.|[^\]\\])*\]|\{{[A-Z_]+\}}|\{{\d*,?\d*\}}|[^\\]",
    re.DOTALL,
)


@dataclass(slots=True, eq=False)
class Expression:
    """Hold an expression's nodes in the source, their trees, its name, and how it is written."""

    nodes: list[ast.expr]
    trees: list[Alternatives]
    name: str  # "" where it is given in place
    line: int
    classes: bool = False  # written with the words' names in braces, by `pattern`
    fragment: bool = False
    dropped: list[ast.expr] = field(default_factory=list)

    def __str__(self) -> str:
        return "|".join(map(str, self.trees))

    @property
    def fragments(self) -> set[str]:
        """Return the names of the fragments that it is put together from."""
        return set(_FRAGMENT.findall(str(self)))


def expressions(source: str) -> list[Expression]:
    """Return a module's expressions and the fragments that they are put together from."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    known = set(_known(tree))
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (arguments := _given(node)):
            name = _assigned(node, above, tree)
            made = _made(arguments, name, node.lineno)
            if made is not None:
                made.classes = _called(node) == "pattern"
                out.append(made)
    for statement in tree.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            continue
        if isinstance(statement.value, (ast.Constant, ast.JoinedStr, ast.BinOp)):
            made = _made([statement.value], statement.targets[0].id, statement.lineno)
            if made is not None:
                made.fragment = True
                out.append(made)
    return [made for made in out if made.fragments <= known]


def _known(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module gives or imports; what is put together from other names can't be followed."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in statement.names)


def _made(nodes: list[ast.expr], name: str, line: int) -> Expression | None:
    told = [_template(node) for node in nodes]
    texts = [text for text in told if text is not None]
    if len(texts) < len(told):
        return None
    try:
        return Expression(nodes, [parse(text) for text in texts], name, line)
    except ValueError:
        return None


def _called(node: ast.Call) -> str:
    called = node.func
    if isinstance(called, ast.Name):
        return called.id
    return called.attr if isinstance(called, ast.Attribute) else ""


def _given(node: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that are expressions."""
    if isinstance(node.func, ast.Name) and node.func.id == "pattern":
        return list(node.args)
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(owner, ast.Name) and owner.id == "re" and _called(node) in _CALLS:
        return [] if isinstance(node.args[0], ast.Name) else node.args[:1]
    return []


def _assigned(node: ast.Call, above: dict[ast.AST, ast.AST], tree: ast.Module) -> str:
    parent = above[node]
    if isinstance(parent, ast.Assign) and above[parent] is tree and isinstance(parent.targets[0], ast.Name):
        return parent.targets[0].id
    if isinstance(parent, ast.AnnAssign) and above[parent] is tree and isinstance(parent.target, ast.Name):
        return parent.target.id
    return ""


def _template(node: ast.expr) -> str | None:
    """Return a string node's text, the fragments in it as OPEN name CLOSE; None where it is anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return f"{OPEN}{node.id}{CLOSE}"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _template(node.left), _template(node.right)
        return None if left is None or right is None else left + right
    if not isinstance(node, ast.JoinedStr):
        return None
    out = ""
    for value in node.values:
        if isinstance(value, ast.FormattedValue) and isinstance(value.value, ast.Name) and value.format_spec is None:
            out += f"{OPEN}{value.value.id}{CLOSE}"
        elif isinstance(value, ast.Constant):
            out += str(value.value)
        else:
            return None
    return out


def rewritten(source: str, given: Sequence[Expression]) -> str:
    """Return the source with the expressions as their trees are now."""
    code = source.encode()
    starts = [0]
    for line in code.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)

    def place(node: ast.expr) -> tuple[int, int]:
        last, column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return starts[node.lineno - 1] + node.col_offset, starts[last - 1] + column

    edits = []
    for expression in given:
        for node, tree in zip(expression.nodes, expression.trees, strict=True):
            if _template(node) != str(tree):
                lines = "\n".join(_lines(str(tree)))
                edits.append((*place(node), f"({lines})" if expression.fragment else lines))
        for node in expression.dropped:
            start, end = place(node)
            comma = re.compile(rb"\s*,").match(code, end)
            edits.append((start, comma.end() if comma else end, ""))
    for start, end, text in sorted(edits, reverse=True):
        code = code[:start] + text.encode() + code[end:]
    out = code.decode()
    ast.parse(out)
    return out


def _lines(expression: str) -> Iterator[str]:
    """Yield the string literals of an expression, cut behind an alternative or a blank where there is one."""
    pieces = _PIECE.findall(expression)
    if "".join(pieces) != expression:
        raise ValueError(f"can't be cut in lines: {expression[:60]}")
    lines: list[list[str]] = [[]]
    for piece in pieces:
        if sum(map(len, lines[-1])) + len(piece) > WIDTH:
            at = _end(lines[-1])
            lines[-1:] = [lines[-1][:at], lines[-1][at:]]
        lines[-1].append(piece)
    for line in lines:
        formatted = any(piece.startswith(OPEN) for piece in line)
        body = "".join(
            "{" + p[1:-1] + "}" if p.startswith(OPEN) else re.sub(r"([{}])", r"\1\1", p) if formatted else p
            for p in line
        )
        mark = '"' if '"' not in body else "'"
        yield ("rf" if formatted else "r") + mark + body + mark


def _end(line: Sequence[str]) -> int:
    """Return where a full line is cut: behind its last alternative, else its last blank, else at its end."""
    for sign in ("|", " "):
        if sign in line:
            return len(line) - line[::-1].index(sign)
    return len(line)

"""Take out of the rules what no text needs: PYTHONPATH=scripts python -m cut_rules.cut --shared DIR --work DIR.

An alternative goes where no expression finds anything else without it in any development text: the annotated papers,
every third unlabelled one, real and written sentences that may be learnt from, our own. With --support N it goes where
fewer than N texts need it. What only forbids stays whole: in papers nobody else objects to a rule. What the expressions
match is read once (minutes) and kept in WORK; then the modules are rewritten, and their characters before and now told.
Afterwards `ruff format`, the tests of assess/, benchmarks/syrcle.py and scripts/train_rob.py.
"""

from __future__ import annotations

import argparse
import importlib
import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cut_rules.alternation import BEHIND, CLOSE, FORBIDDING, OPEN, Alternatives, Group
from cut_rules.recording import Key, Matched, development_texts, record, watched_modules
from cut_rules.sources import Expression, expressions, rewritten
from vivex.assess.reading.words import named

Asked = tuple[str, str]  # how an expression was asked, and of what string
Result = tuple[object, ...] | bool | None


@dataclass(slots=True)
class Use:
    """Hold an expression that is compiled, and what it found in which texts when nothing was cut."""

    expression: Expression
    flags: int
    texts: dict[Asked, set[str]]
    found: dict[Asked, Result] = field(default_factory=dict)


class Module:
    """Hold a module's expressions and fragments, and try what can go."""

    def __init__(self, name: str, source: str, noted: Matched, support: int) -> None:
        self.code = importlib.import_module(name)
        self.support = support
        self.given = expressions(source)
        self.fragments = {e.name: e for e in self.given if e.fragment}
        self.uses = [use for e in self.given if not e.fragment and (use := self._use(name, e, noted)) is not None]

    def _use(self, module: str, expression: Expression, noted: Matched) -> Use | None:
        compiled = getattr(self.code, expression.name, None) if expression.name else None
        whole = self.whole(expression)
        if isinstance(compiled, re.Pattern):
            if compiled.pattern != whole:
                return None
            use = Use(expression, compiled.flags, dict(noted.get((module, expression.name), {})))
        else:
            use = Use(expression, 0, dict(noted.get((module, whole), {})))
        pattern = re.compile(whole, use.flags)
        use.found = {asked: _result(pattern, asked) for asked in use.texts}
        return use

    def whole(self, expression: Expression) -> str:
        """Return the expression with its fragments and classes of words put in."""
        whole = self._expanded(str(expression))
        return named(whole) if expression.classes else whole

    def _expanded(self, text: str) -> str:
        def put_in(found: re.Match[str]) -> str:
            name = found.group(1)
            own = self.fragments.get(name)
            return self._expanded(str(own)) if own is not None else str(getattr(self.code, name))

        return re.sub(f"{OPEN}(\\w+){CLOSE}", put_in, text)

    def _needs(self, expression: Expression, fragment: str) -> bool:
        names = expression.fragments
        return fragment in names or any(self._needs(self.fragments[n], fragment) for n in names & set(self.fragments))

    def cut(self) -> None:
        """Take out what can go, fragments first."""
        for name, fragment in self.fragments.items():
            self._cut(fragment, [use for use in self.uses if self._needs(use.expression, name)])
        for use in self.uses:
            self._cut(use.expression, [use])

    def _cut(self, expression: Expression, uses: Sequence[Use]) -> None:
        if not any(use.texts for use in uses) or any(use.expression.forbids for use in uses):
            return
        for tree in expression.trees:
            self._walk(tree, uses)
        at = 0
        while at < len(expression.trees) and len(expression.trees) > 1:
            tree, node = expression.trees.pop(at), expression.nodes.pop(at)
            if self._spared(str(tree), uses):
                expression.dropped.append(node)
            else:
                expression.trees.insert(at, tree)
                expression.nodes.insert(at, node)
                at += 1

    def _walk(self, tree: Alternatives, uses: Sequence[Use], *, whole: bool = False) -> None:
        """Try each alternative, last those that hold further ones; `whole`: only what is inside them."""
        at = 0
        while at < len(tree.parts):
            if not whole and self._goes(tree.parts, at, uses):
                continue
            for part in [p for p in tree.parts[at] if isinstance(p, Group) and p.opens not in FORBIDDING]:
                if (
                    part.opens == "(?:"
                    and part.times[:1] in ("?", "*")
                    and self._optional_goes(tree.parts[at], part, uses)
                ):
                    continue
                self._walk(part.inner, uses, whole=part.opens == BEHIND)
            at += 1

    def _optional_goes(self, parts: list[Group | str], part: Group, uses: Sequence[Use]) -> bool:
        place = parts.index(part)
        parts.pop(place)
        if self._spared(part.opens + str(part.inner) + ")", uses):
            return True
        parts.insert(place, part)
        return False

    def _goes(self, parts: list[list[Group | str]], at: int, uses: Sequence[Use]) -> bool:
        if len(parts) < 2:
            return False
        part = parts.pop(at)
        if self._spared("".join(map(str, part)), uses):
            return True
        parts.insert(at, part)
        return False

    def _spared(self, taken: str, uses: Sequence[Use]) -> bool:
        """Tell whether the expressions find the same without what was taken, but for fewer than `support` texts.

        Only strings that hold what was taken can tell; a class of words in it stands for any of them.
        """
        needing: set[str] = set()
        changed: list[tuple[Use, Asked, Result]] = []
        for use in uses:
            alone = self._expanded(taken)
            try:
                holds = re.compile(named(alone) if use.expression.classes else alone, use.flags)
                pattern = re.compile(self.whole(use.expression), use.flags)
            except re.error:
                return False
            for asked, texts in use.texts.items():
                if holds.search(asked[1]) is None:
                    continue
                found = _result(pattern, asked)
                if found != use.found[asked]:
                    needing |= texts
                    changed.append((use, asked, found))
                    if len(needing) >= self.support:
                        return False
        for use, asked, found in changed:
            use.found[asked] = found
        return True


def _result(pattern: re.Pattern[str], asked: Asked) -> Result:
    """Return what a caller can see of what the expression finds in the string."""
    how, text = asked
    if how == "finditer":
        return tuple((m.span(), m.groups()) for m in pattern.finditer(text)) or None
    found = getattr(pattern, how)(text)
    if found is None:
        return None
    return found.groups() if pattern.groups else True


def main() -> None:
    """Read the texts where that isn't done, cut, and tell what is left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="such as vivex.assess.items.blinding; default: all of assess/")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds gold/ and corpora/")
    parser.add_argument("--work", type=Path, required=True, help="folder to keep what the texts gave")
    parser.add_argument("--support", type=int, default=1, help="texts that must need an alternative")
    parser.add_argument("--record", action="store_true", help="only read the texts")
    options = parser.parse_args()
    kept = options.work / "matched.pickle"
    if options.record:
        options.work.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(record(development_texts(options.shared))))
        return
    if not kept.exists():  # in a process of its own, which has its modules watched
        again = [sys.executable, "-m", "cut_rules.cut", "--record", "--shared", options.shared, "--work", options.work]
        subprocess.run(again, check=True)
    noted: dict[Key, dict[Asked, set[str]]] = pickle.loads(kept.read_bytes())
    for name in options.modules or watched_modules():
        path = Path(str(importlib.import_module(name).__file__))
        source = path.read_text(encoding="utf-8")
        module = Module(name, source, noted, options.support)
        before = sum(len(str(e)) for e in module.given)
        module.cut()
        if (now := sum(len(str(e)) for e in module.given)) < before:
            path.write_text(rewritten(source, module.given), encoding="utf-8")
        print(f"{before:6d} {now:6d}  {name}", flush=True)


if __name__ == "__main__":
    main()

"""Take out of the rules what no text needs: PYTHONPATH=scripts python -m cut_rules.cut --shared DIR --work DIR.

Each alternative, each optional part and each expression as a whole is taken out in turn, and what the module finds is
read again in every sentence where an expression then matches otherwise: of the annotated papers, of every third
unlabelled one, of the sentences that may be learnt from, and of our own. It stays where fewer than N texts (--support)
would be judged otherwise (cut_rules.effect). What an expression forbids in a look-around stays.

Two thirds of the unlabelled papers aren't read here: what the cut costs is measured on them. The texts and the reader's
scores are kept in WORK. The modules are rewritten in place; an expression that nothing needs is left as one that never
matches ("(?!)"), for a person to take out of the code. Afterwards `ruff format`, the tests of assess/,
benchmarks/syrcle.py and scripts/train_rob.py.
"""

from __future__ import annotations

import argparse
import importlib
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from cut_rules.alternation import BEHIND, CLOSE, FORBIDDING, OPEN, Alternatives, Group, parse
from cut_rules.effect import Kind, Votes, heard, kinds, otherwise
from cut_rules.sources import Expression, expressions, rewritten
from cut_rules.texts import Text, development_texts
from cut_rules.watching import Asked, Result, Watch, Watched, result
from vivex.assess.reading.words import named
from vivex.assess.weigh.scorer import load

NEVER = "(?!)"
QUICK = 40  # strings after which an effect is looked for only when all have been asked
Change = tuple[Asked, Result]
Use = tuple[Expression, Watched]
Reads = Callable[[int], Iterator[Kind]]  # what is found in a sentence, by its place among all
ITEMS = (
    *("sequence_generation", "allocation_concealment", "random_housing", "random_outcome_assessment", "blinding"),
    *("baseline_characteristics", "incomplete_outcome_data", "selective_outcome_reporting", "other_bias", "reporting"),
)
SENTENCE = "reading.sentence"
# What reads by another module's expressions
READ_WITH = {"items.sequence_generation": ("items.allocation_concealment",), "reading.knowledge": ("items.blinding",)}


class Cut:
    """Hold a module's expressions and what its texts find by them, and take out what no text needs."""

    def __init__(
        self,
        name: str,
        *,
        code: ModuleType,
        watch: Watch,
        reads: Reads,
        texts: Sequence[Text],
        votes: Votes,
        sure: Mapping[str, float],
        support: int,
    ) -> None:
        self.code, self.watch, self.reads, self.texts, self.support = code, watch, reads, texts, support
        self.votes, self.sure = votes, sure
        self.place = [(t, i) for t, text in enumerate(texts) for i in range(len(text.sentences))]
        self.given = expressions(Path(str(code.__file__)).read_text(encoding="utf-8"))
        self.fragments = {e.name: e for e in self.given if e.fragment}
        self.found: dict[int, Counter[Kind]] = {}
        self.said: dict[tuple[int, Kind], list[int]] = defaultdict(list)  # text and what was said -> sentences
        for sentence in range(len(self.place)):
            if found := self._read(sentence):
                self.found[sentence] = found
                for kind in found:
                    self.said[self.place[sentence][0], kind].append(sentence)
            self._note(sentence)
        self.before: dict[int, Counter[Kind]] = defaultdict(Counter)
        for sentence, found in self.found.items():
            self.before[self.place[sentence][0]].update(found)
        self.now = {text: Counter(found) for text, found in self.before.items()}
        self.lost: set[int] = set()  # texts that are judged otherwise
        self.dead: list[Expression] = []
        self.uses = [(e, watched) for e in self.given if not e.fragment and (watched := self._watched(name, e))]

    def _watched(self, module: str, expression: Expression) -> Watched | None:
        whole = str(parse(self.whole(expression)))
        for (place, name), watched in self.watch.expressions.items():
            if place == module and expression.name in ("", name) and str(parse(watched.first)) == whole:
                return watched
        return None

    def _read(self, sentence: int) -> Counter[Kind]:
        self.watch.asked.clear()
        return Counter(self.reads(sentence))

    def _note(self, sentence: int) -> None:
        for watched, asked in self.watch.asked:
            watched.note(asked, sentence)

    def whole(self, expression: Expression) -> str:
        """Return the expression with its fragments and classes of words put in."""
        if any(expression is dead for dead in self.dead):
            return NEVER
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
        """Take out what can go: whole expressions, then parts of fragments, then parts of expressions."""
        for use in self.uses:
            self.dead.append(use[0])
            if not self._spared(None, [use]):
                self.dead.pop()
        living = [use for use in self.uses if use[0] not in self.dead]
        for name, fragment in self.fragments.items():
            if uses := [use for use in living if self._needs(use[0], name)]:
                self._cut(fragment, uses)
        for use in living:
            self._cut(use[0], [use])
        for expression in self.dead:
            expression.trees, expression.dropped = [parse(NEVER)], expression.nodes[1:]
            expression.nodes = expression.nodes[:1]

    def _cut(self, expression: Expression, uses: Sequence[Use]) -> None:
        at = 0
        while at < len(expression.trees) and len(expression.trees) > 1:
            tree, node = expression.trees.pop(at), expression.nodes.pop(at)
            if self._spared(str(tree), uses):
                expression.dropped.append(node)
            else:
                expression.trees.insert(at, tree)
                expression.nodes.insert(at, node)
                at += 1
        for tree in expression.trees:
            self._walk(tree, uses)

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

    def _spared(self, taken: str | None, uses: Sequence[Use]) -> bool:
        """Tell whether fewer texts than asked for need what was taken; if so, the expressions are as they now stand.

        Only strings that hold what was taken can tell; a class of words in it stands for any of them.
        """
        old = [watched.now for _, watched in uses]
        try:
            for expression, watched in uses:
                watched.now = re.compile(self.whole(expression), watched.now.flags)
            changes, needing, read = self._effect(taken, uses)
        except re.error:
            needing = None
        if needing is None:
            for (_, watched), before in zip(uses, old, strict=True):
                watched.now = before
            return False
        for watched, asked, found in changes:
            watched.exchanged(asked, found)
        for sentence in read:
            text = self.place[sentence][0]
            found_now = self._read(sentence)
            self._note(sentence)
            self.now[text] = self._after(text, {sentence: found_now})
            self.found[sentence] = found_now
        for text in needing:
            self.before[text] = Counter(self.now[text])
        self.lost |= needing
        return True

    def _effect(
        self, taken: str | None, uses: Sequence[Use]
    ) -> tuple[list[tuple[Watched, Asked, Result]], set[int] | None, dict[int, Counter[Kind]]]:
        """Return what matches otherwise, the texts that need it (None: too many), and what sentences now say."""
        changes: list[tuple[Watched, Asked, Result]] = []
        read: dict[int, Counter[Kind]] = {}
        by_text: dict[int, set[int]] = defaultdict(set)
        needing: set[int] = set()
        for number, (watched, asked, found, sentences) in enumerate(self._changed(taken, uses)):
            changes.append((watched, asked, found))
            for sentence in sentences:
                by_text[self.place[sentence][0]].add(sentence)
            if number < QUICK:
                texts = {self.place[sentence][0] for sentence in sentences}
                if not self._enough(texts, by_text, read, needing):
                    return [], None, {}
        if not self._enough(set(by_text), by_text, read, needing):
            return [], None, {}
        return changes, needing, read

    def _enough(
        self,
        texts: set[int],
        by_text: Mapping[int, set[int]],
        read: dict[int, Counter[Kind]],
        needing: set[int],
    ) -> bool:
        """Tell whether fewer texts than asked for need what was taken, as far as is known; put them to `needing`."""
        for text in sorted(texts, key=lambda t: (len(by_text[t]), t)):
            for sentence in by_text[text]:
                if sentence not in read:
                    read[sentence] = self._read(sentence)
            after = self._after(text, {sentence: read[sentence] for sentence in by_text[text]})
            if otherwise(self.texts[text], self.before[text], after, lambda kind, t=text: self._hears(t, kind)):  # type: ignore[misc]
                needing.add(text)
                if len(needing) >= self.support:
                    return False
        return True

    def _after(self, text: int, read: Mapping[int, Counter[Kind]]) -> Counter[Kind]:
        after = Counter(self.now.get(text, Counter()))
        for sentence, found in read.items():
            after.subtract(self.found.get(sentence, Counter()))
            after.update(found)
        return after

    def _hears(self, text: int, kind: Kind) -> bool:
        places = [self.place[sentence][1] for sentence in self.said[text, kind]]
        return any(heard(self.texts[text], place, kind, self.votes, self.sure) for place in places)

    def _changed(
        self, taken: str | None, uses: Sequence[Use]
    ) -> Iterator[tuple[Watched, Asked, Result, frozenset[int]]]:
        """Yield the strings that match otherwise, what is found in them now, and the sentences that asked for them."""
        for expression, watched in uses:
            holds = None
            if taken is not None:
                alone = self._expanded(taken)
                holds = re.compile(named(alone) if expression.classes else alone, watched.now.flags)
            for asked, sentences in watched.sentences.items():
                if holds is not None and holds.search(asked[1]) is None:
                    continue
                found = result(watched.now, asked)
                if found != watched.found[asked]:
                    yield watched, asked, found, frozenset(sentences)


def findings(modules: Sequence[ModuleType], texts: Sequence[Text], again: ModuleType | None = None) -> Reads:
    """Return what tells what the modules find in a sentence; `again`: the module that reads it anew before."""
    sentences = [sentence for text in texts for sentence in text.sentences]

    def reads(place: int) -> Iterator[Kind]:
        told = sentences[place]
        if again is not None:
            told = again.reading(
                told.raw, start=told.start, end=told.end, kind=told.kind, role=told.role, heading=told.heading
            )
        for module in modules:
            for finding in module.find(told):
                yield from kinds(finding)

    return reads


def main() -> None:
    """Read the texts where that isn't done, cut, and tell what is left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    items = [f"items.{item}" for item in ITEMS]
    every = [*items, "reading.knowledge", SENTENCE]
    parser.add_argument("modules", nargs="*", help=f"of {', '.join(every)}; default: all of them")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds gold/ and corpora/")
    parser.add_argument("--work", type=Path, required=True, help="folder to keep the texts in")
    parser.add_argument("--support", type=int, default=1, help="texts that must need an alternative")
    options = parser.parse_args()
    model = load(Path(__file__).resolve().parents[2] / "models" / "base" / "rob")
    if model.reader is None:
        sys.exit("models/base/rob: no sentence reader")
    kept = options.work / "texts.pickle"
    if not kept.exists():
        options.work.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(list(development_texts(options.shared, model.reader))))
    texts: list[Text] = pickle.loads(kept.read_bytes())
    modules = {name: importlib.import_module(f"vivex.assess.{name}") for name in every}
    watch = Watch(modules)
    for name in options.modules or every:
        names = items if name == SENTENCE else [n for n in (name, *READ_WITH.get(name, ())) if n in items]
        cut = Cut(
            name,
            code=modules[name],
            watch=watch,
            reads=findings([modules[n] for n in names], texts, modules[name] if name == SENTENCE else None),
            texts=texts,
            votes=model.reader.votes,
            sure=model.sure,
            support=options.support,
        )
        path = Path(str(modules[name].__file__))
        before = sum(len(str(e)) for e in cut.given)
        cut.cut()
        now = sum(len(str(e)) for e in cut.given)
        path.write_text(rewritten(path.read_text(encoding="utf-8"), cut.given), encoding="utf-8")
        print(f"{before:6d} {now:6d}  {name}; {len(cut.lost)} texts judged otherwise", flush=True)
        for expression in cut.dead:
            print(f"{'':15}never needed: line {expression.line} {expression.name}", flush=True)


if __name__ == "__main__":
    main()

"""Send damaged files through a door of vivex: `python scripts/fuzz_doors.py statements|workbooks|codebooks|jats`.

`--minutes 10` of processor time (of children too) bound it, whatever else the machine does; `--seed N --count 1` plays
one case again. Whatever the file, the door must read it or refuse it in one line, in bounded time, and lose nothing of
what stood before; anything else is printed with its seed, and the exit status is 1. A line a minute tells how far it
is; Ctrl-C ends it after the case it is at, with its summary.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import mutated
from by_hand import stopped_by_hand
from disturbed_verbs import TEXT, fill_in, reviews
from mutated import Chance
from vivex.cli import main as vivex
from vivex.codebook import from_bytes, template, template_path
from vivex.document import from_json, to_json
from vivex.errors import MalformedFile, UnreadablePaper, VivexError
from vivex.parse import parse_bytes
from vivex.people.store import read_statement
from vivex.review import Review

SECONDS = 10.0  # of processor time for one case
HANGS = 6 * SECONDS  # of processor time after which a case is ended
WAITS = 60 * SECONDS  # of the clock after which a case is ended, that waits for something
TELLS = 60.0  # seconds between two lines of progress
MOST = 60  # characters of text for each byte of JATS: entities of the file's own are allowed, bombs aren't
ARTICLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article [<!ENTITY mu "&#956;">]>
<article article-type="research-article"><front><journal-meta><journal-title>J</journal-title></journal-meta>
<article-meta><title-group><article-title>Metformin in <italic>rats</italic></article-title></title-group>
<pub-date><year>2020</year></pub-date><abstract><sec><title>Aim</title><p>To see.</p></sec></abstract></article-meta>
</front><body><sec id="s1"><title>Methods</title>
<p>Twenty male rats got 5 &mu;g/kg <xref ref-type="bibr" rid="b1"><sup>1</sup></xref>.</p>
<list list-type="order"><list-item><p>one</p><list><list-item><p>within</p></list-item></list></list-item></list>
<table-wrap id="t1"><label>Table 1</label><caption><p>Doses</p></caption><table><thead><tr><th colspan="2">Group</th>
<th rowspan="2">n</th></tr><tr><th>a</th><th>b</th></tr></thead><tbody>
<tr><td>1</td><td>2</td><td>10</td></tr></tbody></table>
<table-wrap-foot><fn id="f1"><p>note</p></fn></table-wrap-foot></table-wrap>
<disp-formula><mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn>
</mml:msup></mml:math></disp-formula><fig id="g1"><label>Figure 1</label><caption><p>A figure.</p></caption></fig></sec>
<sec sec-type="results"><title>Results</title><p>It fell by
<inline-formula><tex-math>$x^2$</tex-math></inline-formula>.</p></sec>
</body><back><ack><p>Thanks.</p></ack><ref-list>
<ref id="b1"><mixed-citation>Ames 2019</mixed-citation></ref></ref-list></back>
</article>
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold what the doors work on: a review in which two people stated something, and its annotations as they were."""

    review: Review
    kept: Path  # a copy of annotations/
    workbook: bytes  # of mk about one study, filled in
    conflicts: bytes


def ground(folder: Path) -> Ground:
    """Lay out a review of which two people spoke, and a workbook about one of its studies."""
    from vivex.forms.workbook.write import write_workbook
    from vivex.stages import read_paper

    review = Review(reviews(folder, ["settle"]) / "stated")
    paper = read_paper(review.outputs, "study-1")
    write_workbook(folder / "mk.xlsx", papers=[paper], codebook=template("invivo"), reviewer="mk", prefilled_by="x")
    fill_in(folder / "mk.xlsx", folder / "filled.xlsx", "th")
    kept = Path(shutil.copytree(review.annotations, folder / "kept"))
    return Ground(review, kept, (folder / "filled.xlsx").read_bytes(), (review.root / "conflicts.xlsx").read_bytes())


def statements(on: Ground, chance: Chance) -> str:
    """Damage a statement: every verb reads it or names it in one line, and nobody's decisions are lost."""
    _restore(on)
    path = on.review.annotations / "study-1" / "mk.jsonl"
    data = path.read_bytes()
    for _ in range(chance.choice((1, 1, 2))):
        with contextlib.suppress(ValueError):
            data = chance.choice((mutated.json_lines, mutated.json_lines, mutated.in_lines, mutated.in_bytes))(
                data, chance
            )
    path.write_bytes(data)
    before = _decisions(on)
    said = [_call(on, "check"), _call(on, "status"), _call(on, "conflicts")]
    said.append(_call(on, "adjudicate", "study-1", "form.sex", "--value", "male", "--by", "xy", "--note", "n"))
    said.append(_imported(on, on.workbook))
    _nothing_lost(before, _decisions(on))
    if path.read_bytes() != data:
        assert _call(on, "check") <= said[0], "what an import wrote doesn't pass check"
    return f"check {said[0]}, import {said[-1]}"


def workbooks(on: Ground, chance: Chance) -> str:
    """Damage a workbook: an import takes it or refuses it in one line, and what it writes passes check."""
    _restore(on)
    disputed = chance.random() < 0.3
    data = on.conflicts if disputed else on.workbook
    for _ in range(chance.choice((1, 1, 3))):
        with contextlib.suppress(Exception):  # what a mutation broke can't be changed as an archive any more
            change = mutated.in_xml if chance.random() < 0.8 else mutated.in_bytes
            data = mutated.in_archive(data, chance, change) if chance.random() < 0.9 else mutated.in_bytes(data, chance)
    before = _decisions(on)
    if disputed:
        book = on.review.root / "damaged.xlsx"
        book.write_bytes(data)
        status = _call(on, "adjudicate", "damaged.xlsx", "--by", "xy")
    else:
        status = _imported(on, data)
    _nothing_lost(before, _decisions(on))
    assert _call(on, "check") == 0, "what was written doesn't pass check"
    return f"{'adjudicate' if disputed else 'import'} {status}"


def codebooks(chance: Chance) -> str:
    """Damage a codebook: it is read and a form filled by it, or it is refused in one line."""
    import yaml

    from vivex.extract.propose import propose
    from vivex.forms.record import form_record
    from vivex.models import locate, shipped

    data = template_path(chance.choice(("invivo", "msc-exosome-oa"))).read_bytes()
    for _ in range(chance.choice((1, 1, 2))):
        if chance.random() < 0.7:
            with contextlib.suppress(yaml.YAMLError, UnicodeError):
                tree = mutated.in_tree(yaml.safe_load(data), chance)
                data = yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass")
        else:
            data = chance.choice((mutated.in_lines, mutated.in_bytes))(data, chance)
    try:
        asked = from_bytes(data, where="codebook.yaml")
    except MalformedFile as error:
        _one_line(error)
        return "refused"
    document = parse_bytes(TEXT.format(i=1, n=10, half=5).encode(), name="study-1.txt")
    filled = propose(document, [], asked, models=locate(shipped(), "fields"))
    record = form_record(document, asked, filled.values, [], alternatives=filled.alternatives, tables=filled.tables)
    json.dumps(record, ensure_ascii=False).encode("utf-8")
    for one in asked.questions.values():
        for answer in ("", "not reported", "5 mg/kg", "low", "x" * 100):
            with contextlib.suppress(VivexError, ValueError):
                one.legal(one.parse(answer))
    return "read"


def jats(chance: Chance) -> str:
    """Damage an article: it is read into a document that no file breaks, or refused with a reason."""
    data = ARTICLE
    for _ in range(chance.choice((1, 2, 4))):
        kind = chance.random()
        if kind < 0.7:
            data = mutated.in_xml(data, chance)
        elif kind < 0.8:
            data = data.replace(b"<article ", _declared(chance) + b"<article ", 1)
        else:
            data = mutated.in_bytes(data, chance)
    try:
        document = parse_bytes(data, name="a.xml")
    except UnreadablePaper as error:
        _one_line(error)
        return error.reason
    assert len(document.text) <= MOST * len(data) + 1000, f"{len(data)} bytes gave {len(document.text)} characters"
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    return "read"


def _declared(chance: Chance) -> bytes:
    """Return a declaration of entities, harmless or not."""
    depth, width = chance.choice((1, 3, 12)), chance.choice((1, 10, 500))
    lines = [f'<!ENTITY e{i + 1} "{f"&e{i};" * width}">' for i in range(depth)]
    more = chance.choice(("", '<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY % p "q">%p;'))
    return f'<!DOCTYPE article [<!ENTITY e0 "mu">{"".join(lines)}{more}]>'.encode()


def _one_line(error: Exception) -> None:
    assert "\n" not in str(error), str(error)


def _restore(on: Ground) -> None:
    shutil.rmtree(on.review.annotations)
    shutil.copytree(on.kept, on.review.annotations)


def _call(on: Ground, *words: str) -> int:
    """Call a verb in the review; raise AssertionError where it says more than lines."""
    said = io.StringIO()
    with contextlib.chdir(on.review.root), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = vivex(words)
    assert status in (0, 1, 2), f"exit {status}"
    return status


def _imported(on: Ground, data: bytes) -> int:
    (on.review.root / "damaged.xlsx").write_bytes(data)
    return _call(on, "import", "damaged.xlsx", "--reviewer", "mk")


def _decisions(on: Ground) -> Counter[tuple[str, str]]:
    """Return every decision that can be read, standing or superseded, by file and id."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(on.review.annotations.glob("study-*/*.jsonl")):
        with contextlib.suppress(VivexError):
            statement = read_statement(path)
            name = path.relative_to(on.review.annotations).as_posix()
            stated = (*statement.decisions, *(s.annotation for s in statement.superseded))
            found.update({(name, a.id) for a in stated})
    return found


def _nothing_lost(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> None:
    lost = sorted(set(before) - set(after))
    assert not lost, f"lost: {lost[:3]}"


STATED = {"statements": statements, "workbooks": workbooks}  # doors of a review: they need a ground
ALONE = {"codebooks": codebooks, "jats": jats}


class Hung(BaseException):
    """Say that a case was ended; no door takes it for a fault of the file."""


@contextlib.contextmanager
def _ended_where_it_hangs() -> Iterator[None]:
    """End what is done within where it takes HANGS of the processor or WAITS of the clock."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Hung(f"ended after {HANGS if number == signal.SIGPROF else WAITS:.0f} s")

    kept = {number: signal.signal(number, end) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    signal.setitimer(signal.ITIMER_REAL, WAITS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, before in kept.items():
            signal.signal(number, before)


def processor_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def tried(door: str, on: Ground | None, seed: int) -> tuple[str, str]:
    """Try one case; return what came of it, and what is wrong with that, or ""."""
    began, chance = processor_seconds(), random.Random(f"{door} {seed}")
    try:
        with _ended_where_it_hangs():
            came = ALONE[door](chance) if on is None else STATED[door](on, chance)
    except (Exception, Hung):
        return "fault", traceback.format_exc()
    took = processor_seconds() - began
    return came, f"it took {took:.1f} s" if took > SECONDS else ""


@dataclass(slots=True)
class Tally:
    """Count what came of the cases of a door."""

    door: str
    came: Counter[str] = field(default_factory=Counter)
    wrong: int = 0

    def add(self, seed: int, outcome: str, fault: str) -> None:
        """Count a case, and print what is wrong with it."""
        self.came[outcome] += 1
        if fault:
            self.wrong += 1
            print(f"--- {self.door} --seed {seed} --count 1\n{fault}", flush=True)

    def __str__(self) -> str:
        """Say how many cases there were and what came of them."""
        return f"{self.door}: {self.came.total()} cases, {self.wrong} wrong; {dict(self.came.most_common())}"


def try_cases(door: str, on: Ground | None, seeds: range, minutes: float) -> Tally:
    """Try a case a seed until the minutes of processor time are over, telling now and then how far it is."""
    tally, stopped = Tally(door), stopped_by_hand()
    began, told = processor_seconds(), time.monotonic()
    for seed in seeds:
        used = processor_seconds() - began
        if stopped or used > 60 * minutes:
            break
        if time.monotonic() - told > TELLS:
            told = time.monotonic()
            print(f"{used / 60:.1f} of {minutes:g} minutes, at seed {seed}; {tally}", file=sys.stderr, flush=True)
        tally.add(seed, *tried(door, on, seed))
    print(f"{tally}; {processor_seconds() - began:.0f} s of processor time{', stopped by hand' * bool(stopped)}")
    return tally


def main() -> int:
    """Try cases until the time is over; return 1 where one of them went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("door", choices=(*STATED, *ALONE))
    parser.add_argument("--minutes", type=float, default=10.0, help="of processor time")
    parser.add_argument("--seed", type=int, default=0, help="of the first case")
    parser.add_argument("--count", type=int, default=10**9, help="cases at the most")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        on = ground(Path(folder)) if options.door in STATED else None
        seeds = range(options.seed, options.seed + options.count)
        return 1 if try_cases(options.door, on, seeds, options.minutes).wrong else 0


if __name__ == "__main__":
    sys.exit(main())

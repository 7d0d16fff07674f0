"""docs/a-teams-day.md as a team follows it: every command shown, three people, two days, a shared folder."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from forked_commands import commands
from vivex.codebook import read_codebook
from vivex.people.blind import withheld
from vivex.people.resolve import resolved
from vivex.people.store import read_statement
from vivex.review import Review
from workbook_rows import FilledBook

PAGE = Path(__file__).parents[1] / "docs" / "a-teams-day.md"
PAPER = """{0} and the heart of the rat

Methods

Twenty {1} Wistar rats, 8 weeks old, were given {0} at {2} mg/kg by oral gavage once daily for 4 weeks.
Rats were allocated to two groups with a table of random numbers. Infarct size was measured by a blinded observer.

Results

Infarct size fell from 40 % to 25 % in the treated rats.
"""
DOSES = {"metformin-2020": 113, "losartan-2021": 127, "ivabradine-2022": 139, "carvedilol-2023": 149}
CHEAPER = """case "$1" in
  parse|recognize|assess|prefill) set -- "$@" --jobs 1;;  # each child loads the models
  agree) set -- "$@" --resamples 100;;
esac
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def blocks() -> dict[str, list[str]]:
    """Return heading -> the commands of each fenced block beneath it."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"(?m)^## ", PAGE.read_text(encoding="utf-8"))[1:]:
        found[part.split("\n")[0]] = re.findall(r"(?ms)^```\n(.*?)^```$", part)
    return found


def test_the_round_is_short_and_no_command_is_of_git() -> None:
    shown = blocks()
    a_round = [*shown["The next round"], *shown["A reviewer's day"] * 2, *shown["Settling"]]
    lines = [line for block in a_round for line in block.strip().splitlines()]
    assert len(lines) == 15
    assert not re.search(r"\bgit (?!\w* hosting)|dvc (?!repro)", "\n".join(line for b in shown.values() for line in b))
    assert sum(map(len, shown.values())) == 8


class Day:
    """Run the page's commands as somebody, on their machine."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder, self.tools = folder, tools
        self.shown = blocks()

    def home(self, who: str) -> Path:
        """Return the folder of somebody's machine."""
        return self.folder / who

    def review(self, who: str) -> Review:
        """Return somebody's copy."""
        return Review(self.home(who) / "our-review")

    def run(self, who: str, heading: str, number: int = 0, *, inside: bool = True) -> str:
        """Run a block of the page."""
        text = self.shown[heading][number].replace("/shared/drive/our-review", str(self.folder / "share"))
        text = re.sub(r"\bmk(?=\.xlsx|$)", who, text, flags=re.MULTILINE) if heading == "A reviewer's day" else text
        return self.call(who, text, inside=inside)

    def call(self, who: str, text: str, *, inside: bool = True) -> str:
        """Run commands as somebody who never told git their name."""
        home = self.home(who)
        home.mkdir(exist_ok=True)
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": os.pathsep.join([str(self.tools), os.environ["PATH"]]),
            "DVC_NO_ANALYTICS": "1",
        }
        cwd = home / "our-review" if inside else home
        words = ["bash", "-ec", text]
        done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{who}: {text}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout + done.stderr


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """Give an empty team; what one person's papers are lies in their home."""
    with commands(tmp_path, {"vivex": "vivex.cli", "dvc": "dvc.cli"}, {"vivex": CHEAPER}) as tools:
        one = Day(tmp_path, tools)
        papers = one.home("mk") / "papers"
        papers.mkdir(parents=True)
        for name in list(DOSES)[:3]:
            write_paper(papers, name, "male")
        yield one


def write_paper(folder: Path, name: str, sex: str) -> None:
    """Write a paper, with a dose that none of the others has."""
    text = PAPER.format(name.split("-")[0].title(), sex, DOSES[name])
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def fill(review: Review, who: str, sex: str) -> int:
    """Fill in a workbook: accept what is proposed, and name the sex oneself; return how many rows were decided."""
    book = FilledBook(review.root / "workbooks" / f"{who}.xlsx")
    done = 0
    for row in list(book.rows()):
        if row.texts.get("proposed") and not row.texts.get("decision"):
            own = row.texts.get("field", "").casefold() == "sex"
            book.put(row, decision="edit", yours=sex) if own else book.put(row, decision="accept")
            done += 1
    book.save()
    return done


def shown_of_blind(review: Review) -> list[str]:
    """Return the files that people open and that hold the dose of a study that is still judged blind."""
    hidden = withheld(review, read_codebook(review.codebook))
    assert hidden
    files = [path for name in ("review", "final") for path in sorted((review.outputs / name).rglob("*.*"))]
    assert any("113 mg" in text_of(path) for path in files) or "metformin-2020" in hidden
    doses = [f"{DOSES[study]} mg" for study in hidden]
    return [path.name for path in files for dose in doses if dose in text_of(path)]


def text_of(path: Path) -> str:
    """Return what a file that people open says; "" of a picture."""
    if path.suffix == ".xlsx":
        sheets = load_workbook(io.BytesIO(path.read_bytes()), read_only=True).worksheets  # a reader leaves files open
        return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return path.read_text(encoding="utf-8") if path.suffix in (".csv", ".html", ".txt", ".json", ".svg") else ""


def settle(review: Review, take: str) -> int:
    """Keep one side of each conflict; return how many were open."""
    path = review.root / "conflicts.xlsx"
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = {cell.value: cell.column for cell in sheet[2]}
    count = 0
    for row in range(3, sheet.max_row + 1):
        reviewers = str(sheet.cell(row, head["given by"]).value or "")
        if reviewers and sheet.cell(row, head["keep"]).value != "agreed":
            sheet.cell(row, head["keep"]).value = "yes" if take in reviewers else "no"
            count += 1
    book.save(path)
    return count


def test_two_days_of_a_team(day: Day) -> None:
    day.run("mk", "Once", inside=False)
    for who in ("th", "xy"):
        assert "with 3 papers" in day.run(who, "Joining", inside=False)
    for who in ("mk", "th", "xy"):
        assert shown_of_blind(day.review(who)) == []
    made: dict[tuple[str, str], int] = {}
    for number in range(2):
        if number:
            day.run("mk", "The next round")
            assert [shown_of_blind(day.review(who)) for who in ("mk", "th", "xy")] == [[], [], []]
        for who, sex in (("mk", "male"), ("th", "both")):
            day.run(who, "A reviewer's day", 0)
            decided = fill(day.review(who), who, sex)
            assert decided or number
            assert "decision" in day.run(who, "A reviewer's day", 1)
        day.run("xy", "Settling", 0)
        assert settle(day.review("xy"), "th") or number
        day.run("xy", "Settling", 1)
        copies = [day.review(who) for who in ("mk", "th", "xy")]
        for path in copies[2].annotations.glob("*/*.jsonl"):
            if path.parent.name != "assignments":
                made[path.parent.name, path.stem] = len(read_statement(path).decisions)
        day.call("mk", "vivex sync")
        day.run("mk", "Results")
        for who in ("th", "xy"):
            day.call(who, "vivex sync")
        states = [
            {p.relative_to(c.root).as_posix(): p.read_bytes() for f in (c.pdfs, c.annotations) for p in f.rglob("*.*")}
            for c in copies
        ]
        assert states[0] == states[1] == states[2]
        assert (copies[1].outputs / "final").is_dir()
        assert len(list((copies[1].outputs / "forms").glob("[!.]*.json"))) == 3 + number
        assert "0 errors" in day.call("th", "vivex check")
        if number == 0:
            write_paper(copies[0].pdfs, "carvedilol-2023", "female")
    for (study, who), count in made.items():
        assert len(read_statement(day.review("mk").annotations / study / f"{who}.jsonl").decisions) >= count
    sexes = {i.study: i.state for i in resolved(day.review("xy")) if i.label == "form.sex"}
    assert "conflict" not in sexes.values()
    assert "adjudicated" in sexes.values()
    assert "xlsx" not in day.call("mk", "git add . && git status --short && git ls-files")  # one hazard less

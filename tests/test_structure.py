"""What the contract says about the code's own shape."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

import vivex
from vivex.cli import VERBS
from vivex.stages import STAGES

PACKAGE = Path(vivex.__file__).parent
ROOT = PACKAGE.parents[1]
NOUNS = (
    "errors",
    "labels",
    "files",
    "document",
    "marks",
    "quotations",
    "group_means",
    "spoilt_names",
    "annotation",
    "jsonlines",
    "questions",
    "decisions",
    "codebook",
    "sentences",
    "headings",
    "paper",
    "arrows",
    "vocabulary",
    "numerals",
    "number_lists",
    "quantities",
    "units",
    "schedules",
    "yaml_files",
    "index",
    "states",
    "references",
    "compiled",
)
ARROWS = ("parse", "recognize", "extract", "assess", "forms")


def imports(path: Path) -> set[str]:
    """Return the modules a file imports at its top level, by full name."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("noun", NOUNS)
def test_nouns_import_only_the_standard_library(noun: str) -> None:
    for name in imports(PACKAGE / f"{noun}.py"):
        top = name.split(".")[0]
        assert top in sys.stdlib_module_names or name.split(".")[:2] == ["vivex", name.split(".")[1]], name
        if top == "vivex":
            assert name.split(".")[1] in NOUNS, f"{noun} imports {name}"


@pytest.mark.parametrize("arrow", ARROWS)
def test_arrows_never_import_each_other(arrow: str) -> None:
    others = {f"vivex.{other}" for other in ARROWS if other != arrow}
    for path in (PACKAGE / arrow).rglob("*.py"):
        source = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = {n.module for n in source if isinstance(n, ast.ImportFrom) and n.module}
        crossed = {name for name in names if ".".join(name.split(".")[:2]) in others}
        assert not crossed, f"{path.relative_to(PACKAGE)} imports {crossed}"


def test_the_desk_rests_on_people_records_and_nouns() -> None:
    wanted = {"people", "forms", "desk", "exchange", "pool", "review", "parse", "work", *NOUNS}
    for path in (PACKAGE / "desk").rglob("*.py"):
        source = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = {
            n.module for n in source if isinstance(n, ast.ImportFrom) and n.module and n.module.startswith("vivex.")
        }
        assert {name.split(".")[1] for name in names} <= wanted, path.name
        forms = {name for name in names if name.startswith("vivex.forms")}
        assert forms <= {"vivex.forms"}, f"{path.name} imports {forms}"


def test_help_is_instant() -> None:
    times = []
    for _ in range(5):
        begin = os.times()
        subprocess.run([sys.executable, "-m", "vivex.cli", "--help"], check=True, capture_output=True)
        end = os.times()  # processor time: what else the machine does is no fault of the command's
        times.append(end.children_user + end.children_system - begin.children_user - begin.children_system)
    assert min(times) < 0.5


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vivex.cli", verb, "--help"], check=True, capture_output=True, text=True
    )
    assert "usage: vivex " + verb in done.stdout


def test_the_repository_is_a_review_made_as_init_makes_it() -> None:
    own = yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]
    template = yaml.safe_load((PACKAGE / "data" / "review" / "pipeline.yaml").read_text())["stages"]
    assert list(own) == list(template)
    for name, stage in template.items():
        for key in ("cmd", "params", "outs", "metrics", "plots"):
            assert own[name].get(key) == stage.get(key), f"{name}.{key}"
        assert set(stage["deps"]) <= set(own[name]["deps"])


def test_the_stages_of_dvc_are_verbs() -> None:
    stages = yaml.safe_load((PACKAGE / "data" / "review" / "pipeline.yaml").read_text())["stages"]
    assert set(stages) <= set(VERBS)
    assert {name for name in STAGES if name not in ("highlight", "picture")} <= set(stages)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in stages:
        assert f"`{name}`" in readme or f"vivex {name}" in readme, f"README does not mention {name}"


def test_versions_agree() -> None:
    params = yaml.safe_load((ROOT / "params.yaml").read_text())
    assert params["vivex"] == vivex.__version__
    assert f"## {vivex.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# -- names, tests, sizes. The lists hold what is still to be done; they only shrink.

SAME_MODULE: frozenset[str] = frozenset()
SAME_CLASS: frozenset[str] = frozenset(
    ("Candidate", "Given", "Group", "Line", "Proposals", "Sentence", "Span", "Words")
)


def modules() -> list[Path]:
    """Return the package's modules by their path in it."""
    return sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py") if p.name != "__init__.py")


def test_no_two_modules_have_one_name() -> None:
    names = Counter(path.stem for path in modules() if path.parts[0] != "verbs")
    assert {name for name, count in names.items() if count > 1} <= SAME_MODULE


def test_no_two_public_classes_have_one_name() -> None:
    names: Counter[str] = Counter()
    for path in PACKAGE.rglob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        names.update(n.name for n in body if isinstance(n, ast.ClassDef) and not n.name.startswith("_"))
    assert {name for name, count in names.items() if count > 1} <= SAME_CLASS


def test_every_module_has_a_test_of_its_name() -> None:
    bare = [m.as_posix() for m in modules() if not (ROOT / "tests" / m.parent / f"test_{m.stem}.py").exists()]
    assert bare == [], "write tests/<room>/test_<module>.py"


def test_no_module_is_long() -> None:
    sizes = {m.as_posix(): len((PACKAGE / m).read_text(encoding="utf-8").splitlines()) for m in modules()}
    assert {name: size for name, size in sizes.items() if size > 400} == {}

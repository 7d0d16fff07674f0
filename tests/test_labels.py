"""The registry of labels: one declaration each, plug-ins beside vivex's own, clear words where something lacks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vivex import labels
from vivex.annotation import from_json, known_label
from vivex.cli import main
from vivex.errors import MalformedFile, MissingExtra, UnknownName
from vivex.recognize import kinds as recognised_kinds
from vivex.recognize.kinds import Kind, kind, kinds, strategy

TISSUE = """
import re

from vivex.recognize.kinds import Kind
from vivex.recognize.spans import Span


def find_tissue(text):
    for match in re.finditer(r"\\b(?:cartilage|synovium)\\b", text):
        yield Span(*match.span(), "tissue", {}, "grammar:tissue@1", 0.9)


KIND = Kind(label="tissue", colour="#F4B183", find=find_tissue)
"""


def install(folder: Path, module: str, source: str, *, label: str, version: str = "1.0") -> None:
    """Lay out a package as pip would leave it, with one label as its entry point."""
    (folder / f"{module}.py").write_text(source)
    info = folder / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[{labels.GROUP}]\n{label} = {module}:KIND\n")


def forget() -> None:
    """Forget what was read of the installed packages."""
    for function in (labels._plug_ins, labels.declared, labels._unloaded, labels.colours, recognised_kinds._unlike):
        function.cache_clear()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder in which installed packages are found, for the time of the test."""
    monkeypatch.syspath_prepend(str(tmp_path))
    known = set(sys.modules)
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()
    for name in set(sys.modules) - known:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
            del sys.modules[name]


def test_every_label_is_declared_once_with_a_colour_of_its_own() -> None:
    assert tuple(k.label for k in kinds()) == tuple(strategy()) == labels.entity_labels()
    assert labels.entity_labels()[: len(labels.BUILT_IN)] == labels.BUILT_IN
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in labels.colours().values())
    assert len(set(labels.colours().values())) == len(labels.entity_labels())


def test_every_module_of_kinds_is_listed() -> None:
    folder = Path(labels.__file__).parent / "recognize" / "kinds"
    assert {p.stem for p in folder.glob("*.py") if p.stem != "__init__"} == set(labels.BUILT_IN)


def test_a_plug_in_brings_a_label_of_its_own(packages: Path) -> None:
    assert not known_label("tissue")
    install(packages, "house_tissue", TISSUE, label="tissue", version="2.1")
    forget()
    assert labels.entity_labels() == (*labels.BUILT_IN, "tissue")
    assert known_label("tissue")
    assert labels.colours()["tissue"] == "#F4B183"
    assert isinstance(kind("tissue"), Kind)
    assert labels.plug_ins() == ("tissue house_tissue 2.1 house_tissue:KIND",)


def test_what_is_unknown_is_answered_with_what_is_known() -> None:
    with pytest.raises(UnknownName, match="'weather' is no entity; known: mirna, gene"):
        labels.declared("weather")
    with pytest.raises(MalformedFile, match="unknown label 'weather'; known: mirna, gene") as told:
        from_json({"study": "s", "label": "weather", "value": {}, "evidence": [], "source": ""})
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("import no_such_module_of_ours\n", MissingExtra, "house_broken:KIND, which can't be loaded"),
        ("", MissingExtra, "mend that package or uninstall it"),
        ("raise SystemExit(3)\n", MissingExtra, "can't be loaded .SystemExit: 3."),
        ("KIND = 1 / 0\n", MissingExtra, "can't be loaded .ZeroDivisionError: division by zero."),
        (TISSUE, UnknownName, "declares 'tissue', but is registered as 'bone'"),
        (TISSUE.replace("tissue", "bone").replace("#F4B183", "red"), UnknownName, "declares 'bone' without a colour"),
    ],
)
def test_a_broken_plug_in_is_named(packages: Path, source: str, error: type[Exception], words: str) -> None:
    install(packages, "house_broken", source, label="bone")
    forget()
    with pytest.raises(error, match=words):
        labels.declared("bone")


def test_a_plug_in_cannot_take_over_a_label_of_vivex(packages: Path) -> None:
    install(packages, "house_gene", TISSUE.replace('"tissue"', '"gene"'), label="gene")
    forget()
    assert labels.entity_labels() == labels.BUILT_IN
    assert kind("gene").colour == "#A6D8FF"


BROKEN = {
    "absent": "import no_such_module_of_ours\n",
    "raising": "raise RuntimeError('out of order')\n",
    "leaving": "raise SystemExit(3)\n",
    "number": "KIND = 5\n",
    "likeness": "class KIND:\n    label, colour = 'likeness', '#F4B183'\n",
    "species": TISSUE.replace('"tissue"', '"species"'),
}


def test_broken_plug_ins_are_told_in_a_line_each_and_stop_no_stage(
    packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(packages, "house_tissue", TISSUE, label="tissue")
    install(packages, "other_tissue", TISSUE, label="tissue")
    for label, source in BROKEN.items():
        install(packages, f"house_{label}", source, label=label)
    forget()
    paper = tmp_path / "papers" / "a.txt"
    paper.parent.mkdir()
    paper.write_text("Rats and cartilage\n\n## Methods\nTwelve male Wistar rats were used. The cartilage was thin.\n")
    status = main(["run", str(paper), "--out", str(tmp_path / "out"), "--jobs", "1", "--no-report"])
    told = [line for line in capsys.readouterr().err.splitlines() if "fitted with" not in line]
    said = [line for line in told if "KIND" in line or "entity" in line]
    assert status == 0, told
    assert "Traceback" not in "".join(told)
    for label in BROKEN:
        assert sum(repr(label) in line for line in said) == 1, (label, said)
    assert len(said) == len(BROKEN) + 1
    assert any(line.endswith("which is house_tissue:KIND's; rename one of them") for line in said)
    assert '"label":"tissue"' in (tmp_path / "out" / "mentions" / "a.jsonl").read_text()
    assert (tmp_path / "out" / "forms" / "a.json").exists()


def test_what_people_stated_about_a_broken_label_is_read(packages: Path) -> None:
    install(packages, "house_bone", "KIND = 5\n", label="bone")
    forget()
    assert "bone" in labels.entity_labels()
    assert "bone" not in recognised_kinds.usable()
    assert known_label("bone")

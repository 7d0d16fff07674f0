"""What a part of vivex rests on is computed from its imports; what is written of it elsewhere agrees."""

from __future__ import annotations

from pathlib import Path

import write_deps
from vivex import dependencies
from vivex.dependencies import code_hash, files_of, hashes, relative
from vivex.models import shipped, uncoupled
from vivex.stages import STAGES


def of(*modules: str) -> set[str]:
    """Return the files that the modules rest on, by their path within the package."""
    return {relative(path) for path in files_of(*modules)}


def test_imports_are_followed_to_their_end() -> None:
    found = of("vivex.forms.highlight")
    assert {"forms/highlight.py", "forms/rows.py", "annotation.py", "document.py", "files.py"} <= found
    assert not any(name.startswith(("parse/", "assess/", "extract/")) for name in found)


def test_imports_within_functions_and_whole_packages_are_followed() -> None:
    assert "parse/reading_order.py" in of("vivex.parse.*")
    assert "recognize/relations/binding.py" in of("vivex.recognize")  # imported as the annotator is called


def test_data_named_by_a_path_is_found() -> None:
    found = of("vivex.recognize.lexicon")
    assert {"data/lexicon/genes.keys.gz", "data/lexicon/decisions.json"} <= found
    assert not any(name.endswith(".md") for name in found)


def test_modules_named_in_strings_are_followed_and_models_are_not() -> None:
    assert "recognize/tagger/adapting.py" in of("vivex.learn.train")
    assert not any(name.startswith("data/models") for name in of("vivex.models"))


def test_a_module_of_nobody_rests_on_nothing() -> None:
    assert files_of("numpy", "vivex.no_such_module") == ()


def test_one_letter_changes_the_hash(tmp_path: Path, monkeypatch) -> None:
    root = tmp_path / "vivex"
    (root / "data" / "words").mkdir(parents=True)
    (root / "a.py").write_text('from vivex import b\nFOLDER = Path(__file__).parent / "data" / "words"\n')
    (root / "b.py").write_text("if TYPE_CHECKING:\n    from vivex import c\n")
    (root / "c.py").write_text("")
    (root / "data" / "words" / "of.txt").write_text("rat\n")
    monkeypatch.setattr(dependencies, "ROOT", root)

    def now() -> str:
        for cached in (hashes, code_hash, dependencies._reached):
            cached.cache_clear()
        return code_hash("vivex.a")

    try:
        first = now()
        assert set(hashes("vivex.a")) == {"a.py", "b.py", "data/words/of.txt"}
        (root / "c.py").write_text("1")
        assert now() == first, "what only type checkers read is not run"
        for name in ("b.py", "data/words/of.txt"):
            (root / name).write_text((root / name).read_text() + "\n")
            assert now() != first, name
    finally:
        monkeypatch.undo()
        for cached in (hashes, code_hash, dependencies._reached):
            cached.cache_clear()


def test_what_reads_headings_and_documents_reruns_when_they_change() -> None:
    for name in ("parse", "recognize", "assess", "prefill"):
        assert "document.py" in of(*STAGES[name].code), name
    assert "headings.py" in of(*STAGES["parse"].code)


def test_dvc_yaml_is_as_scripts_write_deps_writes_it() -> None:
    path = write_deps.ROOT / "dvc.yaml"
    assert path.read_text(encoding="utf-8") == write_deps.text(), "run: python scripts/write_deps.py"


def test_the_shipped_models_are_stamped_with_these_rules() -> None:
    assert uncoupled(shipped()) == [], "measure, then run: python scripts/stamp_models.py"

"""What the writers of results share: tables and archives as bytes, judgements in other programs' words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from vivex.annotation import Annotation
from vivex.exchange.formats import SettledStudy
from vivex.files import BOM, Cell, csv_text
from vivex.forms import rows
from vivex.questions import SYRCLE, shown
from vivex.states import OPEN, WORDS

_THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold
WHOLE = "All outcomes"  # what Cochrane's forms call a judgement that holds for all of them


def table(header: Sequence[str], lines: Iterable[Mapping[str, Cell]], *, bom: bool = False) -> bytes:
    """Return rows given by column as CSV in UTF-8; a column that a row lacks is empty."""
    text = csv_text(header, ([line.get(column, "") for column in header] for line in lines))
    return ((BOM if bom else "") + text).encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _THEN)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return buffer.getvalue()


def worst(study: SettledStudy, item: str) -> str:
    """Return the judgement that stands for an item, the worst of its outcomes; "" where nothing is settled."""
    return rows.worst(study.judged(item))


def state(study: SettledStudy, label: str) -> str:
    """Return in words where a label stands."""
    return WORDS[study.states.get(label, OPEN)]


def outcomes(studies: Iterable[SettledStudy], item: str) -> list[str]:
    """Return the outcomes that an item was judged for, sorted; [""] where it was judged for the study alone."""
    found = sorted({a.group for study in studies for a in study.judged(item)} - {""})
    if not found:
        return [""]
    whole = any(a.group == "" for study in studies for a in study.judged(item))
    return [*found, *([""] if whole else [])]


def judged_for(study: SettledStudy, item: str, outcome: str) -> Annotation | None:
    """Return the settled judgement of an item for an outcome ("": for the whole study)."""
    return next((a for a in study.judged(item) if a.group == outcome), None)


def support(study: SettledStudy, item: str, found: Annotation | None) -> str:
    """Return the support for a judgement; where none is settled, where it stands."""
    return f"[{state(study, f'syrcle.{item}')}]" if found is None else rows.support(found)


def with_group(a: Annotation) -> str:
    """Return a value as people read it, with the group that it is for."""
    return shown(a.value) + (f" ({a.group})" if a.group else "")


def joined(study: SettledStudy, name: str) -> str:
    """Return the settled values of a field, each once."""
    return "; ".join(dict.fromkeys(with_group(a) for field, a in study.values if field.name == name))


def domains() -> list[str]:
    """Return the short names of SYRCLE's items in their order."""
    return [item.name for item in SYRCLE.values()]


def text_file(text: str) -> bytes:
    """Return text as UTF-8."""
    return text.encode()


def r_text(text: str) -> str:
    """Return a text as R reads it in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

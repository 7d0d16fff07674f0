"""Means of groups from a paper's tables: each with its outcome, unit, time, error, number of animals and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.document import Document, Table
from vivex.extract.means import table_roles as roles
from vivex.extract.means.cell_figures import CellFigures, cell_figures
from vivex.extract.means.found_means import FoundMean
from vivex.extract.means.laid_table import LaidRow, LaidTable, Piece, column_texts, laid_table, texts
from vivex.extract.means.legends import Legend, legend
from vivex.extract.means.table_roles import GROUP, MEAN, OUTCOME, TIME, Level, N
from vivex.group_means import CI, SD, SEM, GroupMean, error_type

_MARGIN = 0.3  # by which one reading of a table's axes must be the better, that it is read at all
_CAPTION = re.compile(
    r"^\s{0,3}(?:supplement\w{0,30}\s{1,3})?tab(?:le|\.)?\s{0,3}[-.]?\s{0,3}[\dIVXS.]{1,9}\s{0,3}[-:.]{0,4}\s{0,3}",
    re.IGNORECASE,
)
_CAPTIONED = 80  # characters that an outcome told by a caption has at most
_EFFECT = re.compile(r"(?:the )?(?:effects?|influence|impact)\b.{3,120}? on (?:the )?(?P<outcome>.+)", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:the )?(?:changes?|comparisons?|summary|results?|values?|measurements?|data|means?) (?:of|in|for) (?:the )?",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s(?:of the|of|in|during|after|between|among|for|at|on|under|from|by)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Labels:
    """Hold what the labels of a row, or of a column, say by role."""

    group: str = ""
    outcome: str = ""
    unit: str = ""
    time: str = ""
    n: str = ""


def means_in_tables(document: Document, known: frozenset[str]) -> list[FoundMean]:
    """Return the means of a paper's tables in the order of the text; `known` are its groups' names in lower case."""
    return [found for table in document.tables for found in _in_table(document, table, known)]


def _in_table(document: Document, table: Table, known: frozenset[str]) -> Iterator[FoundMean]:
    laid = laid_table(document, table)
    if laid is None:
        return
    row_levels = _row_levels(laid)
    column_levels = _column_levels(laid)
    means = _statistics(laid)
    plan = _plan(row_levels, column_levels, known, statistics=bool(means))
    if plan is None:
        return
    of_rows, of_columns = plan
    by_row = [_labels(row_levels, of_rows, i) for i in range(len(laid.rows))]
    by_column = {c: _labels(column_levels, of_columns, i) for i, c in enumerate(laid.heads)}
    groups = [said.group for said in (*by_row, *by_column.values()) if said.group]
    animals = any(roles.is_control(group) or group.lower() in known for group in groups)
    told = legend(document, table, laid, groups, animals=animals)
    if told.medians:
        return
    caption = _of_caption(document, table)
    counted = _counted(laid)
    for row, of_row in zip(laid.rows, by_row, strict=True):
        for cell, figures, kind, n in _values(laid, row, means, told):
            of_column = by_column[cell[0]]
            said = _said(of_row, of_column, caption, figures)
            if said is None:
                continue
            size = (
                n
                or figures.n
                or of_row.n
                or of_column.n
                or counted.get(cell[0], "")
                or told.n_of.get(said.group.lower(), "")
                or told.n
            )
            places = ((cell[1].start, cell[1].end), *((p.start, p.end) for p in told.places))
            yield FoundMean(replace(said, error_type=kind, n=size), places, "table")


# -- levels and their roles


def _row_levels(laid: LaidTable) -> list[Level]:
    """Return the headings over the rows, and the labels beside them, column by column."""
    lowest = [""] * len(laid.rows[0].labels)
    for corner in laid.corners:
        lowest = [own or before for own, before in zip(texts(corner), lowest, strict=True)]
    levels = [
        Level(tuple(texts(row.labels[k] for row in laid.rows)), lowest[k]) for k in range(len(laid.rows[0].labels))
    ]
    return [Level(tuple(texts(row.over for row in laid.rows))), *levels]


def _column_levels(laid: LaidTable) -> list[Level]:
    """Return the headers over the columns from the top; one that stands over all names those below it."""
    found: list[Level] = []
    naming = ""
    for number, corner in enumerate(laid.corners):
        header = Level(tuple(roles.without_mean(text) for text in column_texts(laid, number)))
        over_all = len(header.distinct) == 1 and len(laid.heads) > 1 and all(header.texts)
        lowest = number == len(laid.corners) - 1
        if (
            over_all
            and not lowest
            and (roles.is_caption(header.distinct[0]) or not roles.is_outcome(header.distinct[0]))
        ):
            naming = header.distinct[0] if roles.naming_role(header.distinct[0]) else naming
            continue
        beside = " ".join(t for t in texts(corner) if t)
        bare = all(re.fullmatch(r"[\d.\s–-]+", t) for t in header.distinct)
        named = beside if beside and bare and not lowest else naming
        if header.distinct:
            found.append(Level(header.texts, named))
    return found


_Roles = Sequence[str]  # of each level: group, outcome, time, n, statistic or ""


def _plan(
    rows: Sequence[Level], columns: Sequence[Level], known: frozenset[str], *, statistics: bool
) -> tuple[_Roles, _Roles] | None:
    """Return the role of each level of both axes, or None where it can't be told which axis names the groups."""
    of_rows = [roles.role_scores(level, known) for level in rows]
    of_columns = [roles.role_scores(level, known) for level in columns]
    both = {k: roles.naming_role(level.naming) for k, level in enumerate(rows)}
    if OUTCOME in both.values() and GROUP in both.values():  # both beside the rows, times or conditions over them
        by_name = [both[k] if both[k] in (GROUP, OUTCOME, TIME, N) else "" for k in range(len(rows))]
        return by_name, [TIME] * len(columns)
    in_rows, in_columns = _axis(of_rows, rows), _axis(of_columns, columns)
    if statistics and all(len(level.distinct) < 2 for level in columns):
        return _beside_statistics(of_rows, rows), [OUTCOME] * len(columns)
    as_rows = roles.best_role(in_rows, GROUP) + roles.best_role(in_columns, OUTCOME)
    as_columns = roles.best_role(in_rows, OUTCOME) + roles.best_role(in_columns, GROUP)
    timed = columns and all(_timed(scores) for scores in in_columns)
    if timed or not in_columns:  # times alone stand over the columns: groups beside the rows, the caption's outcome
        as_rows, as_columns = as_rows + 0.5, as_columns - 0.5
    if abs(as_rows - as_columns) < _MARGIN:
        return None
    chosen = (GROUP, OUTCOME) if as_rows > as_columns else (OUTCOME, GROUP)
    return _assigned(of_rows, rows, chosen[0]), _assigned(of_columns, columns, chosen[1])


def _axis(scores: Sequence[dict[str, float]], levels: Sequence[Level]) -> list[dict[str, float]]:
    """Return the scores of the levels that are no times and no numbers of animals."""
    return [s for s, level in zip(scores, levels, strict=True) if level.distinct and not _passed(s, level)]


def _passed(scores: Mapping[str, float], level: Level) -> bool:
    return _timed(scores) or roles.naming_role(level.naming) == N


def _timed(scores: Mapping[str, float]) -> bool:
    return scores[TIME] > 0.8 and scores[TIME] > max(scores[GROUP], scores[OUTCOME]) - 0.3


def _assigned(scores: Sequence[dict[str, float]], levels: Sequence[Level], role: str) -> list[str]:
    """Return the roles of an axis whose levels name groups or outcomes: times and numbers told apart.

    A heading over rows of groups that names outcomes does, and the other way round.
    """
    found = []
    other = OUTCOME if role == GROUP else GROUP
    alone = [k for k, level in enumerate(levels) if level.distinct and not _passed(scores[k], level)]
    for k, (of, level) in enumerate(zip(scores, levels, strict=True)):
        if not level.distinct:
            found.append("")
        elif roles.naming_role(level.naming) == N:
            found.append(N)
        elif _timed(of):
            found.append(TIME)
        elif len(alone) > 1 and of[other] >= 0.8 and of[other] > of[role] + _MARGIN and _others(scores, alone, k, role):
            found.append(other)
        else:
            found.append(role)
    if (
        role == OUTCOME
        and TIME in found
        and not any(scores[k][OUTCOME] for k in range(len(levels)) if found[k] == role)
    ):
        return [TIME if r == OUTCOME else r for r in found]  # conditions: the caption names the outcome
    return found


def _others(scores: Sequence[dict[str, float]], alone: Sequence[int], own: int, role: str) -> bool:
    """Tell whether another level of the axis speaks for the role."""
    return any(scores[k][role] > 0.3 for k in alone if k != own)


def _beside_statistics(scores: Sequence[dict[str, float]], levels: Sequence[Level]) -> list[str]:
    """Return the roles of the labels beside columns of statistics: groups and outcomes both stand there."""
    found = _assigned(scores, levels, GROUP)
    open_ = [k for k, role in enumerate(found) if role == GROUP]
    outcomes = [k for k in open_ if scores[k][OUTCOME] > scores[k][GROUP] + _MARGIN]
    for k in outcomes if len(outcomes) < len(open_) else outcomes[:0]:
        found[k] = OUTCOME
    return found


def _labels(levels: Sequence[Level], of: _Roles, at: int) -> _Labels:
    """Return what the labels of the row or column say."""
    said: dict[str, list[str]] = {GROUP: [], OUTCOME: [], TIME: []}
    unit, n = "", ""
    for k, level in enumerate(levels):
        text, role = level.texts[at], of[k]
        if not text or not role:
            continue
        if role == N:
            n = found if (found := text.strip()).isdigit() else n
            continue
        text, size = roles.sized(roles.without_statistics(text))
        n = size or n
        if role == OUTCOME:
            text, own = roles.parted(text)
            unit = own or unit
        elif role == TIME and re.fullmatch(r"[\d.\s–-]+", text):
            text = f"{roles.parted(level.naming)[0]} {text}".strip()
        said[role].append(re.sub(r"[*∗†‡§¶#]+$", "", text).strip())
    return _Labels(roles.joined(said[GROUP]), roles.joined(said[OUTCOME]), unit, roles.joined(said[TIME]), n)


# -- figures


def _statistics(laid: LaidTable) -> dict[int, dict[str, int]]:
    """Return column of means -> statistic -> column that holds it, where statistics stand in columns of their own."""
    lowest = {c: next((p.text for p in reversed(path) if p is not None), "") for c, path in laid.heads.items()}
    kinds = {c: roles.statistic(text) for c, text in lowest.items()}
    found: dict[int, dict[str, int]] = {}
    mean: int | None = None
    for column in sorted(kinds):
        if kinds[column] == MEAN:
            mean = column
            found[column] = {}
        elif mean is not None and kinds[column] in (roles.SD, roles.SEM, N):
            found[mean].setdefault(kinds[column], column)
        elif mean is not None:
            mean = None
    return {c: beside for c, beside in found.items() if beside}


def _values(
    laid: LaidTable, row: LaidRow, means: Mapping[int, Mapping[str, int]], told: Legend
) -> Iterator[tuple[tuple[int, Piece], CellFigures, str, str]]:
    """Yield each mean of a row: its column and cell, figures, error type and number of animals."""
    for column, cell in row.cells.items():
        figures = cell_figures(cell.text)
        if figures is None:
            continue
        header = " ".join(p.text for p in laid.heads[column] if p is not None)
        beside = " ".join(texts((*row.labels, row.over)))
        named = error_type(roles.error_named(f"{header} {beside}"))
        if column in means:
            yield from _of_statistics(row, column, cell, figures, means[column])
        elif not means:
            kind = named or error_type(told.error_type)
            in_brackets = figures.stands == "()" and (told.bracketed or named in (SD, SEM))
            if figures.stands == "±" or in_brackets or (figures.stands == "limits" and kind == CI):
                yield (column, cell), figures, kind, ""


def _of_statistics(
    row: LaidRow, column: int, cell: Piece, figures: CellFigures, beside: Mapping[str, int]
) -> Iterator[tuple[tuple[int, Piece], CellFigures, str, str]]:
    """Yield the mean of a row whose statistics stand in columns of their own; of SD and SEM the SD."""
    others = {kind: cell_figures(row.cells[c].text) for kind, c in beside.items() if c in row.cells}
    n = others.get(N)
    size = n.mean if n is not None and n.mean.isdigit() else ""
    for kind in (roles.SD, roles.SEM):
        error = others.get(kind)
        if error is not None and not error.stands and not figures.stands:
            yield (column, cell), replace(figures, error=error.mean), error_type(kind), size
            return
    if figures.stands == "±":
        yield (column, cell), figures, "", size


def _counted(laid: LaidTable) -> dict[int, str]:
    """Return the number of animals of each column, where one row gives it ("Rats analysed (n)")."""
    rows = [row for row in laid.counts if roles.counts_animals(texts(row.labels)[0])]
    found = {c: cell.text.strip() for c, cell in rows[0].cells.items()} if len(rows) == 1 else {}
    return {c: n for c, n in found.items() if n.isdigit()}


def _said(of_row: _Labels, of_column: _Labels, caption: tuple[str, str], figures: CellFigures) -> GroupMean | None:
    """Return what a cell says; None where no group is named. The caption's outcome stands where no label names one."""
    group = roles.joined((of_row.group, of_column.group))
    outcome = roles.joined((of_row.outcome, of_column.outcome))
    unit = of_row.unit or of_column.unit or figures.unit
    if not outcome:
        outcome, unit = caption[0], unit or caption[1]
    if not group or not outcome:
        return None
    time = roles.joined((of_row.time, of_column.time))
    return GroupMean(outcome, group, figures.mean, figures.error, unit=unit, time=time)


def _of_caption(document: Document, table: Table) -> tuple[str, str]:
    """Return the outcome that a caption begins with and its unit, "" where there is none."""
    if table.caption is None:
        return "", ""
    block = document.blocks[table.caption]
    text = _CAPTION.sub("", document.reading[block.start : block.end]).strip()
    text = re.sub(r"\s{1,3}", " ", text)
    bracket = re.match(r"([^()\[\].]{3,80}?)\s{0,3}[(\[]([^()\[\]]{1,40})[)\]]", text)
    if bracket and roles.is_unit(bracket[2]):
        return bracket[1].strip(), bracket[2].strip()
    named = text.split(".")[0]
    if (effect := _EFFECT.match(named)) is not None:
        named = effect["outcome"]
    elif _LEADING.match(named):
        named = _LEADING.sub("", named)
    outcome = _CUT.split(named, maxsplit=1)[0].strip()
    return (outcome, "") if outcome and len(outcome) <= _CAPTIONED else ("", "")

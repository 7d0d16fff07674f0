"""Sparse features of words in context, as hashed columns, for the linear-chain model."""

from __future__ import annotations

import bisect
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from vivex.recognize.tagger.tokens import Words, folded, shape_of
from vivex.recognize.tagger.word_clusters import KINDS, Vocabulary

BITS = 18
_MULTIPLIERS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)
UNITS = frozenset(
    "mg g kg ug µg μg ng pg ml l µl μl ul nl m mm µm μm um nm mol mmol iu u gy cgy ppm cells particles pfu cfu vg "
    "tu moi mci kbq mbq db hz min mins minute minutes h hr hrs hour hours s sec second seconds day days d week weeks "
    "wk wks month months year years times °c".split()
)


def own_features(word: str, vocabulary: Vocabulary) -> list[str]:
    """Return the features of a word by itself, most telling first."""
    low, key, shape = word.lower(), folded(word), shape_of(word)
    out = ["w=" + (low if not low[0].isdigit() else "0"), "s=" + shape]
    clusters = vocabulary.clusters.get(key, ())
    out += [f"c{i}={c}" for i, c in enumerate(clusters)] or ["c=?"]
    if word[0].isalpha():
        out += [f"p{n}={low[:n]}" for n in (2, 3, 4) if len(low) > n] + [
            f"x{n}={low[-n:]}" for n in (2, 3, 4) if len(low) > n
        ]
        out.append(f"n={min(len(word), 9)}{shape}")
        out += [f"r{k}={m}" for k, m in zip(KINDS, vocabulary.rates.get(key, ())) if m > 1] or ["r=?"]
        out.append("W=" + word)
        if low in UNITS:
            out.append("unit")
    elif word[0].isdigit():
        out += ["d=" + word, f"n={len(word)}"]
    return out


def columns(
    passages: Sequence[Words],
    roles: Sequence[str],
    proposed: Sequence[Any],
    listed: Sequence[Any],
    vocabulary: Vocabulary,
    cache: dict[str, Any],
) -> Any:
    """Return int32 [words of all passages, features]: hashed column numbers (0 where a word has fewer).

    `roles` are those of the passages' sections, `proposed` what `proposed_codes` gives for each and `listed` what
    `match` does; `cache` is filled by word. Features of neighbours are those of the word itself, hashed anew with
    their distance, and never cross passages; pairs join neighbouring words, shapes and clusters.
    """
    import numpy as np

    rows = []
    for word in (w for p in passages for w in p.text):
        row = cache.get(word)
        if row is None:
            names = own_features(word, vocabulary)
            hashes = [zlib.crc32(n.encode()) for n in names]
            brief = {n.split("=")[0]: h for n, h in zip(names, hashes)}
            key = (
                brief["w"], brief["s"], brief.get("c1", brief.get("c", 1)), brief.get("x3", 2), brief.get("c0", 3),
                zlib.crc32(b"unit" if word.lower() in UNITS else brief["s"].to_bytes(4, "big")), brief.get("c2", 4),
            )  # fmt: skip
            row = cache[word] = (np.array(hashes, dtype=np.uint32), np.array(key, dtype=np.uint32))
        rows.append(row)
    size = len(rows)
    if not size:
        return np.zeros((0, 1), dtype=np.int32)
    own = np.zeros((size, max(len(r[0]) for r in rows)), dtype=np.uint32)
    for i, row in enumerate(rows):
        own[i, : len(row[0])] = row[0]
    # word, shape, cluster, suffix, coarse cluster, unit or shape, fine cluster
    keys = np.ascontiguousarray(np.stack([r[1] for r in rows]).T)
    lexicon = np.concatenate([names for names in listed if len(names)]).astype(np.uint32)
    spaced = np.array([s for p in passages for s in p.spaced], dtype=np.uint32)
    sizes = [len(p) for p in passages]
    chain = np.repeat(np.arange(len(passages)), sizes)
    place = np.repeat(np.array([zlib.crc32(r.encode()) for r in roles], dtype=np.uint32), sizes)

    def shifted(a: Any, by: int) -> Any:
        if by == 0:
            return a
        out = np.full_like(a, 77)
        if by >= size or -by >= size:
            return out
        if by > 0:
            out[..., :-by] = np.where(chain[by:] == chain[:-by], a[..., by:], 77)
        else:
            out[..., -by:] = np.where(chain[-by:] == chain[:by], a[..., :by], 77)
        return out

    def joined(*parts: Any) -> Any:
        total = np.zeros(size, dtype=np.uint64)
        for part, multiplier in zip(parts, (*_MULTIPLIERS, *_MULTIPLIERS)):
            total = (total * np.uint64(31) + part.astype(np.uint64) * np.uint64(multiplier)) & np.uint64(0xFFFFFFFFFFFF)
        return (total ^ (total >> np.uint64(21))) & np.uint64(0xFFFFFFFF)

    single: list[Any] = []  # columns of all words, made one by one: they stay in the processor's cache

    def scattered(codes: Any, salt: int) -> None:
        """Add a column for each code, told of the few words that have one, and of their neighbours at each distance."""
        listed = [np.flatnonzero(codes[:, column]) for column in range(codes.shape[1])]
        for by in (-2, -1, 0, 1, 2):
            for column, having in enumerate(listed):
                there = having[(having >= by) & (having - by < size)]
                there = there[chain[there] == chain[there - by]]
                out = np.zeros(size, dtype=np.int32)
                out[there - by] = _folded(_salted(codes[there, column], salt + 40 * by + column))
                single.append(out)

    for by in (-4, -3, -2, -1, 1, 2, 3, 4):
        near = shifted(keys, by)
        for column in (0, 1, 2) if abs(by) > 2 else (0, 1, 2, 3, 6):
            if abs(by) == 4 and column == 1:
                continue
            single.append(_folded(_salted(near[column], 100 + by * 10 + column)))
    scattered(lexicon, 1000)
    scattered(np.concatenate([p for p in proposed if len(p)]), 3000)
    word, shape, cluster, _, _, unit, fine = keys
    code = np.zeros(size, dtype=np.uint32)
    for column in range(lexicon.shape[1]):
        code = code * np.uint32(3) + lexicon[:, column]
    after, before, space_after = shifted(word, 1), shifted(word, -1), shifted(spaced, 1)
    shape_after, shape_before = shifted(shape, 1), shifted(shape, -1)
    cluster_after, cluster_before = shifted(cluster, 1), shifted(cluster, -1)
    unit_after, unit_before = shifted(unit, 1), shifted(unit, -1)
    pairs: list[tuple[Any, ...]] = [
        (1, word, after), (2, before, word), (3, shape, shape_after), (4, shape_before, shape),
        (5, shape_before, shape, shape_after), (6, cluster, cluster_after),
        (7, cluster_before, cluster), (8, before, after), (9, spaced, space_after, shape), (10, code, shape),
        (11, before, shape), (12, shape, after), (13, unit, unit_after, shifted(unit, 2)),
        (14, unit_before, unit, unit_after), (15, shifted(unit, -2), unit_before, unit),
        (16, spaced, shape_before, shape), (17, cluster, place), (18, shape, place),
        (19, shifted(word, -2), before), (20, after, shifted(word, 2)), (21, spaced, word), (22, space_after, word),
        (23, cluster_before, cluster_after, shape), (24, cluster, after), (25, before, cluster),
        (26, fine, shifted(fine, 1)), (27, shifted(fine, -1), fine), (28, shifted(code, 1), code),
        (29, shifted(code, -1), code), (30, before, word, after),
    ]  # fmt: skip
    for salt, *joint in pairs:
        single.append(_folded(_salted(joined(*joint), 5000 + salt)))
    nearby = np.concatenate([_nearby(p) for p in passages if len(p)])
    own_columns = np.where(own.T > 0, _folded(_salted(own.T, 1)), 0)
    cues = np.where(nearby.T > 0, _folded(_salted(nearby.T, 9000)), 0)
    return np.concatenate([own_columns, np.stack(single), cues], dtype=np.int32).T


def _salted(a: Any, salt: int) -> Any:
    """Return uint64 hashes of 32 bits."""
    import numpy as np

    mixed = a.astype(np.uint64) * np.uint64(_MULTIPLIERS[0]) + np.uint64(salt * 0x7F4A7C15 & 0xFFFFFFFF)
    return (mixed ^ (mixed >> np.uint64(17))) & np.uint64(0xFFFFFFFF)


def _folded(hashed: Any) -> Any:
    """Return int32 column numbers of BITS bits; 0, which is no column, stays 0 and nothing else becomes it."""
    import numpy as np

    folded_in = ((hashed ^ (hashed >> np.uint64(BITS))) & np.uint64((1 << BITS) - 1)).astype(np.int32)
    return np.where(hashed > 0, np.maximum(folded_in, 1), 0)


CUES = {
    "treat": "injected injection inject administered administration treated treatment given gavage dose doses dosed "
    "received infused infusion fed orally intraperitoneally subcutaneously intravenously supplemented transplanted",
    "culture": "cultured medium incubated dmem transfected seeded plated wells passage culture transfection",
    "reagent": "antibody antibodies purchased buffer kit lysis abcam sigma diluted dilution primer primers",
    "measure": "measured assessed evaluated determined analyzed analysed increased decreased reduced significantly "
    "higher lower improved compared levels showed",
    "animals": "mice rats mouse rat rabbits animals pigs dogs weighing aged housed male female",
    "surgery": "anesthetized anaesthetized surgery incision surgical ligation occlusion ketamine isoflurane "
    "pentobarbital",
}
_CUE_OF = {word: cue for cue, listed in CUES.items() for word in listed.split()}


def proposed_codes(words: Words, spans: Iterable[tuple[str, int, int, float]], labels: Sequence[str]) -> Any:
    """Return uint32 [words, labels]: what a grammar proposes for each word: 0 nothing, else place in the span (single,
    first, middle, last) and, in three steps, how sure it is. Of spans that overlap the longer counts.
    """
    import numpy as np

    out = np.zeros((len(words), len(labels)), dtype=np.uint32)
    for label, a, b, sure in sorted(spans, key=lambda s: (s[1] - s[2], -s[3], s[1], s[0])):
        first, last = bisect.bisect_right(words.end, a), bisect.bisect_left(words.start, b)
        column = labels.index(label)
        if first >= last or out[first:last, column].any():
            continue
        step = 4 * (0 if sure < 0.5 else 1 if sure < 0.8 else 2)
        out[first:last, column] = step + 3
        out[first, column], out[last - 1, column] = step + 2, step + 4
        if last - first == 1:
            out[first, column] = step + 1
    return out


def _nearby(words: Words) -> Any:
    """Return uint32 [words, cues * 2]: a mark where a cue word stands within 6, or within 25, words."""
    import numpy as np

    size, names = len(words), sorted(CUES)
    out = np.zeros((size, 2 * len(names)), dtype=np.uint32)
    for i, word in enumerate(words.text):
        cue = _CUE_OF.get(word.lower())
        if cue:
            column = names.index(cue)
            out[max(0, i - 6) : i + 7, 2 * column] = 2 * column + 1
            out[max(0, i - 25) : i + 26, 2 * column + 1] = 2 * column + 2
    return out

"""When a text is judged otherwise because of a cut: which findings have to stay, and which the reader makes up for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from cut_rules.texts import Text
from vivex.assess.reading.indication import Indication
from vivex.assess.weigh.heard import MARGIN
from vivex.assess.weigh.votes import MEANINGS, ballot, tally
from vivex.assess.weigh.whole_paper import ITEM_QUANTITIES

FIRM = 0.85  # strength from which a finding of an item that is weighed counts for more
Kind = tuple[str, str, str, str]  # item, question, answer, and who it speaks of or whether it is firm
Votes = Mapping[str, Mapping[str, float]]


def kinds(finding: Indication) -> Iterator[Kind]:
    """Yield what a finding says, as far as judgements rest on it."""
    if finding.signal == "common":
        names = finding.answer.split(",")
        for name in (*names, f"{len(names)} together"):
            yield finding.item, finding.signal, name, "all" if finding.detail.get("common") else ""
        return
    firm = "firm" if finding.item in ITEM_QUANTITIES and finding.strength >= FIRM else ""
    yield finding.item, finding.signal, finding.answer, str(finding.detail.get("who") or firm)


def otherwise(text: Text, before: Counter[Kind], now: Counter[Kind], hears: Callable[[Kind], bool]) -> bool:
    """Tell whether the text needs what was taken.

    Papers and real sentences do where a finding is new or gone, unless the reader would be believed to say it; of items
    that are weighed over a paper, where it comes twice as often, or less than half as often. Sentences written for
    training or tests do where one is new, or gone and not said by the reader.
    """
    for kind in sorted({*before, *now}):
        was, is_now = before[kind], now[kind]
        weighed = kind[0] in ITEM_QUANTITIES
        if kind[2] == "mentioned" and not (text.real and text.is_paper):
            continue
        if text.real and weighed and text.is_paper:
            if 2 * is_now < was or is_now > 2 * was:
                return True
        elif bool(was) != bool(is_now):
            reads = not is_now and not (text.real and (weighed or not text.is_paper))
            if not (reads and hears(kind)):
                return True
    return False


def heard(text: Text, place: int, kind: Kind, votes: Votes, sure: Mapping[str, float]) -> bool:
    """Tell whether the reader says the same of a sentence without a rule: in a paper, so that it is believed."""
    scores = text.scores.get(place)
    if scores is None or (text.is_paper and not text.sentences[place].is_whole):
        return False
    for label, meaning in MEANINGS.items():
        if meaning.item == kind[0] and kind[1:3] in meaning.favours:
            least = sure[label] + MARGIN if text.is_paper and label in sure else float("inf") if text.is_paper else 0.0
            said = ballot([], meaning, text.sentences[place])
            if tally(scores[label], said, votes[meaning.family]) >= least:
                return True
    return False

"""Where an item of a review stands, and how that is worded in every file: only what people settled is an answer."""

from __future__ import annotations

SETTLED = "settled"  # an adjudicator, reviewers who agree, or the one reviewer to whom the study is handed
CONFLICT = "conflict"  # reviewers disagree, and nobody has settled it
AWAITED = "awaited"  # some of its reviewers have answered, the others not yet: no answer, and nobody is told theirs
PROPOSED = "proposed"  # the machine says something, and no person has answered
OPEN = "open"  # nobody has answered, and nothing is proposed or may be shown
STATES = (SETTLED, CONFLICT, AWAITED, PROPOSED, OPEN)

WORDS = {
    SETTLED: "Settled by reviewers",
    CONFLICT: "In conflict",
    AWAITED: "Awaiting another reviewer",
    PROPOSED: "Proposed by vivex, not reviewed",
    OPEN: "Not reviewed",
}

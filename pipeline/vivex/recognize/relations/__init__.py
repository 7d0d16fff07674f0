"""What belongs together: doses with agent, route, schedule and group, outcomes with methods, miRNAs with targets."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.document import Document
from vivex.recognize.spans import Span


def related(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the normalised spans with what belongs to each, and the mentions of the experimental groups."""
    from vivex.recognize.relations.binding import bound
    from vivex.recognize.relations.by_agent import by_agent
    from vivex.recognize.relations.groups import with_groups
    from vivex.recognize.relations.methods import measured
    from vivex.recognize.relations.names import one_named
    from vivex.recognize.relations.purpose import purposed
    from vivex.recognize.relations.targets import targeted

    spans = bound(document, purposed(document, one_named(document, spans)))
    return by_agent(document, with_groups(document, targeted(document, measured(document, spans))))

"""Sixty doses of ten development papers, read by hand: what is given, and by which route (dose_bindings.jsonl)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from vivex.codebook import template
from vivex.parse import parse_file
from vivex.recognize import make_entities
from vivex.vocabulary import plain, route_of

LIST = Path(__file__).with_name("dose_bindings.jsonl")
MODELS = Path(__file__).resolve().parents[3] / "models"


def agent_is(right: str, *told: str) -> bool:
    """Tell whether one of the wordings told says the agent."""
    words = [re.sub(r"[^\w]+", " ", t.casefold()).strip() for t in (right, *told)]
    return any(words[0] == t or (t and words[0] and (words[0] in t or t in words[0])) for t in words[1:])


def route_is(right: str, told: str) -> bool:
    """Tell whether the words told say the route, or a way of it."""
    if not right or not told:
        return right == told
    term = route_of(told)
    return right in ((term.name, term["broader"]) if term else ()) or plain(right) in plain(told)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.shared
def test_agent_and_route_are_right_in_nine_of_ten(shared: Path) -> None:
    wanted = defaultdict(list)
    for line in LIST.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted[row["study"]].append(row)
    annotate = make_entities(params={}, models=MODELS, codebook=template("invivo"))
    agents, routes, wrong = 0, 0, []
    for study, rows in sorted(wanted.items()):
        document = parse_file(shared / "gold" / "texts" / f"{study}.txt")
        doses = {a.evidence[0].start: a.value for a in annotate(document) if a.label == "dose"}
        for row in rows:
            value = doses.get(row["start"], {"agent": "", "route": "", "bound": {}})
            place = value["bound"].get("agent", [0, 0])
            agent = agent_is(row["agent"], value["agent"], document.text[slice(*place)])
            route = route_is(row["route"], value["route"])
            agents, routes = agents + agent, routes + route
            if not (agent and route):
                wrong.append((study, row["start"], value["agent"], value["route"]))
    total = sum(map(len, wanted.values()))
    assert total == 60
    assert agents >= 0.9 * total, wrong
    assert routes >= 0.9 * total, wrong

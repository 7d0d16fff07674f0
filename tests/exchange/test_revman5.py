"""RevMan 5's quality items, read as its importers (revman's own, meta's read.rm5) read them: by XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from vivex.exchange.revman5 import escaped, write_rm5


def entries(data: bytes) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Return (item, study, group) -> (result, support), by names."""
    root = ET.fromstring(data)
    studies = {s.get("ID"): s.get("NAME") for s in root.iter("STUDY")}
    found = {}
    for item in root.iter("QUALITY_ITEM"):
        groups = {g.get("ID"): g.findtext("NAME") for g in item.iter("QUALITY_ITEM_DATA_ENTRY_GROUP")}
        assert (item.get("LEVEL") == "GROUP") == bool(groups)
        for entry in item.iter("QUALITY_ITEM_DATA_ENTRY"):
            key = (item.findtext("NAME"), studies[entry.get("STUDY_ID")], groups.get(entry.get("GROUP_ID"), ""))
            found[key] = (entry.get("RESULT"), entry.findtext("DESCRIPTION/P"))
    return found


def test_each_judgement_is_an_entry(material):
    found = entries(write_rm5(material)["review.rm5"])
    assert len(found) == 10  # eight items of the study, one of them for two outcomes: nine and one in conflict
    assert found["Sequence generation (selection bias)", "Ode 2019", ""][0] == "YES"
    assert found["Baseline characteristics (selection bias)", "Ode 2019", ""][0] == "NO"
    assert found["Allocation concealment (selection bias)", "Ode 2019", ""][0] == "UNKNOWN"
    by_outcome = {group: result for (name, _, group), (result, _) in found.items() if "Incomplete" in name}
    assert by_outcome == {"infarct size": "YES", "survival": "NO"}
    assert not [name for name, _, _ in found if name.startswith("Other sources")]
    assert "𝛼₂" in found["Sequence generation (selection bias)", "Ode 2019", ""][1]


def test_the_studies_have_their_references(material):
    root = ET.fromstring(write_rm5(material)["review.rm5"])
    first, second = root.iter("STUDY")
    assert (first.get("ID"), first.get("NAME"), first.get("YEAR")) == ("STD-Ode-2019", "Ode 2019", "2019")
    assert first.findtext("REFERENCE/TI") == "Agonists, and the hearts of rats"
    assert [i.get("VALUE") for i in first.iter("IDENTIFIER")] == ["10.5555/ode.2019", "12345678"]
    assert second.findtext("REFERENCE/TI") == "Nobody looked at it <yet> & so on"


@given(st.text(min_size=1, max_size=20))
def test_ids_hold_only_what_xml_ids_may(label):
    assert all(c.isascii() and (c.isalnum() or c in "-_") for c in escaped(label))


def test_ids_are_escaped_as_in_a_real_file(shared):
    root = ET.fromstring((shared / "exchange" / "samples" / "revman5.rm5").read_bytes())
    same = [s for s in root.iter("STUDY") if s.get("ID") == f"STD-{escaped(s.get('NAME'))}"]
    assert len(same) >= 0.9 * len(list(root.iter("STUDY")))
    assert {i.get("LEVEL") for i in root.iter("QUALITY_ITEM")} == {"STUDY", "GROUP"}
    assert {e.get("RESULT") for e in root.iter("QUALITY_ITEM_DATA_ENTRY")} <= {"YES", "NO", "UNKNOWN"}

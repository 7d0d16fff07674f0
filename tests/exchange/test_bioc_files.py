"""BioC: read by its own library as we read it; its library's files; any text there and back."""

from __future__ import annotations

import bioc
import pytest
from bioc import biocjson, biocxml
from hypothesis import given

from exchange.marked_texts import marked_texts, material, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.bioc_files import JSON, XML, read_bioc_json, read_bioc_xml, write_bioc_json, write_bioc_xml
from vivex.exchange.formats import MarkedSpan, MarkedText

TWO_PARTS = MarkedText("s", "left 🐁 and right hearts", (MarkedSpan("outcome", ((0, 4), (17, 23)), "heart"),))


@pytest.mark.parametrize("of", [JSON, XML])
@given(text=marked_texts())
def test_any_text_comes_back(tmp_path_factory, of, text):
    (back,) = there_and_back(of, text, tmp_path_factory.mktemp("bioc")).texts
    assert (back.study, back.text, back.spans) == (text.study, text.text, text.spans)


def as_its_library_reads(collection: bioc.BioCCollection) -> list[tuple[str, str, list[str]]]:
    """Return each mark's type, text, and the words at its places, as bioc gives them."""
    found = []
    for document in collection.documents:
        for passage in document.passages:
            for one in passage.annotations:
                places = [(place.offset - passage.offset, place.end - passage.offset) for place in one.locations]
                found.append((one.infons["type"], one.text, [passage.text[a:b] for a, b in places]))
    return found


def test_its_library_reads_what_is_written():
    wanted = [("outcome", "left hearts", ["left", "hearts"])]
    json_, xml = write_bioc_json(material(TWO_PARTS))["bioc.json"], write_bioc_xml(material(TWO_PARTS))["bioc.xml"]
    assert as_its_library_reads(biocjson.loads(json_.decode())) == wanted
    assert as_its_library_reads(biocxml.loads(xml.decode())) == wanted


@given(text=marked_texts())
def test_its_library_reads_any_text(text):
    data = write_bioc_xml(material(text))["bioc.xml"].decode()
    (document,) = biocxml.loads(data).documents
    assert document.passages[0].text == text.text
    assert [a.infons["type"] for a in document.passages[0].annotations] == [s.label for s in text.spans]


def test_characters_that_xml_forbids_keep_their_place():
    text = MarkedText("s", "a\x01b", (MarkedSpan("x", ((2, 3),)),))
    (document,) = biocxml.loads(write_bioc_xml(material(text))["bioc.xml"].decode()).documents
    assert document.passages[0].text == "a\ufffdb"


def test_entities_from_outside_are_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    path = tmp_path / "a.xml"
    path.write_text(
        f'<!DOCTYPE collection [<!ENTITY x SYSTEM "file://{secret}">]><collection><document><id>s</id><passage>'
        "<offset>0</offset><text>&x;</text></passage></document></collection>"
    )
    (text,) = read_bioc_xml(path).texts
    assert "SECRET" not in text.text


def test_what_is_none_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{}")
    with pytest.raises(MalformedFile, match="no documents in it"):
        read_bioc_json(path)


def test_real_files(shared):
    one, other = (
        read(shared / "exchange" / "samples" / f"bioc-everything.{kind}")
        for read, kind in ((read_bioc_json, "json"), (read_bioc_xml, "xml"))
    )
    assert one.texts == other.texts
    assert any(text.spans for text in one.texts)
    assert "relations" in one.notes[0]

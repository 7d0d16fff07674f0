from pathlib import Path

import pytest

from vivex.codebook import template
from vivex.document import Document
from vivex.recognize import make_entities
from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.gene_ids import gene_value
from vivex.recognize.kinds.mirna import mirbase
from vivex.recognize.lexicon import Keys, gene_record, genes, key_of, keys, phrase_key
from vivex.recognize.outcome_parts import outcome_value


def annotate(text, **params):
    annotator = make_entities(params=params, models=Path("no-models-here"), codebook=template("invivo"))
    object.__setattr__(annotator, "model", None)  # whatever model is shipped: these tests are about the grammars
    return annotator(Document("s", text))


@pytest.mark.parametrize("written", ["IL-1β", "IL1B", "Il1b", "interleukin 1 beta", "IL-1 beta"])
def test_spellings_of_one_gene(written):
    assert gene_value(written, species="rat")["ids"]["HGNC"] == "5992"


def test_the_symbol_is_the_species_own():
    assert gene_value("p53", species="mouse")["normal"] == "Trp53"
    assert gene_value("p53", species="human")["normal"] == "TP53"
    assert set(gene_value("TP53", species="human")["ids"]) == {"HGNC", "MGI", "RGD"}


def test_an_ambiguous_alias_stays_open_unless_the_paper_decides():
    open_ = gene_value("p14", species="human")
    assert open_["ids"] == {}
    two = next(k for k in ("ASP", "TAFI", "Mer") if len({g.symbol for g, _ in genes(k)}) > 1)
    assert gene_value(two, species="human")["candidates"]
    symbol = genes(two)[1][0].symbol
    assert gene_value(two, species="human", seen={symbol})["symbol"] == symbol


def test_families_and_reporters_have_a_name_but_no_id():
    assert gene_value("NF-κB")["normal"] == "NF-κB"
    assert gene_value("NF-κB")["ids"] == {}
    assert gene_value("EGFP")["normal"] == "EGFP"


def test_known_and_unknown_mirna_numbers():
    assert mirbase("miR-140-5p", "hsa")[0] is True
    assert mirbase("miR-140-5p", "hsa")[1] == "hsa-miR-140-5p"
    assert mirbase("miR-140-5p", "hsa")[2].startswith("MIMAT")
    assert mirbase("miR-98765-3p", "hsa")[0] is False


def test_a_slip_beside_a_frequent_name_is_flagged():
    text = "In rats miR-485-3p fell. " * 6 + "Then miR-484-3p rose and miR-21 too."
    flags = {a.value["normal"]: a.value["near_miss"] for a in annotate(text) if a.label == "mirna"}
    assert flags == {"miR-485-3p": "", "miR-484-3p": "miR-485-3p", "miR-21": ""}


def test_a_dose_is_bound_to_what_stands_by_it():
    text = "Rats received dexamethasone (2 mg/kg, i.p.) once daily for 4 weeks or saline (1 mL/kg, s.c.)."
    doses = [a.value for a in annotate(text) if a.label == "dose"]
    assert [(d["agent"], d["route"]) for d in doses] == [("dexamethasone", "i.p."), ("saline", "s.c.")]
    assert "once daily" in doses[0]["schedule"]


def test_abbreviations_resolve():
    assert (
        find_abbreviations("synovial mesenchymal stem cells (SMSCs) were")["SMSCs"] == "synovial mesenchymal stem cells"
    )
    assert find_abbreviations("rats (n = 6) and mice (10 mg/kg) (Fig. 1)") == {}
    text = "Synovial mesenchymal stem cells (SMSCs) were isolated from rats. SMSCs were then cultured."
    cells = [a.value["normal"] for a in annotate(text) if a.label == "cell" and a.value["text"] == "SMSCs"]
    assert cells
    assert set(cells) == {"synovial mesenchymal stem cells"}


def test_outcomes_in_parts():
    assert outcome_value("mRNA expression of Sox9") == {"head": "mRNA expression", "analyte": "Sox9", "method": ""}
    assert outcome_value("serum IL-6 levels")["analyte"] == "serum IL-6"
    assert outcome_value("Safranin-O staining")["head"] == "cartilage histology"


def test_an_outcome_has_the_method_that_its_sentence_names():
    text = "In rats, serum IL-6 levels were measured by ELISA. Body weight rose."
    methods = {a.value["text"]: a.value["method"] for a in annotate(text) if a.label == "outcome"}
    assert methods["serum IL-6 levels"] == "ELISA"
    assert methods["Body weight"] == ""


def test_mentions_of_one_thing_share_their_normal_form():
    found = [(a.label, a.value["normal"]) for a in annotate("Mice, a mouse, rats. miR-21, hsa-miR-21, microRNA-21.")]
    assert [normal for label, normal in found if label == "species"] == ["mouse", "mouse", "rat"]
    assert {normal for label, normal in found if label == "mirna"} >= {"miR-21"}


def test_keys_are_found_by_bisection():
    table = Keys(b"a\t1\nab\t2\nb\t3\n")
    assert [table.get(k) for k in ("a", "ab", "b", "", "aa", "c")] == ["1", "2", "3", None, None, None]
    data = keys("genes.keys")
    assert data.get(key_of("SOX9")) is not None
    assert gene_record(0).symbol


def test_phrase_keys_ignore_plural_and_hyphens():
    assert phrase_key("Bone-marrow cells") == phrase_key("bone marrow cell")


def test_every_lexicon_file_has_its_licence():
    folder = Path(__import__("vivex").__file__).parent / "data" / "lexicon"
    table = (folder / "LICENCES.md").read_text(encoding="utf-8")
    assert [f.name for f in sorted(folder.iterdir()) if f.name != "LICENCES.md" and f.name not in table] == []

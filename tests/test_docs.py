"""What the pages in docs/ show works as they show it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from vivex.codebook import POLICY, SCOPES, Field, from_data
from vivex.document import Document
from vivex.engines.slurm import JobRequest, check_memory, read_request
from vivex.labels import entity_labels
from vivex.questions import KINDS, UnreadableAnswer, field_types
from vivex.review import read_params

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"))


def test_the_codebooks_shown_are_codebooks():
    whole, one_field, means, policy = (yaml.safe_load(text) for text in blocks("writing-a-codebook.md", "yaml"))
    assert from_data(whole).fields[0].name == "analgesia"
    asked = from_data({"schema": 1, "fields": [*one_field, *means], **policy})
    assert asked.setting("randomised_without_method") == "low"
    page = (DOCS / "writing-a-codebook.md").read_text(encoding="utf-8")
    shown = re.search(r"(?m)^.+ \| .+: .+ ± .+$", page)
    assert shown
    assert asked.questions["form.means"].parse(shown[0]) == shown[0]


def test_every_setting_of_a_codebook_is_explained():
    page = (DOCS / "writing-a-codebook.md").read_text(encoding="utf-8")
    for name in (*POLICY, *field_types(), *SCOPES, *Field.__dataclass_fields__):
        assert f"`{name}`" in page, name
    for label in entity_labels():
        assert re.search(rf"\b{label}\b", page), label


def test_the_type_of_answer_shown_is_a_type(monkeypatch):
    (code,) = blocks("writing-a-codebook.md", "python")
    monkeypatch.setitem(KINDS, "share", KINDS["text"])  # what the page declares goes with the test
    exec(compile(code, "writing-a-codebook.md", "exec"), {})
    field = {"name": "lost", "question": "How many were lost?", "type": "share"}
    asked = from_data({"schema": 1, "fields": [field]}).questions["form.lost"]
    assert asked.same(asked.parse("12.5"), asked.parse("12.5 %"))
    with pytest.raises(UnreadableAnswer, match="per cent"):
        asked.parse("some")


def test_the_recognisers_shown_recognise():
    plug_in, finder = ({} for _ in range(2))
    for code, names in zip(blocks("adding-an-entity.md", "python"), (plug_in, finder), strict=True):
        exec(compile(code, "adding-an-entity.md", "exec"), names)
    document = Document(study="one", text="Sixteen NM12-KX rats were bred under isoflurane.")
    (strain,) = plug_in["make_strains"](params={}, models=DOCS, codebook=None)(document)
    assert strain.evidence[0].quote == "NM12-KX"
    (span,) = finder["find_anaesthetic"](document.text)
    assert document.text[span.start : span.end] == "isoflurane"


@pytest.mark.parametrize("page", sorted(p.name for p in DOCS.glob("*.md")))
def test_links_between_pages_lead_somewhere(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (DOCS / target).exists(), f"{page} links to {target}"


def test_the_jobs_shown_are_jobs(tmp_path):
    (limits, jobs) = blocks("clusters.md", "yaml")
    (tmp_path / "params.yaml").write_text(limits)
    assert read_params(tmp_path / "params.yaml")["limits"]["on"].startswith("dask://")
    (tmp_path / "jobs.yaml").write_text(jobs.replace("# interface", "interface").replace("# scratch", "scratch"))
    asked = read_request(tmp_path / "jobs.yaml")
    check_memory(asked, 4000, where="jobs.yaml")
    page = (DOCS / "clusters.md").read_text(encoding="utf-8")
    for key in JobRequest.__annotations__:
        assert f"{key}:" in page, key

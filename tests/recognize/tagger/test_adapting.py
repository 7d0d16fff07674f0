"""Adaptation to a review: what it learns, what it leaves alone, what it writes."""

import re
from pathlib import Path

import pytest

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.recognize.tagger import neural
from vivex.recognize.tagger.adapting import adapt, tags_of
from vivex.recognize.tagger.tokens import words_of

BASE = Path(__file__).resolve().parents[3] / "models" / "base" / "ner"
PLACES = ("the north barn", "the old shed", "a quiet room", "the second floor", "the tiled yard", "a warm pen")


def _paper(number):
    """Make a paper of a review that calls its rearing box, the grumbox, a model: nobody else does."""
    place = PLACES[number % len(PLACES)]
    text = (
        f"Mice of cohort {number} were kept in {place} before the grumbox test began. "
        f"After {number + 3} days the grumbox was opened in {place}. The grumbox stood beside the door."
    )
    document = Document(f"s{number}", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))
    found = []
    start = text.find("grumbox")
    while start >= 0:
        found.append(Annotation(f"s{number}", "model", {}, (evidence(document, start, start + 7),), "reviewer:ab"))
        start = text.find("grumbox", start + 1)
    return document, found


@pytest.fixture(scope="module")
def adapted(tmp_path_factory):
    out = tmp_path_factory.mktemp("review") / "ner"
    said = adapt([_paper(n) for n in range(12)], base=BASE, out=out, params={"prior": 0.1, "dense_prior": 0.1})
    return out, said


def _models(recogniser, document):
    return [document.text[a:b] for label, a, b, _ in recogniser(document) if label == "model"]


def test_it_learns_what_reviewers_call_a_model(adapted):
    out, said = adapted
    document, _ = _paper(40)
    assert "grumbox" not in _models(neural.load_folder(BASE), document)
    assert _models(neural.load_folder(out), document).count("grumbox") >= 2
    assert said["adapted"] is True
    assert said["labels"] == ["model"]
    assert said["mentions"]["model"] == 36


def test_labels_nobody_reviewed_stay_as_they_were(adapted):
    out, _ = adapted
    text = "Wistar rats received 10 mg/kg dexamethasone intraperitoneally, and Sox9 was measured."
    document = Document("x", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))

    def others(folder):
        return [m[:3] for m in neural.load_folder(folder)(document) if m[0] != "model"]

    assert others(out) == others(BASE)


def test_only_weights_are_written_and_the_same_pairs_give_the_same_bytes(adapted, tmp_path):
    out, _ = adapted
    assert sorted(p.name for p in out.iterdir()) == ["chain.npz", "model.json"]
    adapt([_paper(n) for n in reversed(range(12))], base=BASE, out=tmp_path, params={"prior": 0.1, "dense_prior": 0.1})
    for name in ("chain.npz", "model.json"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
    assert neural.load_folder(out).source != neural.load_folder(BASE).source


def test_too_little_writes_nothing(tmp_path):
    said = adapt([_paper(0), _paper(1)], base=BASE, out=tmp_path / "ner", params={})
    assert said["adapted"] is False
    assert "most: 6 mentions, 2 papers" in said["reason"]
    assert not (tmp_path / "ner").exists()
    assert adapt([], base=BASE.parent, out=tmp_path / "ner", params={})["adapted"] is False


def test_tags_follow_words_and_mask_what_was_not_reviewed():
    document, found = _paper(0)
    words = words_of(document.text)
    tags = tags_of(words, found, {"model"}, columns=neural.load_folder(BASE).labels)
    assert [words.text[i] for i in range(len(words)) if tags[i, 9] == 1] == ["grumbox"] * 3
    assert set(tags[:, 0].tolist()) == {-1}


def test_a_sentence_alone_teaches_its_label(tmp_path):
    pairs, lessons = [], {}
    for number in range(12):
        document, found = _paper(number)
        end = document.text.index(".") + 1
        pairs.append((document, [a for a in found if a.evidence[0].end <= end]))
        lessons[document.study] = [("model", 0, end)]
    params = {"prior": 0.1, "dense_prior": 0.1, "least_mentions": 10, "lessons": lessons}
    said = adapt(pairs, base=BASE, out=tmp_path / "ner", params=params | {"reviewed": {d.study: [] for d, _ in pairs}})
    assert said["labels"] == ["model"]
    assert said["words"] == sum(len(words_of(d.text[: lessons[d.study][0][2]])) for d, _ in pairs)
    document, _ = _paper(40)
    assert "grumbox" in _models(neural.load_folder(tmp_path / "ner"), document)


def test_a_label_that_the_model_does_not_know_is_learnt_from_nought(tmp_path):
    pairs = []
    for number in range(12):
        document, _ = _paper(number)
        at = [m.start() for m in re.finditer("cohort|door|test", document.text)]
        spans = [evidence(document, a, document.text.index(" ", a)) for a in at if " " in document.text[a:]]
        pairs.append((document, [Annotation(document.study, "group", {}, (e,), "reviewer:ab") for e in spans]))
    params = {"prior": 0.1, "dense_prior": 0.1, "least_mentions": 10}
    said = adapt(pairs, base=BASE, out=tmp_path / "ner", params=params)
    assert said["labels"] == ["group"]
    model = neural.load_folder(tmp_path / "ner")
    assert model.labels == (*neural.load_folder(BASE).labels, "group")
    document, _ = _paper(40)
    assert "cohort" in [document.text[a:b] for label, a, b, _ in model(document) if label == "group"]

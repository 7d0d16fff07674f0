"""A newcomer's errands, each done as its page in docs says: in a copy of the package, or in a package of one's own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vivex
from test_labels import TISSUE, install

PACKAGE = Path(vivex.__file__).parent
ROOT = PACKAGE.parents[1]
DOCS = ROOT / "docs"
PAPER = """Rats under isoflurane

## Methods
Twelve Wistar rats were kept under isoflurane while the cartilage was opened.
"""


def blocks(page: str, kind: str) -> list[str]:
    """Return the code blocks of a kind on a page, in order."""
    return re.findall(rf"```{kind}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def python(code: str, *paths: Path, folder: Path) -> str:
    """Run code in a fresh interpreter that finds packages in `paths` first; return what it printed."""
    found = os.pathsep.join([*map(str, paths), *filter(None, [os.environ.get("PYTHONPATH")]), str(PACKAGE.parent)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": found},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def mentions(out: Path, study: str, label: str) -> list[str]:
    """Return the quotes of a study's mentions of a label."""
    lines = (out / "mentions" / f"{study}.jsonl").read_text(encoding="utf-8").splitlines()
    return [a["evidence"][0]["quote"] for a in map(json.loads, lines) if a["label"] == label]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a source root with a copy of the package that may be changed; data and models are the repository's."""
    root = tmp_path / "pipeline"
    shutil.copytree(PACKAGE, root / "vivex", ignore=shutil.ignore_patterns("data", "__pycache__"))
    (root / "vivex" / "data").symlink_to(PACKAGE / "data", target_is_directory=True)
    (tmp_path / "models").symlink_to(ROOT / "models", target_is_directory=True)
    return root


RUN = """
from vivex.cli import main
raise SystemExit(main(["run", "paper.txt", "--out", "R", "--no-report", "--jobs", "1"]))
"""

LEARN = """
from pathlib import Path
from vivex.annotation import Annotation, evidence
from vivex.cli import main
from vivex.document import read_document
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import open_review

WORD = "zolafane"  # a name that the rules don't know: the model must learn it
assert main(["init", "review"]) == 0
for n in range(12):
    text = f"Paper {n}\\n\\n## Methods\\n" + "".join(
        f"Cohort {n + k} of the rats was kept under {WORD} for {k + 2} hours. " for k in range(4)
    )
    Path(f"review/pdfs/s{n}.txt").write_text(text)
Path("review/params.yaml").write_text(
    "train: {least_papers: 3, least_mentions: 9, min_training: 3, min_held_out: 1, share: 0.4, resamples: 50, "
    "prior: 0.1, dense_prior: 0.1, curve: [1.0]}\\n"
)
assert main(["parse", "--root", "review", "--jobs", "1"]) == 0
review = open_review(Path("review"))
for n in range(12):
    document = read_document(review.outputs / "documents" / f"s{n}.json")
    marked, start = [], document.text.find(WORD)
    while start >= 0:
        place = evidence(document, start, start + len(WORD))
        marked.append(Annotation(f"s{n}", "anaesthetic", {"text": WORD}, (place,), "reviewer:mk", decision="added"))
        start = document.text.find(WORD, start + 1)
    take_in(review, "mk", marked, Session("w.xlsx", "", True))
assert main(["train", "--root", "review", "--parts", "ner"]) == 0
assert main(["recognize", "--root", "review", "--jobs", "1"]) == 0
"""


@pytest.mark.slow
def test_a_new_entity_is_one_module_and_one_line_and_can_be_learnt(copy: Path, tmp_path: Path) -> None:
    module = next(code for code in blocks("adding-an-entity.md", "python") if "KIND" in code)
    (line,) = blocks("adding-an-entity.md", "text")
    (copy / "vivex" / "recognize" / "kinds" / "anaesthetic.py").write_text(module)
    labels = copy / "vivex" / "labels.py"
    before = labels.read_text()
    end = before.index(")\n", before.index("BUILT_IN = ("))
    labels.write_text(before[:end] + line + before[end:])
    (tmp_path / "paper.txt").write_text(PAPER)
    python(RUN, copy, folder=tmp_path)
    assert mentions(tmp_path / "R", "paper", "anaesthetic") == ["isoflurane"] * 2
    assert mentions(tmp_path / "R", "paper", "species")
    said = python(LEARN, copy, folder=tmp_path)
    assert "promoted" in said, said
    meta = json.loads((tmp_path / "review" / "models" / "ner" / "model.json").read_text())
    assert meta["labels"][-1] == "anaesthetic"
    assert mentions(tmp_path / "review" / "outputs", "s0", "anaesthetic") == ["zolafane"] * 4


CODEBOOK = """schema: 1
name: housing
fields:
  - {name: humidity, question: "How humid was the room?", type: share, keywords: [humidity, humid]}
"""
ANSWERS = """
from pathlib import Path
from vivex.codebook import read_codebook
from vivex.questions import UnreadableAnswer

question = read_codebook(Path("codebook.yaml")).questions["form.humidity"]
assert question.same(question.parse("12.5"), question.parse(" 12.5 % "))
try:
    question.parse("some")
except UnreadableAnswer as error:
    print(error)
"""


def test_a_new_type_of_answer_is_declared_in_one_place(copy: Path, tmp_path: Path) -> None:
    declared = next(code for code in blocks("writing-a-codebook.md", "python") if "KINDS[" in code)
    questions = copy / "vivex" / "questions.py"
    own = declared.replace("from vivex.questions import KINDS, AnswerKind, UnreadableAnswer\n", "")
    questions.write_text(f"{questions.read_text()}\n\n{own}")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    assert python(ANSWERS, copy, folder=tmp_path).startswith("'some' is no share;")
    (tmp_path / "paper.txt").write_text(f"{PAPER}The room was kept at a humidity of 55 % throughout the experiment.\n")
    python(RUN.replace('"--no-report"', '"--codebook", "codebook.yaml"'), copy, folder=tmp_path)
    form = json.loads((tmp_path / "R" / "forms" / "paper.json").read_text(encoding="utf-8"))
    assert list(form["fields"]) == ["humidity"]
    assert (tmp_path / "R" / "review" / "forms.xlsx").exists()


@pytest.mark.slow
def test_a_plug_in_brings_a_label_of_its_own(tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.mkdir()
    install(place, "house_tissue", TISSUE, label="tissue")
    (tmp_path / "paper.txt").write_text(PAPER)
    python(RUN, place, folder=tmp_path)
    assert mentions(tmp_path / "R", "paper", "tissue") == ["cartilage"]


def test_a_wrong_judgement_is_mended_in_one_rule(copy: Path, tmp_path: Path) -> None:
    cases = [json.loads(line) for line in "".join(blocks("mending-a-judgement.md", "json")).splitlines()]
    finding = blocks("mending-a-judgement.md", "python")[0]
    assert python(finding, copy, folder=tmp_path) == ""
    rules = copy / "vivex" / "assess" / "items" / "random_outcome_assessment.py"
    before, after, call, called = blocks("mending-a-judgement.md", "text")
    text = rules.read_text()
    assert text.count(before) == text.count("\n" + call) == 1
    rules.write_text(text.replace(before, after).replace("\n" + call, "\n" + called))
    assert python(finding, copy, folder=tmp_path).startswith("random_outcome_assessment random_selection yes")
    judged = """
import json
from vivex.assess import Assessor
from vivex.codebook import template
from vivex.document import Block, Document, Section

assess = Assessor(template("invivo"))
for case in json.loads(CASES):
    text = case["sentence"]
    document = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))
    found = {a.label[7:]: a.value["judgement"] for a in assess(document) if a.label.startswith("syrcle.")}
    decided = {item: word for item, word in found.items() if word != "unclear"}
    assert decided == case["expect"], (text, decided)
"""
    python(f"CASES = {json.dumps(json.dumps(cases))}\n{judged}", copy, folder=tmp_path)


@pytest.mark.filterwarnings("ignore")  # of torch's exporter, which is not ours to mend
def test_a_tagger_reads_with_another_encoder(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="pip install 'vivex[train]'", exc_type=ImportError)
    transformers = pytest.importorskip("transformers", reason="pip install 'vivex[train]'", exc_type=ImportError)
    pytest.importorskip("onnx", reason="pip install 'vivex[train]'")
    from tokenizers import Tokenizer, models, pre_tokenizers

    from train_ner import encoder
    from train_ner.corpora import TRAINED
    from train_ner.train import checkpoint_of
    from vivex.document import Document
    from vivex.recognize.tagger.neural import load_folder
    from vivex.recognize.tagger.pieces import flag_count

    checkpoint = tmp_path / "checkpoint"  # 16 wide, of one layer, with pieces of its own, as RoBERTa calls them
    words = ["<pad>", "<s>", "</s>", "<unk>", "rats", "were", "given", "ketamine"]
    pieces = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    pieces.pre_tokenizer = pre_tokenizers.Whitespace()
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    torch.manual_seed(1)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(checkpoint)
    pieces.save(str(checkpoint / "tokenizer.json"))
    folder = tmp_path / "ner"
    shutil.copytree(ROOT / "models" / "base" / "ner", folder)
    meta = json.loads((folder / "model.json").read_text())
    flags = flag_count(len(meta["flags"]))
    network = encoder.make_network(checkpoint_of({"checkpoint": str(checkpoint)}), flags)
    encoder.export_onnx(network.eval(), folder / "encoder.onnx", flags=flags, labels=len(TRAINED))
    shutil.copyfile(checkpoint / "tokenizer.json", folder / "tokenizer.json")
    model = load_folder(folder)
    assert model.source != load_folder(ROOT / "models" / "base" / "ner").source
    text = "Wistar rats were given ketamine."
    found = {(label, text[a:b]) for label, a, b, _ in model(Document("s", text))}
    assert ("species", "rats") in found, found

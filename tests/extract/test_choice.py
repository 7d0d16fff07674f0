"""Which of the ranked values are said."""

from __future__ import annotations

from vivex.extract.choice import alike, announced, beside_list, choose, listed, ranked
from vivex.extract.reading import Candidate, Line
from vivex.extract.value_features import Group


def test_the_best_value_may_be_weaker_than_the_others_and_no_value_is_said_twice() -> None:
    def group(value: str) -> Group:
        return Group("groups", value, (Candidate("groups", value, 0, 1, 0, "n"),), (0.0,))

    groups = [group("sham"), group("sham group"), group("vehicle")]

    def keys(*probabilities: float) -> list[str]:
        order = ranked("groups", groups, probabilities)
        return [g.key for g, _ in choose(order, threshold=0.35, least=0.3, most=5)]

    assert keys(0.4, 0.39, 0.38) == ["sham", "vehicle"]
    assert keys(0.31, 0.12, 0.11) == ["sham"]
    assert keys(0.05, 0.04, 0.03) == []


def test_a_doubtful_value_that_no_mention_backs_is_not_said() -> None:
    def group(way: str) -> Group:
        member = Candidate("route", way, 0, 1, 0, way, backed=way != "word")
        return Group("route", way, (member,), (0.0,))

    said = choose([(group("mention:route"), 0.2), (group("word"), 0.2)], threshold=0.1, least=0.1, most=5)
    assert [g.key for g, _ in said] == ["mention:route"]


def test_phrases_that_repeat_one_another_are_alike_but_doses_are_not() -> None:
    assert alike("groups", "vehicle", "vehicle group")
    assert not alike("groups", "dmm + low dose", "dmm + high dose")
    assert alike("outcomes", "mean tumor volume", "final tumor volume")
    assert not alike("dose", "5 mg/kg", "5 mg/kg/day")
    assert alike("groups", "vehicle control", "control")
    for added in ("colitis + tobelin", "colitis+vehicle", "sham + colitis", "colitis plus tobelin"):
        assert not alike("groups", "colitis", added)
        assert not alike("groups", added, "colitis")


def test_what_is_for_a_test_or_a_sampling_is_no_treatment() -> None:
    def group(*purposes: str) -> Group:
        made = (
            Candidate("route", "x", i, i + 1, 0, "mention:route", purpose=p, backed=True)
            for i, p in enumerate(purposes)
        )
        return Group("route", "/".join(purposes), tuple(made), (0.0,))

    order = [(group("sampling"), 0.9), (group("sampling", "treatment"), 0.8), (group("induction"), 0.7)]
    assert [g.key for g, _ in choose(order, threshold=0.5, least=0.5, most=5)] == ["sampling/treatment", "induction"]


def test_two_named_groups_are_two_groups() -> None:
    def group(name: str, way: str) -> Group:
        return Group("groups", name, (Candidate("groups", name, 0, 1, 0, way),), (0.0,))

    named = [group("plain", "mention:group:"), group("plain and oil", "mention:group:"), group("oil", "lone")]
    assert [g.key for g, _ in ranked("groups", named, [0.9, 0.8, 0.7])] == ["plain", "plain and oil"]
    assert not alike("groups", "oil at 5 mg/kg for a month", "oil at 6 mg/kg for a month")


def test_beside_groups_that_the_paper_lists_a_phrase_counts_half() -> None:
    def one(value: str, way: str) -> Group:
        return Group("groups", value, (Candidate("groups", value, 0, 4, 0, way),), (1.0,))

    phrase, listed = one("oil", "n0"), [one(v, "mention:group:") for v in ("quellin", "metarin", "sham with oil")]
    order = [(phrase, 0.6), *((g, 0.5) for g in listed)]
    assert beside_list("groups", order) == [*((g, 0.5) for g in listed), (phrase, 0.3)]
    assert beside_list("groups", order[:3]) == order[:3]
    assert beside_list("comparator", order) == order


def test_amounts_that_one_mention_lists_are_as_probable() -> None:
    def one(value: str, *starts: int) -> Group:
        return Group(
            "dose", value, tuple(Candidate("dose", value, s, s + 9, 0, "mention:dose") for s in starts), (0.0,)
        )

    order = [(one("40 mg/kg", 5), 0.6), (one("5 mg/kg", 50), 0.5), (one("10 mg/kg", 5), 0.3), (one("1 mg", 70), 0.1)]
    assert [(g.key, p) for g, p in listed("dose", order)] == [
        ("40 mg/kg", 0.6),
        ("10 mg/kg", 0.6),
        ("5 mg/kg", 0.5),
        ("1 mg", 0.1),
    ]
    assert listed("route", order) == order


def test_a_model_that_title_or_abstract_names_is_announced() -> None:
    kinds = (("title", "other"), ("text", "abstract"), ("text", "methods"))
    lines = [Line(i, 0, 1, "", role, kind, "", 0.0, []) for i, (kind, role) in enumerate(kinds)]

    def group(value: str, line: int, way: str = "mention:model") -> tuple[Group, float]:
        return Group("disease_model", value, (Candidate("disease_model", value, 0, 1, line, way),), (0.0,)), 0.1

    methods, abstract, title = group("ligation", 2), group("sepsis", 1), group("lung injury", 0)
    assert announced([methods, abstract, title], lines) == [title]
    assert announced([methods, abstract], lines) == [abstract]
    assert announced([methods, group("injury in rats", 0, "ill1")], lines) == []

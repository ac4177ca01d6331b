"""Values put together: what a name says, the levels that it makes, and what is refused."""

from dataclasses import replace

import pytest
from snapshots_made import COLUMNS, make_snapshot

from skillnad.analysis.calendars import date_of
from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.headline import headline
from skillnad.analysis.merged import merged, merged_column, merged_of, merged_places, merged_problems, ungrouped
from skillnad.analysis.questions import Change, Count, CrossTable, Duration, Selection, Share, Sum, Where
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Column
from skillnad.lib.errors import UserError

ORIGIN = COLUMNS["origin"]
NAME = "merged:origin:Europa=3;Sverige=1,2"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    rows = "client | unit | origin | problem | start_date | end_date | age | rating"
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), interventions=rows).manifest


def test_name_is_written_from_groups_and_read_back():
    assert merged("origin", {"Europa": ("3",), "Sverige": ("1", "2")}) == NAME
    assert merged_of(NAME).groups == (("Europa", ("3",)), ("Sverige", ("1", "2")))
    assert merged_of(NAME).name == NAME


@pytest.mark.parametrize("name", ["origin", "month:start_date", "known:start_date", "merged"])
def test_other_names_put_nothing_together(name):
    assert merged_of(name) is None


def test_name_without_groups_is_the_column_and_no_date():
    assert ungrouped(NAME) == ungrouped("origin") == "origin"
    assert not date_of(NAME)


def test_levels_are_the_groups_the_others_and_what_nobody_knows():
    made = merged_column(merged_of(NAME), ORIGIN)
    assert [level.code for level in made.levels] == ["Europa", "Sverige", "others", "5"]
    assert (made.unknown, made.sv, made.levels[2].sv) == ({"5"}, "origin i grupper", "Övriga")


def test_there_is_no_others_where_the_groups_hold_every_value():
    made = merged_column(merged_of("merged:origin:A=1,2;B=3,4"), ORIGIN)
    assert [level.code for level in made.levels] == ["A", "B", "5"]


def test_sensitive_stays_sensitive_and_an_order_is_gone():
    stored = replace(COLUMNS["rating"], sensitive=True)
    made = merged_column(merged_of("merged:rating:Bra=3,2"), stored)
    assert (made.sensitive, made.order, made.kind) == (True, (), Column.CODE)


def test_each_stored_level_has_a_place():
    assert merged_places(merged_of(NAME), ORIGIN) == [1, 1, 0, 2, 3]


@pytest.mark.parametrize(
    ("groups", "codes"),
    [
        ("A=1", []),
        ("A=1;B=2,3,4", []),
        ("A=1,2,3,4", ["ASK-081"]),
        ("", ["ASK-078"]),
        ("A", ["ASK-078"]),
        ("=1", ["ASK-078"]),
        ("others=1", ["ASK-078"]),
        ("5=1", ["ASK-078"]),
        ("*=1", ["ASK-078"]),
        (f"{'a' * 61}=1", ["ASK-078"]),
        ("A=1;A=2", ["ASK-079"]),
        ("A=1;B=1", ["ASK-079"]),
        ("A=9", ["ASK-008"]),
        ("A=1,5", ["ASK-008"]),
    ],
)
def test_groups_that_are_no_groups_are_refused(groups, codes):
    told = list(merged_problems(merged_of(f"merged:origin:{groups}"), ORIGIN))
    assert [problem.code for problem in told] == codes


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Count(by=(NAME, "origin")), "ASK-005"),
        (Count(by=(NAME, "merged:origin:A=1")), "ASK-005"),
        (Count(by=("merged:shoe:A=1",)), "ASK-001"),
        (Count(by=("merged:age:A=1",)), "ASK-010"),
        (Count(by=("merged:start_date:A=1",)), "ASK-010"),
        (Count(by=("merged:origin:A=9",)), "ASK-008"),
        (Count(Selection(where=(Where(NAME, ("Europa",)),))), "ASK-082"),
        (Share(Where(NAME, ("Europa",))), "ASK-082"),
        (Sum(NAME), "ASK-013"),
        (Change("merged:rating:Bra=3", Selection()), "ASK-027"),
        (Duration(NAME, "end_date"), "ASK-007"),
    ],
)
def test_groups_where_none_can_be_are_refused(manifest, question, code):
    with pytest.raises(UserError) as refused:
        check_question(manifest, question)
    assert code in [problem.code for problem in refused.value.problems]


def test_groups_stand_where_columns_do(manifest):
    check_question(manifest, CrossTable("merged:problem:A=1,2", NAME, outside=("A",)[:0], by=("unit",)))


def test_words_say_that_it_is_in_groups(tmp_path):
    rows = [{"origin": code} for code in ("1", "2", "3") for _ in range(9)]
    table = ask(make_snapshot(tmp_path, interventions=rows), Count(by=(NAME,)))
    assert table.value("count", "Sverige") == 18
    assert headline(table).endswith("efter origin i grupper")
    assert column_words(NAME) == "ursprung i grupper"


COMPARED = Share(Where("legal_sex", ("1",)), by=(NAME,))


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    kinds = {("3", "1"): 40, ("3", "2"): 10, ("1", "1"): 10, ("2", "2"): 30, ("4", "1"): 20}
    rows = [{"origin": origin, "legal_sex": sex} for (origin, sex), times in kinds.items() for _ in range(times)]
    return make_snapshot(tmp_path_factory.mktemp("people"), interventions=rows)


def test_groups_are_compared_with_one_of_them(people):
    table = ask(people, Comparison(COMPARED, against="Europa"))
    assert table.value("share", "Sverige") == 0.25
    assert table.value("difference", "Sverige") == pytest.approx(-0.55)


def test_group_that_is_not_there_is_no_one_to_compare_with(people):
    with pytest.raises(UserError) as refused:
        ask(people, Comparison(COMPARED, against="3"))
    assert [problem.code for problem in refused.value.problems] == ["ASK-038"]


KINDS = [("A", "3", 30, 30), ("A", "1", 8, 32), ("B", "3", 20, 20), ("B", "2", 12, 48)]
"""Unit, origin, and how many women and men."""


def test_groups_are_adjusted_for_as_a_column_of_them_would_be(tmp_path):
    rows = [
        {"unit": unit, "origin": origin, "previous_contact": "1" if origin == "3" else "2", "legal_sex": sex}
        for unit, origin, *times in KINDS
        for sex, number in zip("12", times, strict=True)
        for _ in range(number)
    ]
    snapshot = make_snapshot(tmp_path, interventions=rows)
    women = Share(Where("legal_sex", ("1",)), by=("unit",))
    told = [ask(snapshot, Comparison(women, adjusted_for=(name,))).cells for name in (NAME, "previous_contact")]
    assert told[0].keys() > {"share", "difference"}
    assert told[0].keys() == told[1].keys()
    for measure, cells in told[1].items():
        assert told[0][measure] == pytest.approx(cells, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("adjusted_for", "code"),
    [(("merged:origin:A=9",), "ASK-008"), ((NAME, "origin"), "ASK-041"), (("merged:unit:A=A",), "ASK-041")],
)
def test_groups_that_cannot_be_adjusted_for_are_refused(tmp_path, adjusted_for, code):
    snapshot = make_snapshot(tmp_path, interventions="unit | origin | legal_sex")
    with pytest.raises(UserError) as refused:
        ask(snapshot, Comparison(Share(Where("legal_sex", ("1",)), by=("unit",)), adjusted_for=adjusted_for))
    assert code in [problem.code for problem in refused.value.problems]

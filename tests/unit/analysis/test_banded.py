"""Days and numbers in bands: what a name says, the levels that it makes, and what is refused."""

from datetime import date

import pytest
from snapshots_made import COLUMNS, make_snapshot

from skillnad.analysis.banded import Banded, any_banded, banded_column, banded_of, in_order
from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.engines.bits import answers
from skillnad.analysis.headline import headline
from skillnad.analysis.made_columns import made_column, stored_behind, with_made
from skillnad.analysis.questions import Change, Count, Duration, Selection, Share, Sum, Where
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn
from skillnad.lib.errors import UserError

NAME = "days:start_date..end_date:7,8,30"
DAYS = banded_of(NAME)
NUMBER = banded_of("number:age:18,65")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    rows = "client | unit | origin | start_date | end_date | decision_date | age | rating"
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), interventions=rows).manifest


def test_name_is_read():
    assert banded_of(NAME) == Banded("days", ("start_date", "end_date"), (7, 8, 30))
    assert banded_of("number:age:18,65") == Banded("number", ("age",), (18, 65))


@pytest.mark.parametrize("name", ["age", "days", "days:start_date", "month:start_date", "merged:origin:A=1"])
def test_other_names_are_in_no_bands(name):
    assert banded_of(name) is None


@pytest.mark.parametrize("told", ["", "a", "7,,8", "7;8", "-1", "7,", "12345678901"])
def test_limits_that_cannot_be_read_are_none(told):
    assert banded_of(f"number:age:{told}").limits == ()


@pytest.mark.parametrize(
    ("name", "right"),
    [
        (NAME, True),
        ("number:age:0", True),
        ("days:a..b:0", False),
        ("days:a..b:8,7", False),
        ("number:age:7,7", False),
        ("number:age:", False),
        (f"number:age:{','.join(map(str, range(1, 12)))}", True),
        (f"number:age:{','.join(map(str, range(1, 13)))}", False),
        ("number:age:2000000000", False),
    ],
)
def test_limits_rise_and_are_few(name, right):
    assert in_order(banded_of(name)) == right


@pytest.mark.parametrize(("days", "code"), [(0, "under"), (6, "under"), (7, "7"), (8, "8"), (29, "8"), (30, "30")])
def test_limit_begins_a_band(days, code):
    first = date(2025, 1, 1)
    assert DAYS.code({"start_date": first, "end_date": date.fromordinal(first.toordinal() + days)}) == code


@pytest.mark.parametrize("row", [{"age": None}, {"start_date": None, "end_date": date(2025, 1, 1)}])
def test_what_is_absent_has_no_band(row):
    assert (NUMBER if "age" in row else DAYS).code(row) == ""


def test_end_before_the_start_has_no_band():
    assert DAYS.code({"start_date": date(2025, 1, 2), "end_date": date(2025, 1, 1)}) == ""


def test_levels_of_days_have_words():
    made = banded_column(NAME, DAYS, COLUMNS)
    assert [level.sv for level in made.levels] == ["Under 7 dagar", "7 dagar", "8–29 dagar", "30 dagar eller fler"]
    assert [level.en for level in made.levels][1:] == ["7 days", "8–29 days", "30 days or more"]
    assert made.sv == "Dagar från start_date till end_date"


def test_days_are_from_and_to_what_the_dates_are_of():
    dates = {name: SnapshotColumn(name, Column.DATE, f"Datum för {name}", f"Date of {name}") for name in ("a", "b")}
    made = made_column("days:a..b:7", dates)
    assert (made.sv, made.en) == ("Dagar från a till b", "Days from a to b")


def test_levels_of_numbers_have_words():
    made = banded_column("number:age:18,65", NUMBER, COLUMNS)
    assert [level.sv for level in made.levels] == ["Under 18", "18 till under 65", "65 eller mer"]
    assert (made.sv, made.en) == ("age i intervall", "age (en) in bands")


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("unit", ("unit",)),
        ("month:start_date", ("start_date",)),
        ("known:end_date", ("end_date",)),
        ("merged:origin:A=1", ("origin",)),
        (NAME, ("start_date", "end_date")),
        ("number:age:7", ("age",)),
    ],
)
def test_every_name_has_stored_columns_behind_it(name, columns):
    assert stored_behind(name) == columns


def test_made_columns_stand_beside_the_stored(manifest):
    table = manifest.tables[Population.INTERVENTIONS]
    made = with_made(table, (NAME, "merged:origin:A=1", "unit", "days:shoe..end_date:7"))
    assert set(made.columns) - set(table.columns) == {NAME, "merged:origin:A=1"}
    assert made_column("unit", table.columns) is None


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Count(by=("days:start_date..shoe:7",)), "ASK-001"),
        (Count(by=("days:start_date..held_date:7",)), "ASK-001"),
        (Count(by=("days:start_date..unit:7",)), "ASK-007"),
        (Count(by=("days:start_date:7",)), "ASK-083"),
        (Count(by=("days:start_date..start_date:7",)), "ASK-083"),
        (Count(by=("days:start_date..end_date:30,7",)), "ASK-083"),
        (Count(by=("days:start_date..end_date:",)), "ASK-083"),
        (Count(by=("number:unit:7",)), "ASK-013"),
        (Count(by=("number:age:x",)), "ASK-083"),
        (Count(Selection(where=(Where("number:age:x", ("7",)),))), "ASK-083"),
        (Count(Selection(where=(Where("number:age:7", ("8",)),))), "ASK-008"),
        (Count(Selection(where=(Where("number:age:7", ()),))), "ASK-017"),
        (Share(Where("number:age:7", ("",))), "ASK-009"),
        (Share(Where("number:age:7", ("7",)), by=("number:age:7",)), "ASK-035"),
        (Sum("number:age:7"), "ASK-013"),
        (Change("number:age:7", Selection()), "ASK-027"),
        (Duration("days:start_date..end_date:7", "end_date"), "ASK-007"),
        (Duration("start_date", "end_date", by=(NAME,)), "ASK-084"),
        (Duration("start_date", "end_date", Selection(where=(Where(NAME, ("7",)),))), "ASK-084"),
    ],
)
def test_bands_that_make_no_sense_are_refused(manifest, question, code):
    with pytest.raises(UserError) as refused:
        check_question(manifest, question)
    assert code in [problem.code for problem in refused.value.problems]


def test_snapshot_from_before_first_follow_ups_says_so(tmp_path):
    old = make_snapshot(tmp_path, interventions="start_date | follow_up_date").manifest
    with pytest.raises(UserError) as refused:
        check_question(old, Duration("start_date", "first_follow_up_date"))
    assert "äldre version" in refused.value.problems[0].sv


def test_time_is_divided_by_another_length(manifest):
    check_question(manifest, Duration("start_date", "end_date", by=("days:decision_date..start_date:30",)))


def test_bits_leave_bands_to_others():
    told = [Count(by=(NAME,)), Count(Selection(where=(Where(NAME, ("7",)),))), Share(Where(NAME, ("7",)))]
    told.append(Duration("decision_date", "start_date", by=(NAME,)))
    assert not any(answers(question) for question in told)
    assert answers(Count(by=("unit",)))
    assert not any_banded(("unit", "month:start_date"))


@pytest.fixture(scope="module")
def lasted(tmp_path_factory):
    kinds = {("2025-01-03", "1"): 30, ("2025-01-03", "4"): 10, ("2025-03-01", "1"): 15, ("2025-03-01", "4"): 45}
    rows = [
        {"start_date": "2025-01-01", "end_date": end, "goal_attainment": goal}
        for (end, goal), times in kinds.items()
        for _ in range(times)
    ]
    return make_snapshot(tmp_path_factory.mktemp("lasted"), interventions=rows)


def test_bands_are_compared(lasted):
    share = Share(Where("goal_attainment", ("4",)), by=("days:start_date..end_date:30",))
    table = ask(lasted, Comparison(share, against="under"))
    assert table.value("difference", "30") == pytest.approx(0.5)


def test_words_say_between_which_days(lasted):
    table = ask(lasted, Count(by=("days:start_date..end_date:30",)))
    assert headline(table).endswith("efter dagar från start_date till end_date")
    assert column_words("days:start_date..end_date:30") == "dagar från verkställande till avslut"
    assert column_words("number:amount:30") == "kostnader i intervall"

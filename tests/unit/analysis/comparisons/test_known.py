"""A comparison is of those whose group and outcome are known, and tells no small number of the others."""

from dataclasses import replace
from datetime import date

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.known import between_groups, counted
from skillnad.analysis.comparisons.questions import Comparison, Drawn, Funnel, OverTime, Ranking
from skillnad.analysis.door import ask, ledger_key
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where
from skillnad.analysis.validation import check_question
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

HELD = Share(Where("rating", ("3",)), by=("legal_sex",))
OF_EACH = [("1", "3", 40), ("1", "1", 30), ("2", "3", 20), ("2", "1", 30)]


def people(*groups: tuple[str, str, int]) -> list[dict[str, str]]:
    return [
        {"legal_sex": sex, "rating": rating, "start_date": "2025-03-01", "end_date": "2025-05-01"}
        for sex, rating, times in (*OF_EACH, *groups)
        for _ in range(times)
    ]


@pytest.fixture
def register(tmp_path):
    return lambda *groups: make_snapshot(tmp_path / str(len(groups)), interventions=people(*groups))


def left(table) -> dict[str, int | None]:
    return {one.reason: one.rows for one in table.left_out}


@pytest.mark.parametrize("asked", [Comparison, Ranking, Funnel])
def test_few_unknown_hide_nothing(register, asked) -> None:
    few = [("", "3", 2), ("1", "", 3)]
    right, found = (ask(register(*groups), asked(HELD)) for groups in ([], few))
    assert found.cells == right.cells
    assert None not in found.cells["part"].values()


def test_asked_question_is_the_one_that_is_told(register) -> None:
    assert ask(register(("", "3", 2)), Comparison(HELD)).question == Comparison(HELD)


@pytest.mark.parametrize("asked", [Comparison, Ranking, Funnel])
def test_unknown_are_no_group(register, asked) -> None:
    table = ask(register(("", "3", 20)), asked(HELD))
    assert [level.code for level in table.axes[0].levels] == ["1", "2"]
    assert table.cells["whole"] == {("1",): 70, ("2",): 50, ("*",): 120}


def test_many_unknown_are_told(register) -> None:
    assert left(ask(register(("", "3", 9), ("1", "", 7), ("", "", 5)), Comparison(HELD))) == {
        "no_outcome": 12,
        "no_group": 9,
    }


@pytest.mark.parametrize("few", [("", "3", 2), ("1", "", 2)])
@pytest.mark.parametrize("many", [(), (("", "3", 40), ("1", "", 40))])
def test_of_two_numbers_a_small_one_hides_the_other(register, few, many) -> None:
    """A reader knows how many rows there are in all, and what both add up to."""
    groups = [group for group in many if group[:2] != few[:2]]
    assert left(ask(register(few, *groups), Comparison(HELD))) == {"no_outcome": None, "no_group": None}


def test_nothing_is_said_where_all_are_known(register) -> None:
    assert left(ask(register(), Comparison(HELD))) == {}


def test_times_are_of_known_groups(register) -> None:
    times = Duration("start_date", "end_date", by=("legal_sex",))
    many, few = (ask(register(*[("", "3", n)] * n), Comparison(times)) for n in (3, 2))
    assert left(many) == {"no_group": 9}
    assert left(few) == {"no_group": None}
    assert many.cells["whole"]["*",] == 120


def test_rows_outside_a_period_are_told_as_in_every_table(tmp_path) -> None:
    """Else the difference would be how many of them have no group."""
    undated = [{"legal_sex": sex, "rating": "3"} for sex in ("1",) * 10 + ("",) * 2]
    snapshot = make_snapshot(tmp_path, interventions=people(("", "3", 20)) + undated)
    asked = replace(HELD, selection=Selection(period=Period.parse("2025")))
    plain, compared = ask(snapshot, asked), ask(snapshot, Comparison(asked))
    assert left(plain)["no_event_date"] == left(compared)["no_event_date"] == 12


def test_own_conditions_stay(register) -> None:
    snapshot = register()
    of = replace(HELD, selection=Selection(where=(Where("legal_sex", ("1", "2")),)))
    where = counted(Comparison(of), snapshot.manifest).selection.where
    assert where[0] == Where("legal_sex", ("1", "2"))
    assert [each.column for each in where] == ["legal_sex", "rating"]


def test_what_stands_outside_is_not_compared(register) -> None:
    table = ask(register(("1", "2", 9)), Comparison(replace(HELD, outside=("2",))))
    assert left(table) == {"no_outcome": 9}
    assert table.cells["whole"]["1",] == 70


def test_period_of_a_date_is_known_where_the_date_is(register) -> None:
    of = replace(HELD, by=("year:end_date",))
    where = counted(Comparison(of), register().manifest).selection.where
    assert where[0] == Where("known:end_date", ("1",))


def test_band_is_known_where_its_dates_are(register) -> None:
    band = "days:start_date..end_date:30"
    where = counted(Comparison(replace(HELD, by=(band,))), register().manifest).selection.where
    assert where[0] == Where(band, ("under", "30"))


def test_merged_group_is_known_where_its_column_is(register) -> None:
    of = replace(HELD, by=("merged:origin:A=1",))
    snapshot = register(*[("1", "3", 2)])
    assert counted(Comparison(of), snapshot.manifest).selection.where[0].column == "rating"
    sexes = replace(HELD, by=("merged:legal_sex:A=1",))
    assert counted(Comparison(sexes), snapshot.manifest).selection.where[0] == Where("legal_sex", ("1", "2"))


@pytest.mark.parametrize(
    "question", [HELD, OverTime(replace(HELD, by=("month:end_date",))), Comparison(HELD, drawn=Drawn(Chosen.EVERYONE))]
)
def test_others_are_counted_as_they_are(register, question) -> None:
    """Those who did not answer are part of a sample."""
    assert not between_groups(question)
    assert counted(question, register().manifest) in (question, getattr(question, "of", None))


def test_key_names_what_is_counted_too(register) -> None:
    one, other = (
        ledger_key(register(), asked) for asked in (Comparison(HELD), Comparison(replace(HELD, outside=("2",))))
    )
    assert one != other


def test_units_of_other_days_do_not_stop_a_period(tmp_path) -> None:
    """Who is asked for any known unit is asked about none of them; who is asked for one is."""
    manifest = closed(make_snapshot(tmp_path, interventions="unit | rating | start_date").manifest)
    asked = Share(Where("rating", ("3",)), Selection(period=Period.parse("2025")), ("unit",))
    check_question(manifest, counted(Comparison(asked), manifest))
    one = replace(asked.selection, where=(Where("unit", ("A",)),))
    with pytest.raises(UserError, match="ASK-034"):
        check_question(manifest, Count(one))


def closed(manifest):
    """A was there until the end of 2024."""
    table = manifest.tables[Population.INTERVENTIONS]
    first, *others = table.columns["unit"].levels
    unit = replace(table.columns["unit"], levels=(replace(first, last_day=date(2024, 12, 31)), *others))
    return replace(manifest, tables={table.population: replace(table, columns={**table.columns, "unit": unit})})

"""Which question an address of the explorer is, and which it is not: the forms, without a page."""

from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import (
    Adjusted,
    Asked,
    Chart,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Ranking,
    plain,
)
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Percent, Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import NOT_RECORDED, latest_months
from skillnad.web.analyst.kinds import KINDS, kind_of, offered, population_of
from skillnad.web.analyst.selecting import ONE_AT_LEAST, SelectionForm

YEAR = Period.year(2025)
CASES = Population.CASES


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("asked")
    return make_snapshot(
        folder,
        cases="unit | legal_sex | intake_date | decision_date | closed_date\nA | 1 | 2025-01-02 | |",
        interventions="committee | unit | provider | legal_sex | origin | intervention_type | start_date | end_date "
        "| goal_attainment | closing_reason\nS | A | P | 1 | 1 | 1;2 | 2025-01-03 | 2025-02-03 | 1 | 1",
        follow_ups="unit | follow_up_date\nA | 2025-03-01",
    )


def form_of(snapshot: Snapshot, address: str) -> SelectionForm:
    chosen = QueryDict(address)
    kind = kind_of(chosen)
    population = population_of(chosen, offered(kind, snapshot))
    assert population
    return KINDS[kind].form(chosen, snapshot=snapshot, population=population)


def asked(snapshot: Snapshot, address: str) -> Asked:
    form = form_of(snapshot, address)
    assert form.is_ready, (form.errors, form.pending)
    return form.question()


def wrong(snapshot: Snapshot, address: str) -> dict[str, str]:
    form = form_of(snapshot, address)
    assert not form.is_ready
    return {name: str(said[0]) for name, said in form.errors.items()}


SELECTION = Selection(Population.INTERVENTIONS, YEAR)
GOALS = Where("goal_attainment", ("1", "3"))
SHARE_OF_GOALS = "av=goal_attainment&varde=1&varde=3&period=2025"


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("fraga=antal&rader=legal_sex&period=2025", Count(SELECTION, ("legal_sex",))),
        ("fraga=antal&rader=unit&personer=on&om=arenden", Count(Selection(CASES, people=True), ("unit",))),
        ("fraga=andel&rader=unit&period=2025", Count(SELECTION, ("unit",), shares=True)),
        ("fraga=andel&rader=unit&kolumner=legal_sex", CrossTable("unit", "legal_sex", Selection(), Percent.COLUMNS)),
        (
            "fraga=andel&rader=unit&kolumner=legal_sex&andel=alla&personer=on",
            CrossTable("unit", "legal_sex", Selection(people=True), Percent.ALL),
        ),
        ("rader=unit&kolumner=legal_sex", CrossTable("unit", "legal_sex", Selection())),
        ("rader=unit&kolumner=legal_sex&andel=rader", CrossTable("unit", "legal_sex", Selection(), Percent.ROWS)),
    ],
)
def test_how_many_and_how_large_a_share(snapshot: Snapshot, address: str, question: Asked) -> None:
    assert asked(snapshot, address) == question


def test_how_long_has_two_dates_groups_and_limits(snapshot: Snapshot) -> None:
    address = "fraga=tid&tid_fran=start_date&tid_till=end_date&efter=unit&efter2=legal_sex&granser=90,+30&period=2025"
    assert asked(snapshot, address) == Duration("start_date", "end_date", SELECTION, ("unit", "legal_sex"), (30, 90))


def test_how_long_starts_with_the_usual_dates(snapshot: Snapshot) -> None:
    form = form_of(snapshot, "fraga=tid&om=arenden")
    assert [form[name].value() for name in ("tid_fran", "tid_till")] == ["intake_date", "decision_date"]


@pytest.mark.parametrize("limits", ["trettio", "-1", "40000", "1,2,3,4,5,6,7", "3.5", "²"])
def test_limits_that_are_no_days_are_refused(snapshot: Snapshot, limits: str) -> None:
    found = wrong(snapshot, f"fraga=tid&tid_fran=start_date&tid_till=end_date&granser={limits}")
    assert found["granser"].startswith("Skriv hela dagar")


def test_time_between_a_date_and_itself_is_refused(snapshot: Snapshot) -> None:
    found = wrong(snapshot, "fraga=tid&tid_fran=start_date&tid_till=start_date&efter=unit&efter2=unit")
    assert set(found) == {"tid_till", "efter2"}


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("visa=hela", Flow(YEAR)),
        ("visa=manader&efter=legal_sex&om=arenden", Flow(YEAR, CASES, (), ("legal_sex",), monthly=True)),
        ("visa=hela&enhet=unit:B", Flow(YEAR, where=(Where("unit", ("B",)),))),
    ],
)
def test_in_and_out(snapshot: Snapshot, address: str, question: Asked) -> None:
    assert asked(snapshot, f"fraga=flode&period=2025&{address}") == question


def test_in_and_out_needs_a_period_and_rows_that_go_on(snapshot: Snapshot) -> None:
    assert "period" in wrong(snapshot, "fraga=flode&visa=hela&period=")
    assert list(offered("flode", snapshot)) == ["arenden", "insatser"]


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("steg=month", OverTime(Count(Selection(), ("month:start_date",)))),
        (
            f"matt=andel&steg=quarter&diagram=control&urval=end_date&{SHARE_OF_GOALS}&baslinje=12",
            OverTime(Share(GOALS, Selection(period=YEAR, event="end_date"), ("quarter:end_date",)), Chart.CONTROL, 12),
        ),
        (
            "matt=tid&tid_fran=start_date&tid_till=end_date&steg=year",
            OverTime(Duration("start_date", "end_date", Selection(), ("year:start_date",))),
        ),
    ],
)
def test_over_time(snapshot: Snapshot, address: str, question: Asked) -> None:
    assert asked(snapshot, f"fraga=over-tid&{address}") == question


def test_over_time_starts_with_the_latest_whole_months(snapshot: Snapshot) -> None:
    form = form_of(snapshot, "fraga=over-tid")
    chosen = str(form["period"].value())
    assert len(list(Period.parse(chosen).months())) == 36
    assert Period.parse(chosen).last_day <= snapshot.manifest.as_of
    assert f'<option value="{chosen}" selected>' in str(form["period"])


def test_over_time_keeps_the_period_of_the_address(snapshot: Snapshot) -> None:
    assert form_of(snapshot, "fraga=over-tid&period=2025")["period"].value() == "2025"
    assert form_of(snapshot, "fraga=over-tid&period=")["period"].value() == ""


@pytest.mark.parametrize(
    ("as_of", "period"),
    [
        (date(2025, 12, 31), "2023-01-01..2025-12-31"),
        (date(2025, 12, 30), "2022-12-01..2025-11-30"),
        (date(2024, 2, 29), "2021-03-01..2024-02-29"),
        (date(2026, 1, 1), "2023-01-01..2025-12-31"),
    ],
)
def test_latest_months_are_over(as_of: date, period: str) -> None:
    assert str(latest_months(as_of, 36)) == period


def test_what_goes_on_has_no_day_to_follow(snapshot: Snapshot) -> None:
    assert "urval" in wrong(snapshot, "fraga=over-tid&steg=month&urval=pagick&period=2025")


@pytest.mark.parametrize(
    ("shown", "question"),
    [
        ("tratt", Funnel(Share(GOALS, SELECTION, ("unit",)))),
        ("hogst", Ranking(Share(GOALS, SELECTION, ("unit",)))),
        ("lagst", Ranking(Share(GOALS, SELECTION, ("unit",)), highest_first=False)),
    ],
)
def test_between_units(snapshot: Snapshot, shown: str, question: Asked) -> None:
    assert asked(snapshot, f"fraga=enheter&{SHARE_OF_GOALS}&mellan=unit&visa={shown}") == question


def test_share_of_units_between_units_is_refused(snapshot: Snapshot) -> None:
    assert "mellan" in wrong(snapshot, "fraga=enheter&av=unit&varde=A&mellan=unit")


def test_codes_can_stand_outside_a_share(snapshot: Snapshot) -> None:
    question = asked(snapshot, f"fraga=enheter&mellan=provider&{SHARE_OF_GOALS}&utanfor=6")
    assert isinstance(question, Funnel)
    assert question.of == Share(GOALS, SELECTION, ("provider",), ("6",))
    assert "utanfor" in wrong(snapshot, f"fraga=enheter&mellan=provider&{SHARE_OF_GOALS}&utanfor=1")


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("", Comparison(Share(GOALS, SELECTION, ("legal_sex",)))),
        (
            "&mot=1&bakgrund=origin&satt=standard",
            Comparison(Share(GOALS, SELECTION, ("legal_sex",)), "1", ("origin",), Adjusted.STANDARD),
        ),
    ],
)
def test_between_groups(snapshot: Snapshot, address: str, question: Asked) -> None:
    assert asked(snapshot, f"fraga=grupper&{SHARE_OF_GOALS}&mellan=legal_sex{address}") == question


def test_between_groups_of_a_sample_with_what_matters(snapshot: Snapshot) -> None:
    question = asked(snapshot, f"fraga=grupper&{SHARE_OF_GOALS}&mellan=unit&spelar_roll=3&valda=by_lot&ur=900")
    drawn = Drawn(Chosen.BY_LOT, 900)
    assert question == Comparison(Share(GOALS, SELECTION, ("unit",)), relevant=0.03, drawn=drawn)


def test_values_are_put_together_in_one_group_against_the_others(snapshot: Snapshot) -> None:
    question = asked(snapshot, f"fraga=grupper&{SHARE_OF_GOALS}&mellan=origin&ihop=3&ihop=4")
    assert question == Comparison(Share(GOALS, SELECTION, ("merged:origin:De sammanslagna=3,4",)))
    check_question(snapshot.manifest, plain(question))


def test_between_groups_of_times(snapshot: Snapshot) -> None:
    question = asked(
        snapshot, "fraga=grupper&matt=tid&tid_fran=start_date&tid_till=end_date&mellan=unit&period=2025&spelar_roll=14"
    )
    assert question == Comparison(Duration("start_date", "end_date", SELECTION, ("unit",)), relevant=14)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("mellan=legal_sex&bakgrund=legal_sex", "bakgrund"),
        ("mellan=legal_sex&satt=standard", "bakgrund"),
        ("mellan=goal_attainment", "mellan"),
        ("mellan=legal_sex&ur=900", "valda"),
        ("mellan=legal_sex&ihop=1&ihop=2", "ihop"),
        ("mellan=legal_sex&ihop=1&mot=2", "mot"),
        ("mellan=legal_sex&spelar_roll=0", "spelar_roll"),
        ("mellan=legal_sex&mot=9", "mot"),
        ("mellan=legal_sex&varde=2&varde=4&varde=5&varde=6", "varde"),
        (
            "mellan=legal_sex&"
            + "&".join(f"bakgrund={name}" for name in ["unit", "origin", "committee", "provider", "problem"]),
            "bakgrund",
        ),
    ],
)
def test_comparison_that_says_nothing_is_refused_beside_its_field(snapshot: Snapshot, address: str, field: str) -> None:
    assert field in wrong(snapshot, f"fraga=grupper&{SHARE_OF_GOALS}&{address}")


@pytest.mark.parametrize(
    ("address", "selection"),
    [
        ("period=2025H1", Selection(period=Period.parse("2025H1"))),
        ("period=2025K3", Selection(period=Period.parse("2025K3"))),
        ("period=2025-04", Selection(period=Period.month(2025, 4))),
        ("period=1998", Selection(period=Period.year(1998))),
        (
            "period=egna&fran=2025-02-01&till=2025-02-10",
            Selection(period=Period.through(date(2025, 2, 1), date(2025, 2, 10))),
        ),
        (
            "period=2025-02-01..2025-02-10",
            Selection(period=Period.through(date(2025, 2, 1), date(2025, 2, 10))),
        ),
        ("period=2025&urval=pagick", Selection(period=YEAR, event=ONGOING)),
        ("period=2025&urval=end_date", Selection(period=YEAR, event="end_date")),
        ("enhet=committee:S", Selection(where=(Where("committee", ("S",)),))),
        ("enhet=provider:Q", Selection(where=(Where("provider", ("Q",)),))),
        (
            f"bara1=unit&bara1v=A&bara1v=B&bara2=origin&bara2v=1&bara2v={NOT_RECORDED}",
            Selection(where=(Where("unit", ("A", "B")), Where("origin", ("1", "")))),
        ),
    ],
)
def test_which_rows(snapshot: Snapshot, address: str, selection: Selection) -> None:
    assert asked(snapshot, f"fraga=antal&rader=legal_sex&{address}") == Count(selection, ("legal_sex",))


@pytest.mark.parametrize(
    ("address", "field", "said"),
    [
        ("period=i+fjol", "period", "är ingen period"),
        ("urval=end_date", "period", "Välj en period"),
        ("period=egna", "fran", "både den första och den sista dagen"),
        ("period=egna&fran=2025-02-01", "till", "både den första och den sista dagen"),
        ("period=egna&fran=2025-02-02&till=2025-02-01", "till", "Byt plats på dem"),
        ("period=egna&fran=igår&till=2025-02-01", "fran", "Skriv datumet som"),
        ("period=2025&fran=2025-02-02", "period", "Du har skrivit egna datum"),
        ("enhet=unit:Nowhere", "enhet", "Välj ett av alternativen"),
        ("bara1=unit&bara1v=X", "bara1v", "Välj bland alternativen"),
        ("bara1=unit&bara1v_av=unit", "bara1v", ONE_AT_LEAST),
    ],
)
def test_rows_that_cannot_be_are_refused_beside_their_field(
    snapshot: Snapshot, address: str, field: str, said: str
) -> None:
    assert said in wrong(snapshot, f"fraga=antal&rader=legal_sex&{address}")[field]


@pytest.mark.parametrize("address", ["bara1=unit", "bara1=unit&bara1v_av=origin&bara1v=1"])
def test_values_that_have_not_been_offered_are_a_step_and_no_mistake(snapshot: Snapshot, address: str) -> None:
    form = form_of(snapshot, f"fraga=antal&rader=legal_sex&{address}")
    assert (form.is_ready, dict(form.errors), form.pending) == (False, {}, ["bara1v"])
    assert "bara1v" in form.fields


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_is_shown_unasked_without_a_word_of_what_is_wrong(snapshot: Snapshot, kind: str) -> None:
    form = form_of(snapshot, f"fraga={kind}&period=2025K2")
    assert not form.is_bound
    assert not form.errors
    assert form["period"].value() == "2025K2"
    assert len({field.name for section in form.sections() for field in section.fields}) == len(form.fields)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_offered_can_be_asked_about(snapshot: Snapshot, kind: str) -> None:
    for slug in offered(kind, snapshot):
        form = form_of(snapshot, f"fraga={kind}&om={slug}")
        for name in {"rader", "kolumner", "efter", "av", "bara1"} & set(form.fields):
            for column in dict(form.fields[name].choices):  # type: ignore[attr-defined]
                if column:
                    check_question(snapshot.manifest, Count(Selection(form.population), (column,)))


def test_folded_part_is_open_where_something_in_it_is_chosen(snapshot: Snapshot) -> None:
    form = form_of(snapshot, "fraga=antal&rader=legal_sex&enhet=unit:A")
    assert {section.heading: section.open for section in form.sections() if section.heading} == {
        "Egna datum": False,
        "Bara en enhet, eller bara vissa": True,
        "Fler val": False,
    }


@pytest.mark.parametrize(
    ("address", "kind"), [("", ""), ("fraga=x", ""), ("om=arenden", "antal"), ("fraga=tid", "tid")]
)
def test_nothing_is_asked_before_something_is_to_be_known(address: str, kind: str) -> None:
    assert kind_of(QueryDict(address)) == kind

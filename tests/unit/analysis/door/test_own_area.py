"""One's own area with nothing hidden: of its own units alone, and never to take along."""

import pytest
from snapshots_made import make_snapshot

import skillnad
from skillnad.analysis.comparisons.questions import Ranking
from skillnad.analysis.disclosure.policy import DEFAULT, OWN_AREA
from skillnad.analysis.door import ask, ask_own_area, restore
from skillnad.analysis.leaving import check_may_leave, is_own_area
from skillnad.analysis.own_area import COVERED, OwnArea, check_own_area
from skillnad.analysis.protected_set import FOLDER, ProtectedSet
from skillnad.analysis.questions import Count, Duration, Flow, Selection, Share, Sum, Where
from skillnad.analysis.serialise import table_as_data
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.exchange.results.frames import as_parquet, to_frame
from skillnad.exchange.results.spss import as_sav
from skillnad.lib.errors import UserError
from skillnad.reports.render.files import KINDS, save
from skillnad.reports.render.tables import FORMATS, as_html, render
from skillnad.reports.render.workbook import table_workbook

OWN = OwnArea(frozenset({"A"}))
MINE = Selection(where=(Where("unit", ("A",)),))
ROWS = [
    {
        "client": n,
        "unit": "AB"[n > 6],
        "legal_sex": "12"[n % 3 == 0],
        "start_date": "2025-01-01",
        "end_date": "2025-02-01" if n % 2 else "",
        "amount": 100 * n,
    }
    for n in range(40)
]
QUESTION = Count(MINE, ("legal_sex",))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), interventions=ROWS)


@pytest.fixture
def table(snapshot):
    return ask_own_area(snapshot, QUESTION, OWN, "follow_up")


def refused(question, area=OWN, purpose="follow_up"):
    with pytest.raises(UserError) as error:
        check_own_area(question, area, purpose)
    return error.value.code


def test_small_numbers_of_ones_own_unit_are_shown(snapshot, table):
    assert (table.value("count", "1"), table.value("count", "2"), table.gaps) == (4, 3, 0)
    assert ask(snapshot, QUESTION).gaps > 0


def test_table_says_that_nothing_is_hidden(snapshot, table):
    assert table.provenance.policy == OWN_AREA.id
    assert is_own_area(table)
    assert not is_own_area(ask(snapshot, QUESTION))


@pytest.mark.parametrize(
    "question",
    [
        Share(Where("legal_sex", ("2",)), MINE),
        Duration("start_date", "end_date", MINE, within=(30,)),
        Flow(Period.year(2025), where=MINE.where),
        Sum("amount", MINE, ("legal_sex",)),
        Count(Selection(where=MINE.where, people=True), ("legal_sex",)),
    ],
)
def test_every_count_of_a_plain_question_is_whole(snapshot, question):
    table = ask_own_area(snapshot, question, OWN, "follow_up")
    whole = ("count", "share", "sum", "clients", "open")
    assert all(None not in table.cells[name].values() for name in whole if name in table.cells)


@pytest.mark.parametrize(
    "where",
    [
        (),
        (Where("unit", ("B",)),),
        (Where("unit", ("A", "B")),),
        (Where("unit", ()),),
        (Where("unit", ("",)),),
        (Where("provider", ("A",)),),
    ],
)
def test_rows_of_another_unit_are_refused(where):
    assert refused(Count(Selection(where=where))) == "DISC-030"


def test_one_condition_on_the_own_unit_is_enough():
    check_own_area(Count(Selection(where=(Where("unit", ("A", "B")), Where("unit", ("A",))))), OWN, "follow_up")


def test_reader_without_a_unit_sees_nothing_and_is_told_so():
    assert refused(QUESTION, OwnArea(frozenset())) == "DISC-030"
    assert refused(Count(Selection(where=(Where("unit", ("",)),))), OwnArea(frozenset({""}))) == "DISC-030"


def test_comparison_with_others_is_refused():
    assert refused(Ranking(Share(Where("legal_sex", ("2",)), MINE, ("unit",)))) == "DISC-031"


def test_population_that_nobody_has_decided_on_is_refused(monkeypatch):
    monkeypatch.setattr("skillnad.analysis.own_area.COVERED", COVERED - {Population.INTERVENTIONS})
    assert refused(QUESTION) == "DISC-031"


def test_own_area_covers_the_register_as_it_is():
    """A population that is added, as of answers given in confidence, is outside until someone decides otherwise."""
    assert {"clients", "cases", "interventions", "follow_ups", "reviews", "costs"} == COVERED


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_another_purpose_is_refused(purpose):
    assert refused(QUESTION, purpose=purpose) == "DISC-032"


def test_protected_answer_is_never_asked_for_without_protection(snapshot):
    with pytest.raises(UserError, match="DISC-034"):
        ask(snapshot, QUESTION, OWN_AREA)
    with pytest.raises(UserError, match="DISC-034"):
        ProtectedSet(snapshot, OWN_AREA).get_or_protect(QUESTION)
    assert not list((snapshot.path / FOLDER).glob("*.json"))


WAYS_OUT = {
    **{f"render {form}": lambda table, form=form: render(table, form) for form in FORMATS if form != "html"},
    **{f"file {name}": lambda table, kind=kind: kind.content(table) for name, kind in KINDS.items()},
    "frame": to_frame,
    "parquet": as_parquet,
    "spss": as_sav,
    "workbook": table_workbook,
    "data": table_as_data,
    "json": lambda table: table.as_data(),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_out_takes_a_table_of_ones_own_area(way, table):
    with pytest.raises(UserError, match="DISC-033"):
        WAYS_OUT[way](table)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_takes_a_protected_table(way, snapshot):
    if way in ("spss", "file sav"):
        pytest.importorskip("pyreadstat")
    WAYS_OUT[way](ask(snapshot, Count(by=("unit",))))


def test_file_is_not_even_begun(table, tmp_path):
    with pytest.raises(UserError, match="DISC-033"):
        save(table, tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_page_shows_the_table(table):
    assert "<td" in as_html(table)


def test_stored_table_that_hides_nothing_is_not_restored(snapshot):
    data = table_as_data(ask(snapshot, QUESTION, DEFAULT))
    data["provenance"]["policy"] = OWN_AREA.id
    with pytest.raises(UserError, match="DISC-033"):
        restore(data)


def test_protected_table_may_leave(snapshot):
    check_may_leave(skillnad.ask(snapshot, QUESTION))

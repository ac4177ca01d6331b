"""Who began, followed to the snapshot's day: the open are counted, and the median of the others is said to be short."""

from dataclasses import replace

from made_tables import YEAR, axis, made

from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import MISSING_LEVEL, TOTAL
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.cohorts import ALL_COUNTED, cohort_shown, cohort_told, decided_within, within_shown
from skillnad.reports.counting import basis, counted_how
from skillnad.reports.numbers import cell_text
from skillnad.reports.wording import TOO_FEW

TOLD = cohort_told("ärendena som kom", "till beslut")
QUESTION = Duration("intake_date", "decision_date", Selection(Population.CASES, YEAR, "intake_date"), ("legal_sex",))


def cohort(**measures):
    """(done 80, open 20, km_median 42, median 36, km_p90 none) for everyone and for group 1, unless told otherwise;
    a measure of "none" has no such number."""
    numbers = {"count": 80, "open": 20, "median": 36, "km_median": 42, "km_p90": "none"} | measures
    cells = {
        name: {} if value == "none" else {(TOTAL,): value, ("1",): value, (MISSING_LEVEL,): 0}
        for name, value in numbers.items()
    }
    return made(QUESTION, (axis("legal_sex", "1"),), cells)


def plain(sentences):
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences]


def test_open_are_counted_and_the_others_stand_beside():
    first, counted, alone = plain(TOLD((cohort(),)))
    assert (
        first
        == "För hälften av ärendena som kom är tiden till beslut högst 42 dagar (n = 100, varav 20 inte är klara än)."
    )
    assert counted == ALL_COUNTED
    assert alone.startswith("Räknas bara de som är klara blir det 36 dagar, men det är för kort")


def test_median_that_is_no_shorter_is_not_called_too_short():
    assert len(TOLD((cohort(median=42),))) == 2
    assert len(TOLD((cohort(median=None),))) == 2


def test_time_that_half_have_not_reached_is_not_told():
    (said,) = plain(TOLD((cohort(km_median="none"),)))
    assert said.startswith("Mindre än hälften av ärendena som kom är klara än (n = 100, varav 20 inte är klara än)")


def test_hidden_time_is_not_told():
    assert TOLD((cohort(km_median=None),)) == (TOO_FEW,)


def test_number_that_is_hidden_is_left_out_of_the_sentence():
    assert plain(TOLD((cohort(open=None),)))[0].endswith("högst 42 dagar.")


def test_table_has_who_began_who_is_waiting_and_both_medians():
    view = cohort_shown()((cohort(),), "Rubrik")
    assert [row.label for row in view.rows] == ["Alla", "Ett"]
    assert [[cell_text(cell) for cell in row.cells] for row in view.rows] == [["100", "20", "42", "", "36"]] * 2


def test_gap_among_the_open_hides_how_many_began():
    view = cohort_shown()((cohort(open=None),), "Rubrik")
    assert [cell.value for cell in next(iter(view.rows)).cells[:2]] == [None, None]


def test_basis_tells_the_open_apart():
    assert basis(cohort()) == "n = 80 ärenden som är klara, och 20 som inte är det än."


def test_note_says_how_long_the_open_are_followed():
    assert "De som inte är klara är följda till och med 31 december 2025" in counted_how(cohort())


IN_TIME = decided_within(120, "ärendena", "kom då", "beslutades då", "fyra månader")
ROWS = within_shown(120, ("Kom", "Beslutades"))


def in_time(share, **measures):
    numbers = {"count": 80, "open": 20, "within_120": share} | measures
    cells = {name: {} if value == "none" else {(): value} for name, value in numbers.items()}
    return made(replace(QUESTION, by=(), within=(120,)), (), cells)


def decided(share):
    question = replace(QUESTION, selection=Selection(Population.CASES, YEAR, "decision_date"), by=(), within=(120,))
    return made(question, (), {"count": {(): 90}, "within_120": {(): share}})


def test_share_within_a_limit_is_told_with_who_is_open():
    first, counted = plain(IN_TIME((in_time(0.842),)))
    assert first == "84 % av ärendena som kom då är klara inom fyra månader (n = 100, varav 20 inte är klara än)."
    assert counted == ALL_COUNTED


def test_share_of_the_decided_stands_after_that_of_those_who_came():
    *_, last = plain(IN_TIME((in_time(0.842), decided(0.81))))
    assert last == "Av ärendena som beslutades då var 81 % klara inom fyra månader (n = 90)."


def test_share_within_a_limit_that_is_hidden_is_not_told_and_the_other_is():
    hidden, other = plain(IN_TIME((in_time(None), decided(0.81))))
    assert hidden == TOO_FEW
    assert "81 %" in other
    assert len(IN_TIME((in_time(None), decided(None)))) == 1


def test_share_within_a_limit_that_nobody_is_followed_to_says_so():
    (said,) = plain(IN_TIME((in_time("none"),)))
    assert said.startswith("Ingen av ärendena som kom då är följd så länge som fyra månader (n = 100")


def test_share_within_a_limit_of_nobody_says_that_there_are_none():
    assert IN_TIME((in_time("none", count=0, open=0),)) == ("Det finns inga ärenden att räkna.",)


def test_share_within_a_limit_has_a_row_for_those_who_came_and_one_for_the_decided():
    rows = ROWS((in_time(0.842), decided(0.81)), "Inom").rows
    assert [(row.label, *plain(map(cell_text, row.cells))) for row in rows] == [
        ("Kom", "100", "20", "84 %"),
        ("Beslutades", "90", "", "81 %"),
    ]


def test_share_within_a_limit_that_has_no_meaning_is_blank_and_a_hidden_one_a_gap():
    blank, gap = (next(ROWS((in_time(share),), "Inom").rows).cells[-1] for share in ("none", None))
    assert (blank.blank, gap.blank, gap.value) == (True, False, None)

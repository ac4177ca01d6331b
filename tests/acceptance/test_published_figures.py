"""The published figures of two surveys, counted again from answers: definition, answers, snapshot, table.

The answers are generated to match what was published (the pilot of 2022; question 3 of the survey of municipalities in
2011); that the counts come back is what is tried. They are counted by the reference engine, which hides nothing, since
the published tables are such as the door does not give: a group of one person, and shares that give it away. What the
door gives in their place stands beside.
"""

import csv
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from made_answers import Row, answered_snapshot, check_sheets, sheet, with_stated_gender

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Count, CrossTable, Percent, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES, RawTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.instruments.reading import CATALOGUE

PUBLISHED = Path(__file__).parents[3] / "shared/data/published"
PERIOD = Period.parse("2022-04-01..2022-09-30")
OVERALL, INFORMED = "hvb_pilot_2022__w4", "hvb_pilot_2022__w3"
REPORTED = "municipal_survey_2011__q3"
GENDERS = {"kvinna": (12, 7, 0), "man": (11, 17, 1), "annat": (0, 1, 0)}
"""Of stated gender (woman, man, another): judged very good, acceptable, deficient. The one who was judged deficient is
put among the men, as nothing in print says."""
DISTRICTS = (23, 12, 7, 4, 2, 1)
"""The largest and the smallest are published, of 49."""


def published(instrument: str, case: str) -> dict[str, Any]:
    """What the instrument's own cases say was published."""
    cases = tomllib.loads((CATALOGUE / instrument / "cases.toml").read_text(encoding="utf-8"))
    return next(dict(each) for each in cases["published"] if each["id"] == case)


def printed(name: str) -> list[dict[str, str]]:
    file = PUBLISHED / name
    if not file.exists():
        pytest.skip("the published tables are not here")
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def count(snapshot: Snapshot, question: Count | CrossTable | Share) -> RawTable:
    return InMemoryEngine().count(snapshot, question)


def percent(part: int, whole: int, decimals: int = 0) -> float:
    return round(100 * part / whole + 1e-9, decimals)


def judgements() -> Iterator[tuple[str, str]]:
    for gender, counts in GENDERS.items():
        for code, many in zip(("1", "2", "4"), counts, strict=True):
            yield from ((gender, code),) * many


def pilot_sheets() -> Iterator[Row]:
    """49 caseworkers' judgements, each of a placement of its own; the first five who were acceptable could have
    informed better."""
    slow = 0
    units = [unit for unit, many in enumerate(DISTRICTS, start=1) for _ in range(many)]
    for place, (_, code) in enumerate(judgements()):
        slow += code == "2"
        informed = "3" if code == "2" and slow <= 5 else "1"
        answers = {"w1": "1", "w2": "1", "w3": informed, "w4": code}
        yield sheet("hvb_pilot_2022", answers, "caseworker", follow_up=place + 1, unit_id=units[place])


def pilot_tables() -> dict[str, Sequence[Row]]:
    """66 placements that were followed up, the first 49 of them registered in the pilot."""
    genders = [gender for gender, _ in judgements()] + ["kvinna"] * 17
    places = range(1, len(genders) + 1)
    level = {gender: place for place, gender in enumerate(GENDERS, start=1)}
    return {
        "units": [{"id": n, "code": f"D{n}", "name": f"Område {n}", "committee_id": 1} for n in range(1, 7)],
        "clients": [{"client": 100 + n, "stated_gender": level[genders[n - 1]]} for n in places],
        "cases": [{"case": n, "client": 100 + n} for n in places],
        "interventions": [{"intervention": n, "case": n} for n in places],
        "follow_ups": [{"follow_up": n, "intervention": n} for n in places],
    }


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    sheets = list(pilot_sheets())
    check_sheets(sheets)
    return answered_snapshot(tmp_path_factory.mktemp("pilot"), sheets, codebook=with_stated_gender(), **pilot_tables())


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """190 municipalities. Those that reported nothing said no to question 1, and were never put question 3."""
    counts = published("municipal_survey_2011", "national_2011_question3")["counts"]["q3"]
    sheets = []
    for place in range(190):
        ticked = [code for code, many in counts.items() if place < many]
        sheets.append(sheet("municipal_survey_2011", {"q1": "1", "q3": ticked} if ticked else {"q1": "2"}))
    check_sheets(sheets)
    return answered_snapshot(tmp_path_factory.mktemp("survey"), sheets)


ANSWERS = Selection(Population.ANSWERS, PERIOD)


def test_pilot_counts_are_the_published(pilot: Snapshot) -> None:
    told = published("hvb_pilot_2022", "pilot_2022")
    overall = count(pilot, Count(ANSWERS, (OVERALL,))).counts
    assert {code: overall[code,] for code in told["counts"]["w4"]} == told["counts"]["w4"]
    assert overall[TOTAL,] == told["of"] == 49
    assert count(pilot, Count(ANSWERS, (INFORMED,))).counts["3",] == told["counts"]["w3"]["3"]


def test_pilot_shares_are_the_printed(pilot: Snapshot) -> None:
    """By gender too: 12 of 19 women and 11 of 29 men."""
    by_gender = count(pilot, CrossTable(OVERALL, "stated_gender", ANSWERS, Percent.COLUMNS)).counts
    by_unit = count(pilot, Count(ANSWERS, ("unit",))).counts
    districts = [many for (code,), many in by_unit.items() if code.startswith("D")]
    informed = count(pilot, Count(ANSWERS, (INFORMED,))).counts
    ours = {
        "follow-ups registered of follow-ups done": (by_gender[TOTAL, TOTAL], pilot.table(Population.FOLLOW_UPS).rows),
        "women": (by_gender[TOTAL, "kvinna"], 49),
        "men": (by_gender[TOTAL, "man"], 49),
        "other gender": (by_gender[TOTAL, "annat"], 49),
        "overall judgement: very good (mycket bra)": (by_gender["1", TOTAL], 49),
        "overall judgement: acceptable (godkänt)": (by_gender["2", TOTAL], 49),
        "overall judgement: deficient (bristande)": (by_gender["4", TOTAL], 49),
        "overall judgement very good among women": (by_gender["1", "kvinna"], by_gender[TOTAL, "kvinna"]),
        "overall judgement very good among men": (by_gender["1", "man"], by_gender[TOTAL, "man"]),
        "information duty: could do better (borde kunna prestera bättre)": (informed["3",], 49),
        "district with most registered": (max(districts), 49),
        "district with fewest registered": (min(districts), 49),
    }
    lines = printed("pilot_2022.csv")
    assert [line["figure"] for line in lines] == list(ours)
    for line in lines:
        part, whole = ours[line["figure"]]
        share = line["published_percent"]
        assert (part, whole) == (int(line["count"]), int(line["of"]))
        assert percent(part, whole, len(share.partition(".")[2])) == float(share)


def test_pilot_door_shows_no_group_of_one(pilot: Snapshot) -> None:
    """Nor what it follows from: of 19, 29 and one no two can stand beside the sum of all."""
    table = ask(pilot, CrossTable(OVERALL, "stated_gender", ANSWERS, Percent.COLUMNS))
    counts = table.cells["count"]
    assert counts[TOTAL, "annat"] is None
    assert [key for key, many in counts.items() if many is not None and 0 < many < 5] == []
    assert None in (counts[TOTAL, TOTAL], counts[TOTAL, "kvinna"], counts[TOTAL, "man"])
    assert any(counts["1", gender] for gender in ("kvinna", "man"))


def test_pilot_comparison_finds_what_fisher_does(pilot: Snapshot) -> None:
    """12 of 19 against 11 of 29 is no sure difference."""
    of = Share(
        Where(OVERALL, ("1",)), Selection(Population.ANSWERS, PERIOD, "", (Where("stated_gender", ("kvinna", "man")),))
    )
    table = ask(pilot, Comparison(Share(of.of, of.selection, ("stated_gender",)), against="man"))
    assert table.value("difference", "kvinna") == pytest.approx(12 / 19 - 11 / 29)
    assert 0.05 < (table.value("p", "kvinna") or 0) < 0.2


def test_question_3_shares_are_the_printed(survey: Snapshot) -> None:
    """Of all 190, those included who were not asked it: they reported nothing."""
    lines = printed("national_2011_question3.csv")
    assert len(lines) == 14
    for code, line in enumerate(lines, start=1):
        outcome = count(survey, Share(Where(REPORTED, (str(code),)), Selection(Population.ANSWERS))).counts
        assert (outcome[YES,], outcome[YES,] + outcome[NO,]) == (int(line["municipalities"]), 190)
        assert percent(outcome[YES,], 190) == float(line["published_percent"])
        assert outcome[UNKNOWN_OUTCOME,] == outcome[MISSING_LEVEL,] == 0


def test_question_3_stands_protected_too(survey: Snapshot) -> None:
    """No municipality is a person, and a small number is hidden all the same: what stands behind a row is not known to
    the protection."""
    table = ask(survey, Count(Selection(Population.ANSWERS), (REPORTED,), shares=True))
    assert table.value("count", "2") == 149
    assert table.value("share", "2") == pytest.approx(149 / 190)

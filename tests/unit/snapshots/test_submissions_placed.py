"""Which submissions are of the same occasion, and which of them a day knows of."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from made_answers import register_of, sheet

from skillnad.codebook.loading import load_codebook
from skillnad.lib.errors import UserError
from skillnad.snapshots.answers import OCCASION, SUBMISSIONS, given_on, in_occasions, no_submissions, occasions_of
from skillnad.snapshots.as_of import as_of_day
from skillnad.snapshots.writer import kept_versions

MAY, JUNE = date(2025, 5, 2), date(2025, 6, 2)


def placed(*sheets: Any) -> pl.DataFrame:
    return in_occasions(pl.DataFrame(list(sheets), schema=SUBMISSIONS))


def rows_of(*sheets: Any) -> list[int]:
    return placed(*sheets)[OCCASION].to_list()


def test_two_perspectives_of_a_day_are_one_occasion() -> None:
    assert rows_of(sheet("skr6", {}, client=1), sheet("skr6", {}, "guardian", client=1)) == [0, 0]


def test_days_of_one_follow_up_are_one_occasion() -> None:
    one, other = sheet("skr6", {}, follow_up=4, day=MAY), sheet("skr6", {}, "guardian", follow_up=4, day=JUNE)
    assert rows_of(one, other) == [0, 0]


@pytest.mark.parametrize(
    "other",
    [
        sheet("skr6", {}, "guardian", client=2),
        sheet("skr6", {}, "guardian", client=1, day=MAY),
        sheet("ors", {}, client=1),
        sheet("skr6", {}, client=1),
        sheet("skr6", {}, "guardian", case=1),
        sheet("skr6", {}, "guardian"),
    ],
    ids=["another person", "another day", "another instrument", "the same perspective", "a case", "nobody"],
)
def test_anything_else_is_another_occasion(other: Any) -> None:
    assert sorted(rows_of(sheet("skr6", {}, client=1), other)) == [0, 1]


def test_occasion_has_the_last_day_and_the_place_that_any_sheet_tells() -> None:
    sheets = [sheet("skr6", {}, follow_up=4, day=MAY), sheet("skr6", {}, "guardian", follow_up=4, day=JUNE, unit_id=7)]
    (row,) = occasions_of(placed(*sheets)).to_dicts()
    assert (row["follow_up"], row["unit_id"], row["answer_date"], row["answer"]) == (4, 7, JUNE, 1)


def known(as_of: date, *sheets: Any, **tables: Any) -> int:
    return as_of_day(register_of(sheets, **tables), load_codebook(), as_of).submissions.height


@pytest.mark.parametrize(("day", "rows"), [(MAY, 1), (date(2025, 5, 1), 0)])
def test_answer_is_there_from_its_day(day: date, rows: int) -> None:
    assert known(day, sheet("skr6", {}, client=11, day=MAY)) == rows


def test_answer_about_nobody_is_there_from_its_day() -> None:
    assert known(MAY, sheet("municipal_survey_2011", {}, day=MAY)) == 1


def test_answer_about_what_has_not_begun_is_not_there() -> None:
    later = [{"intervention": 31, "case": 21, "start_date": JUNE}]
    assert known(MAY, sheet("skr6", {}, intervention=31, day=MAY), interventions=later) == 0


def test_versions_are_kept_of_what_was_answered_alone() -> None:
    frame = pl.DataFrame([sheet("skr6", {}), sheet("ors", {})], schema=SUBMISSIONS)
    kept = kept_versions(frame, None)
    assert list(kept) == ["ors", "skr6"]
    assert [(name, version) for name, version, _ in given_on(frame, kept)] == [("ors", "2000.1"), ("skr6", "2019.1")]
    assert kept_versions(no_submissions(), None) == {}


def test_instruments_that_are_nowhere_are_all_named() -> None:
    frame = pl.DataFrame([{**sheet("skr6", {}), "instrument": name} for name in ("borta", "glomd")], schema=SUBMISSIONS)
    with pytest.raises(UserError) as refused:
        kept_versions(frame, None)
    assert [problem.where for problem in refused.value.problems] == ["borta", "glomd"]

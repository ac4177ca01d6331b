"""Each rule between fields, at its edge: the last row that keeps it and the first that breaks it."""

from datetime import date, timedelta

import polars as pl
import pytest

from skillnad.codebook.model import Entity, Kind, Step, Value, Variable
from skillnad.register.imports.checks import checks_for, columns_above
from skillnad.register.imports.fields import Field, Form, Record

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def broken(record: Record, rule: str, fields: tuple[Field, ...] = (), **row: object) -> bool:
    """Whether a record with these columns (`case__intake_date=…`) breaks the rule in any of its checks."""
    values = {name.replace("__", "."): [value] for name, value in row.items()}
    checks = [check for check in checks_for(record, fields, TODAY) if check.rule == rule]
    usable = [check for check in checks if set(check.columns) <= set(values)]
    assert usable, "no check reads these columns"
    frame = pl.DataFrame(values, schema_overrides={name: pl.Int64 for name in values if name.endswith("amount")})
    return any(frame.select(check.broken.fill_null(False)).item() for check in usable)


ORDERED = [
    (Record.CASE, "IMP-122", "case__intake_date", "case__closed_date"),
    (Record.INTERVENTION, "IMP-121", "intervention__start_date", "intervention__end_date"),
    (Record.COST, "IMP-123", "cost__from_date", "cost__to_date"),
]


@pytest.mark.parametrize(("record", "rule", "first", "last"), ORDERED)
def test_one_day_is_long_enough(record: Record, rule: str, first: str, last: str) -> None:
    assert not broken(record, rule, **{first: TODAY, last: TODAY})


@pytest.mark.parametrize(("record", "rule", "first", "last"), ORDERED)
def test_end_a_day_before_its_start_is_broken(record: Record, rule: str, first: str, last: str) -> None:
    assert broken(record, rule, **{first: TODAY, last: TODAY - DAY})


@pytest.mark.parametrize(("amount", "wrong"), [(-1, True), (0, False), (1, False)])
def test_amount_is_not_below_zero(amount: int, wrong: bool) -> None:
    assert broken(Record.COST, "IMP-124", cost__amount=amount) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [(None, True), (0, False)])
def test_cost_has_an_amount(amount: int | None, wrong: bool) -> None:
    assert broken(Record.COST, "IMP-115", cost__amount=amount) is wrong


DONE = [
    (Record.CASE, "case__decision_date"),
    (Record.INTERVENTION, "intervention__decision_date"),
    (Record.FOLLOW_UP, "follow_up__follow_up_date"),
    (Record.REVIEW, "review__held_date"),
]


@pytest.mark.parametrize(("record", "day"), DONE)
@pytest.mark.parametrize(("when", "wrong"), [(TODAY, False), (TODAY + DAY, True)])
def test_what_is_done_is_not_in_the_future(record: Record, day: str, when: date, wrong: bool) -> None:
    assert broken(record, "IMP-209", **{day: when}) is wrong


def dated(valid_from: date | None = None, valid_to: date | None = None) -> tuple[Field, ...]:
    """Intervention types where code 1 has dates and code 11 has none."""
    values = (Value("1", "Ett", "One", valid_from=valid_from, valid_to=valid_to), Value("11", "Elva", "Eleven"))
    variable = Variable(
        "intervention_type", Kind.MULTIPLE, Entity.INTERVENTION, Step.DECIDE, "Insatstyp", "Type", 12, values=values
    )
    return (Field("intervention_type", Record.INTERVENTION, Form.CODES, "Insatstyp", variable),)


def outdated(fields: tuple[Field, ...], codes: str, day: date) -> bool:
    row = {"intervention__intervention_type": codes, "intervention__start_date": day}
    return broken(Record.INTERVENTION, "IMP-215", fields, **row)


@pytest.mark.parametrize(("day", "wrong"), [(TODAY - DAY, True), (TODAY, False)])
def test_code_is_valid_from_its_first_day(day: date, wrong: bool) -> None:
    assert outdated(dated(valid_from=TODAY), "1", day) is wrong


@pytest.mark.parametrize(("day", "wrong"), [(TODAY, False), (TODAY + DAY, True)])
def test_code_is_valid_through_its_last_day(day: date, wrong: bool) -> None:
    assert outdated(dated(valid_to=TODAY), "1", day) is wrong


@pytest.mark.parametrize(("codes", "wrong"), [("11", False), ("11;1", True), ("1;11", True)])
def test_validity_is_of_the_code_and_not_of_one_that_holds_it(codes: str, wrong: bool) -> None:
    assert outdated(dated(valid_to=TODAY - DAY), codes, TODAY) is wrong


def test_codes_without_dates_are_not_checked() -> None:
    rules = [check.rule for check in checks_for(Record.INTERVENTION, dated(), TODAY)]
    assert "IMP-215" not in rules


def test_columns_above_are_those_of_other_records() -> None:
    wanted = columns_above(Record.FOLLOW_UP)
    assert wanted
    assert not any(name.startswith("follow_up.") for name in wanted)
    assert len(wanted) == len(set(wanted))

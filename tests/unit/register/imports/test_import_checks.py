"""Each rule between fields, at its edge: the last row that keeps it and the first that breaks it."""

from datetime import date, timedelta

import polars as pl
import pytest

from skillnad.codebook.model import Entity, Kind, Step, Value, Variable
from skillnad.register.imports.checks import checks_for, client_checks, columns_above, with_above
from skillnad.register.imports.fields import Field, Form, Record

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def broken(record: Record, rule: str, fields: tuple[Field, ...] = (), **row: object) -> bool:
    """Whether a record with these columns (`case__intake_date=…`) breaks the rule in any of its checks."""
    values = {name.replace("__", "."): [value] for name, value in row.items()}
    checks = [check for check in checks_for(record, fields, TODAY) if check.rule == rule]
    usable = [check for check in checks if set(check.columns) <= set(values)]
    assert usable, "no check reads these columns"
    kinds = {name: pl.Int64 for name in values if name.endswith("amount")}
    kinds |= {name: pl.Date for name in values if name.endswith("_date")}
    frame = pl.DataFrame(values, schema_overrides=kinds)
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


PLAUSIBLE = [
    (Record.CASE, "IMP-201", "case__intake_date", "case__decision_date"),
    (Record.INTERVENTION, "IMP-201", "case__intake_date", "intervention__decision_date"),
    (Record.INTERVENTION, "IMP-202", "intervention__decision_date", "intervention__start_date"),
    (Record.INTERVENTION, "IMP-203", "case__intake_date", "intervention__start_date"),
    (Record.INTERVENTION, "IMP-204", "intervention__end_date", "case__closed_date"),
    (Record.FOLLOW_UP, "IMP-206", "intervention__start_date", "follow_up__follow_up_date"),
    (Record.FOLLOW_UP, "IMP-206", "follow_up__follow_up_date", "intervention__end_date"),
]


@pytest.mark.parametrize(("record", "rule", "first", "last"), PLAUSIBLE)
@pytest.mark.parametrize(("days", "wrong"), [(1, False), (0, False), (-1, True)])
def test_events_come_in_their_order(record: Record, rule: str, first: str, last: str, days: int, wrong: bool) -> None:
    assert broken(record, rule, **{first: TODAY, last: TODAY + days * DAY}) is wrong


@pytest.mark.parametrize(("record", "rule", "first", "last"), [*ORDERED, *PLAUSIBLE])
@pytest.mark.parametrize("known", [0, 1])
def test_date_that_is_missing_is_no_fault(record: Record, rule: str, first: str, last: str, known: int) -> None:
    days = [TODAY if place == known else None for place in (0, 1)]
    frame = {name.replace("__", "."): [day] for name, day in zip((first, last), days, strict=True)}
    view = pl.DataFrame(frame, schema=dict.fromkeys(frame, pl.Date))
    checks = [check for check in checks_for(record, (), TODAY) if check.rule == rule and set(check.columns) <= {*frame}]
    assert [view.filter(check.broken).height for check in checks] == [0]


@pytest.mark.parametrize(
    ("reason", "end", "wrong"),
    [("1", None, True), ("1", TODAY, False), (None, None, False), (None, TODAY, False)],
)
def test_reason_for_ending_goes_with_an_end(reason: str | None, end: date | None, wrong: bool) -> None:
    row = {"intervention__closing_reason": reason, "intervention__end_date": end}
    assert broken(Record.INTERVENTION, "IMP-205", **row) is wrong


@pytest.mark.parametrize(("day", "wrong"), [(TODAY, False), (TODAY + DAY, True), (TODAY - DAY, False)])
def test_intake_is_not_tomorrow(day: date, wrong: bool) -> None:
    assert broken(Record.CASE, "IMP-207", case__intake_date=day) is wrong


EVENTS = [(Record.CASE, "case__intake_date"), (Record.INTERVENTION, "intervention__start_date")]


def at_age(record: Record, event: str, rule: str, born: date, day: date) -> bool:
    return broken(record, rule, client__birth_date=born, **{event: day})


@pytest.mark.parametrize(("record", "event"), EVENTS)
@pytest.mark.parametrize(
    ("born", "wrong"),
    [(date(1905, 3, 2), True), (date(1905, 3, 3), False), (date(1904, 3, 2), True), (date(2026, 3, 2), False)],
)
def test_nobody_is_121_years_old(record: Record, event: str, born: date, wrong: bool) -> None:
    assert at_age(record, event, "IMP-125", born, TODAY) is wrong


@pytest.mark.parametrize(("record", "event"), EVENTS)
@pytest.mark.parametrize(
    ("days", "rules"),
    [(0, []), (-1, ["IMP-208"]), (-305, ["IMP-208"]), (-306, ["IMP-126"]), (1, [])],
)
def test_before_the_birth_there_is_an_expected_child_for_ten_months(
    record: Record, event: str, days: int, rules: list[str]
) -> None:
    told = [r for r in ("IMP-126", "IMP-208") if at_age(record, event, r, TODAY, TODAY + days * DAY)]
    assert told == rules


@pytest.mark.parametrize(("born", "wrong"), [(date(2011, 3, 2), False), (date(2011, 3, 3), True)])
@pytest.mark.parametrize("household", ["1", "4"])
def test_child_below_15_does_not_live_alone_or_with_a_partner(born: date, household: str, wrong: bool) -> None:
    row = {"case__household_type": household, "case__intake_date": TODAY, "client__birth_date": born}
    assert broken(Record.CASE, "IMP-214", **row) is wrong


@pytest.mark.parametrize("household", ["2", "3", "5", "6", "7", "8", "9", None])
def test_child_may_live_in_other_households(household: str | None) -> None:
    row = {"case__household_type": household, "case__intake_date": TODAY, "client__birth_date": date(2020, 1, 1)}
    assert not broken(Record.CASE, "IMP-214", **row)


@pytest.mark.parametrize(("first", "wrong"), [(None, True), (TODAY, False)])
def test_cost_has_a_first_day(first: date | None, wrong: bool) -> None:
    assert broken(Record.COST, "IMP-115", cost__from_date=first) is wrong


@pytest.mark.parametrize(
    ("due", "held", "wrong"),
    [(None, None, True), (TODAY, None, False), (None, TODAY, False), (TODAY, TODAY, False)],
)
def test_review_has_one_date_at_least(due: date | None, held: date | None, wrong: bool) -> None:
    assert broken(Record.REVIEW, "IMP-115", review__due_date=due, review__held_date=held) is wrong


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


@pytest.mark.parametrize("entity", [Entity.CLIENT, Entity.CASE, Entity.FOLLOW_UP])
def test_validity_is_checked_where_the_record_has_a_day(entity: Entity) -> None:
    value = Value("1", "Ett", "One", valid_to=TODAY)
    variable = Variable("local", Kind.SINGLE, entity, Step.DECIDE, "Lokal", "Local", values=(value,))
    record = {Entity.CLIENT: Record.CLIENT, Entity.CASE: Record.CASE, Entity.FOLLOW_UP: Record.FOLLOW_UP}[entity]
    field = Field("local", record, Form.CODE, "Lokal", variable)
    rules = [check.rule for check in checks_for(record, (field,), TODAY)]
    assert ("IMP-215" in rules) is (record is not Record.CLIENT)


def test_field_of_another_record_is_not_checked_here() -> None:
    rules = [check.rule for check in checks_for(Record.CASE, dated(valid_to=TODAY), TODAY)]
    assert "IMP-215" not in rules


CLIENTS = pl.DataFrame({"client": ["K1", "K2"], "client.birth_date": [date(1990, 1, 1), date(2020, 1, 1)]})
CASES = pl.DataFrame({"case": ["A1", "A2"], "client": ["K1", "K2"], "case.intake_date": [TODAY, TODAY - DAY]})
FRAMES = {Record.CLIENT: CLIENTS, Record.CASE: CASES}


def test_record_gets_the_columns_of_all_above_in_its_own_order() -> None:
    interventions = pl.DataFrame({"intervention": ["I2", "I1", "I3"], "case": ["A2", "A1", "A2"]})
    view = with_above(Record.INTERVENTION, interventions, FRAMES)
    assert view.columns == ["intervention", "case", "client", "case.intake_date", "client.birth_date"]
    assert view.select("intervention", "case.intake_date", "client.birth_date").rows() == [
        ("I2", TODAY - DAY, date(2020, 1, 1)),
        ("I1", TODAY, date(1990, 1, 1)),
        ("I3", TODAY - DAY, date(2020, 1, 1)),
    ]


def test_what_the_one_above_was_given_of_those_higher_up_is_taken_from_it() -> None:
    interventions = pl.DataFrame({"intervention": ["I2", "I1"], "case": ["A2", "A1"]})
    cases = with_above(Record.CASE, CASES, FRAMES)
    view = with_above(Record.INTERVENTION, interventions, {**FRAMES, Record.CASE: cases})
    of_rows = with_above(Record.INTERVENTION, interventions, FRAMES)
    assert view.equals(of_rows.select(view.columns))
    assert set(of_rows.columns) - set(view.columns) == {"client"}


def test_record_that_needs_nothing_higher_up_is_not_joined_with_it() -> None:
    follow_ups = pl.DataFrame({"follow_up": ["U1"], "intervention": ["I1"]})
    interventions = pl.DataFrame({"intervention": ["I1"], "case": ["A1"], "intervention.end_date": [TODAY]})
    view = with_above(Record.FOLLOW_UP, follow_ups, {**FRAMES, Record.INTERVENTION: interventions})
    assert view.columns == ["follow_up", "intervention", "intervention.end_date"]


def test_record_without_the_one_above_is_as_it_was() -> None:
    alone = pl.DataFrame({"intervention": ["I1"]})
    assert with_above(Record.INTERVENTION, alone, FRAMES).columns == ["intervention"]
    assert with_above(Record.INTERVENTION, CASES.select("case"), {}).columns == ["case"]


def test_record_whose_upper_one_is_elsewhere_has_nothing_of_it() -> None:
    view = with_above(Record.CASE, pl.DataFrame({"case": ["A9"], "client": ["K9"]}), FRAMES)
    assert view["client.birth_date"].to_list() == [None]


def test_review_has_both_its_dates_as_columns() -> None:
    view = with_above(Record.REVIEW, pl.DataFrame({"review": ["R1"], "review.due_date": [TODAY]}), {})
    assert view.rows() == [("R1", TODAY, None)]
    assert view.schema["review.held_date"] == pl.Date


HINTS = pl.DataFrame(
    {
        "key": ["K1", "K2", "K3"],
        "odd": [True, False, False],
        "sex": ["1", "1", None],
        "born": [date(1990, 1, 1), date(2020, 1, 1), date(2000, 1, 1)],
    }
)


def hinted(**columns: list[object]) -> dict[str, list[str]]:
    clients = pl.DataFrame({"client": ["K1", "K2", "K3"]} | {f"client.{name}": each for name, each in columns.items()})
    return {rule: keys.to_list() for rule, _, keys in client_checks(clients, HINTS)}


def test_unusual_identities_are_told_of() -> None:
    assert hinted() == {"IMP-211": ["K1"]}


def test_sex_is_compared_with_the_hint_where_there_is_one() -> None:
    assert hinted(legal_sex=["1", "2", "2"])["IMP-212"] == ["K2"]


def test_birth_date_is_compared_with_the_hint_to_the_day() -> None:
    born = [date(1990, 1, 1), date(2020, 1, 2), None]
    assert hinted(birth_date=born)["IMP-213"] == ["K2"]


def test_client_without_an_identity_is_not_compared() -> None:
    clients = pl.DataFrame({"client": ["K9"], "client.legal_sex": ["1"]})
    assert [keys.to_list() for _, _, keys in client_checks(clients, HINTS)] == [[], []]


HAS = [("1", True), ("2;1", True), ("1;2", True), ("2;1;3", True), ("11", False), ("2;11;21", False), ("", False)]


@pytest.mark.parametrize(("codes", "has"), HAS)
def test_code_is_found_whole_among_several(codes: str, has: bool) -> None:
    """Before its first day, so that each record that has it breaks the rule."""
    assert outdated(dated(valid_from=TODAY + DAY), codes, TODAY) is has


@pytest.mark.parametrize("codes", ["1", "1;11"])
@pytest.mark.parametrize(("code", "has"), [("1", True), (".", False), ("1.", False)])
def test_code_is_sought_as_it_stands(code: str, codes: str, has: bool) -> None:
    """A code with a full stop is no pattern."""
    value = Value(code, "Ett", "One", valid_from=TODAY + DAY)
    variable = Variable("local", Kind.MULTIPLE, Entity.CASE, Step.DECIDE, "Lokal", "Local", values=(value,))
    field = Field("local", Record.CASE, Form.CODES, "Lokal", variable)
    assert broken(Record.CASE, "IMP-215", (field,), case__local=codes, case__intake_date=TODAY) is has


@pytest.mark.parametrize(("day", "wrong"), [(TODAY - DAY, True), (TODAY, False), (TODAY + DAY, True)])
def test_code_may_be_valid_for_one_day(day: date, wrong: bool) -> None:
    assert outdated(dated(valid_from=TODAY, valid_to=TODAY), "1", day) is wrong

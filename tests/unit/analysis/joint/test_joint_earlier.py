"""Answers of other snapshots: which are near, which stand, and what a new table is protected beside."""

from dataclasses import replace
from datetime import date

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.beside import beside
from skillnad.analysis.joint.earlier import Earlier, counts_of, groups_of, unsaid
from skillnad.analysis.joint.ledger import Ledger
from skillnad.analysis.joint.named import named_table
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.joint.standing import Standing
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Count, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

BY_UNIT = Count(by=("unit",))
OF_2024 = Count(Selection(period=Period.year(2024)), ("unit",))
RELEASE = Release("a.0", "first", date(2024, 12, 31), DEFAULT.id, OF_2024, OF_2024)
A, B, ALL = ("interventions", "unit=A"), ("interventions", "unit=B"), ("interventions",)
OWN = {Population.INTERVENTIONS}


@pytest.fixture
def now(tmp_path):
    """Twenty in A and ten in B."""
    rows = [{"unit": unit} for unit, number in (("A", 20), ("B", 10)) for _ in range(number)]
    made = make_snapshot(tmp_path / "snapshot", interventions=rows)
    return named_table(made, InMemoryEngine().count(made, BY_UNIT))


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.jsonl", bytes(range(32)))


def stands(ledger, now, shown, *releases, counted=OF_2024, asked=OF_2024, policy=DEFAULT):
    """Where so many were `shown` of the groups."""
    before = counts_of([now]) | shown
    for release in releases or (RELEASE,):
        ledger.record(release, before, {})
    told = {release.text: now for release in releases or (RELEASE,)}
    earlier = Earlier({release.key: release for release in releases or (RELEASE,)}, told)
    return earlier.stands(ledger, canonical_json(asked), counted, policy)


@pytest.mark.parametrize(
    ("shown", "answer"),
    [({}, "a"), ({A: 22}, "a"), ({A: 40}, ""), ({A: 40, B: 12}, "a")],
)
def test_answer_stands_where_no_group_has_changed_or_one_by_little(ledger, now, shown, answer):
    assert stands(ledger, now, shown) == answer


def test_answer_of_a_period_that_was_not_over_does_not_stand(ledger, now):
    assert stands(ledger, now, {}, replace(RELEASE, as_of=date(2024, 12, 30))) == ""


@pytest.mark.parametrize("other", [{"counted": BY_UNIT}, {"asked": BY_UNIT}, {"policy": Policy(threshold=6)}])
def test_answer_to_another_question_or_under_another_policy_does_not_stand(ledger, now, other):
    assert stands(ledger, now, {}, **other) == ""


def test_answer_whose_table_is_gone_does_not_stand(ledger, now):
    earlier = Earlier({RELEASE.key: RELEASE}, {RELEASE.text: None})
    assert earlier.stands(ledger, canonical_json(OF_2024), OF_2024, DEFAULT) == ""


def test_answer_of_two_tables_is_known_by_the_first_of_them(ledger, now):
    second = replace(RELEASE, key="a.1", question=BY_UNIT)
    more = replace(second, question=Count(Selection(period=Period.year(2024))))
    assert stands(ledger, now, {}, RELEASE, more) == "a"
    assert stands(ledger, now, {}, RELEASE, more, counted=more.question) == ""


def test_latest_answer_stands(ledger, now):
    assert stands(ledger, now, {}, RELEASE, replace(RELEASE, key="b.0", snapshot="second")) == "b"


def test_tables_of_a_population_are_near_by_the_latest_release(now):
    later = replace(RELEASE, key="b.0")
    earlier = Earlier({"a.0": RELEASE, "b.0": later}, {RELEASE.text: now})
    assert earlier.near(OWN) == {"b.0": now}
    assert earlier.near({Population.CASES}) == {}


def test_each_table_of_the_populations_is_counted_once(now):
    asked, earlier = [], Earlier()
    for populations in ({Population.CASES}, OWN, OWN):
        earlier.learn([RELEASE], populations, lambda question: asked.append(question) or now)
    assert (asked, earlier.releases, earlier.tables) == ([OF_2024], {"a.0": RELEASE}, {RELEASE.text: now})


def test_groups_that_nobody_was_told_of_are_latent_and_slack_where_they_are_many(now):
    cells = {cell.name: cell for cell in unsaid(now, {A}, DEFAULT).parts["rows"].cells()}
    assert [(cells[name].latent, cells[name].slack) for name in (A, B)] == [(True, True), (False, False)]
    assert groups_of([now]) >= {A, B, ALL}


def standing_of(ledger, now, shown, secret, **more):
    ledger.record(RELEASE, shown, secret)
    return Standing(ledger=ledger, earlier=Earlier({RELEASE.key: RELEASE}, {RELEASE.text: now}), **more)


def test_what_was_hidden_before_or_shown_with_a_number_near_is_hidden(ledger, now):
    told = beside({"n": now}, standing_of(ledger, now, {ALL: 30, B: 12}, {A: 20}), DEFAULT)
    assert (told.shown & {A, B, ALL}, told.hidden & {A, B, ALL}) == ({ALL}, {A, B})
    assert told.settled == {"a.0"}


def test_what_this_snapshot_hides_is_not_shown_by_an_earlier_one(ledger, now):
    elsewhere = ("cases", "unit=A")
    standing = standing_of(ledger, now, {A: 20, B: 10}, {}, hidden={A, elsewhere})
    told = beside({"n": now}, standing, DEFAULT)
    assert (told.shown & {A, B}, told.hidden & {A, B, elsewhere}) == ({B}, {A})


def test_table_that_is_asked_again_is_not_settled(ledger, now):
    standing = standing_of(ledger, now, {}, {}, tables={"n": now, "o": now})
    assert beside({"n": now}, standing, DEFAULT).settled == {"a.0", "o"}

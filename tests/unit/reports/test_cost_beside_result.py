"""Cost beside result: two protected tables in one."""

import pytest
from made_tables import made
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.figures import SPACE, percent
from skillnad.analysis.questions import Selection, Share, Sum, Where
from skillnad.analysis.results import NO, TOTAL, YES
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.cost_beside_result import cost_and_result, cost_beside_result
from skillnad.reports.counting import bases


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Type 1: 12 costs of 1 000, 12 ended, 6 of them with all goals; type 2: none cost, 12 ended; type 3: one cost."""
    interventions = [
        {
            "client": number,
            "intervention_type": kind,
            "goal_attainment": "1" if number % 2 else "2",
            "end_date": "2025-03-01",
            "start_date": "2025-01-01",
        }
        for kind in "12"
        for number in range(1, 13)
    ]
    costs = [
        {"client": number, "intervention_type": "1", "cost_from": "2025-02-01", "amount": 1000}
        for number in range(1, 13)
    ]
    return make_snapshot(tmp_path_factory.mktemp("costs"), interventions=interventions, costs=costs)


@pytest.fixture(scope="module")
def tables(snapshot):
    by = ("intervention_type",)
    goals = Share(Where("goal_attainment", ("1", "3")), Selection(event="end_date"), by)
    return ask(snapshot, Sum("amount", Selection(Population.COSTS), by)), ask(snapshot, goals)


def test_dearest_kind_is_told_with_its_result(tables):
    said = cost_and_result(tables)
    assert said[0] == "Insatserna kostade 12\N{NO-BREAK SPACE}000 kronor."
    assert "för 12 personer; av de 12 som avslutades hade 50\N{NO-BREAK SPACE}% nått alla mål" in said[1]


def test_share_in_a_sentence_has_its_interval(snapshot, tables):
    compared = ask(snapshot, Comparison(tables[1].question))
    low, high = (percent(compared.value(f"share_{end}", "1")).removesuffix(f"{SPACE}%") for end in ("low", "high"))
    said = cost_and_result((*tables, compared))[1]
    assert f"50{SPACE}% (95 procents intervall: {low}–{high}) nått" in said
    assert bases((*tables, compared)) == bases(tables)


def test_only_kinds_that_cost_are_shown_with_everyone_last(tables):
    view = cost_beside_result(tables, "Kostnad")
    rows = [[cell.value for cell in row.cells] for row in view.rows]
    assert rows == [[12000.0, 12, 12, 0.5], [12000.0, 12, 24, 0.5]]


def test_share_of_a_hidden_number_is_hidden(tables):
    costs, results = tables
    cells = {name: dict(found) for name, found in results.cells.items()}
    cells["count"][NO, "1"] = cells["count"][TOTAL, "1"] = None
    cells["share"][YES, "1"] = 0.0
    hidden = made(results.question, results.axes, cells, measures=results.measures)
    row = next(cost_beside_result((costs, hidden), "Kostnad").rows)
    assert [cell.value for cell in row.cells[2:]] == [None, None]
    assert "nått alla mål" not in " ".join(cost_and_result((costs, hidden)))


def test_without_costs_the_results_stand_alone(tables):
    view = cost_beside_result(tables[1:], "Kostnad")
    assert [[cell.blank for cell in row.cells] for row in view.rows] == [[True, True, False, False]] * 3
    assert cost_and_result(tables[1:]) == ()


def test_without_results_the_costs_stand_alone(tables):
    assert cost_and_result(tables[:1])[1].endswith("för 12 personer.")
    assert [cell.blank for cell in next(cost_beside_result(tables[:1], "Kostnad").rows).cells] == [
        False,
        False,
        True,
        True,
    ]

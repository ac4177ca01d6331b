from dataclasses import replace

import pytest
from raw_tables import axis, counted
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT, MARKED, Policy
from skillnad.analysis.door import ask
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import Count, CrossTable, Percent, Selection, Share, Where
from skillnad.analysis.results import TOTAL
from skillnad.analysis.sensitive_groups import check_sensitive, column_of, sensitive_groups
from skillnad.analysis.thin_lines import thin_lines
from skillnad.lib.errors import UserError

PROBLEMS = Policy(zeros_printed=False, sensitive=("problem",))
PROTECTED_ORIGIN = Policy(zeros_printed=False, sensitive=("origin",))
UNIT, PROBLEM = axis("unit", "A", "B", "C"), axis("problem", "1", "2", "9", unknown="9")
ROWS = {("A", "1"): 12, ("B", "1"): 20, ("B", "2"): 30, ("C", "1"): 25, ("C", "2"): 40, ("C", "9"): 7}


def crossed(rows=ROWS, question=None):
    return counted((UNIT, PROBLEM), rows, question or CrossTable("unit", "problem", percent=Percent.ROWS))


def test_default_policy_has_no_sensitive_columns():
    assert sensitive_groups(crossed(), DEFAULT) == []


def test_groups_are_of_those_who_have_a_value():
    found = {group.values: group.known for group in sensitive_groups(crossed(), PROBLEMS)}
    line = found[("problem=1", "unit=A"), ("problem=2", "unit=A")]
    assert dict(line) == {("problem=*", "unit=A"): 1, ("problem=9", "unit=A"): -1, ("problem=", "unit=A"): -1}


def test_marked_columns_are_sensitive_where_the_policy_says_so():
    marked = replace(PROBLEM, sensitive=True)
    raw = counted((UNIT, marked), ROWS)
    assert len(sensitive_groups(raw, Policy(zeros_printed=False, sensitive=(MARKED,)))) == 5
    assert sensitive_groups(crossed(), Policy(zeros_printed=False, sensitive=(MARKED,))) == []


@pytest.mark.parametrize(
    ("name", "column"), [("problem", "problem"), ("share:problem", "problem"), ("change:q1", "q1")]
)
def test_axis_is_of_its_stored_column(name, column):
    assert column_of(axis(name, "1")) == column


def test_value_that_rows_were_chosen_for_tells_nothing():
    question = Count(Selection(where=(Where("problem", ("1",)),)), ("unit", "problem"))
    values = [group.values for group in sensitive_groups(crossed(question=question), PROBLEMS)]
    assert all(not any("problem=1" in name for name in names) for names in values)


def test_table_does_not_tell_that_all_of_a_unit_have_the_same_problem():
    shown = protect_table(crossed(), PROBLEMS).cells
    assert shown["count"]["A", "1"] is None
    assert shown["share"]["A", "1"] is None
    assert protect_table(crossed(), replace(PROBLEMS, sensitive=())).cells["count"]["A", "1"] == 12


def test_set_that_is_protected_together_keeps_what_groups_hide(tmp_path):
    rows = [
        {"client": n, "unit": unit, "origin": origin}
        for n, (unit, origin) in enumerate([*["A1"] * 12, *["B1"] * 20, *["B2"] * 30, *["C1"] * 25, *["C2"] * 40])
    ]
    snapshot = make_snapshot(tmp_path / "snapshot", interventions=rows)
    question = CrossTable("unit", "origin")
    assert ask(snapshot, question, Policy(zeros_printed=False)).value("count", "A", "1") == 12
    shown = ProtectedSet(snapshot, PROTECTED_ORIGIN).get_or_protect(question)
    assert shown.value("count", "A", "1") is None
    assert shown.value("count", "B", "2") == 30


def test_lines_are_thin_only_where_denominators_are_more_than_counts():
    assert thin_lines(crossed(), DEFAULT) == frozenset()
    assert thin_lines(crossed(), Policy(denominator=13)) == {
        ("problem=1", "unit=A"),
        ("problem=2", "unit=A"),
    }


def test_share_of_fewer_than_the_least_denominator_is_hidden_with_its_counts():
    shown = protect_table(crossed(), Policy(denominator=13)).cells
    assert shown["count"]["A", "1"] is shown["share"]["A", "1"] is None
    assert shown["share"]["B", TOTAL] == 1
    assert protect_table(crossed(), DEFAULT).cells["share"]["A", "1"] == 1


def test_counts_without_shares_have_no_denominators():
    assert thin_lines(crossed(question=Count(by=("unit", "problem"))), Policy(denominator=99)) == frozenset()


def test_outcomes_of_a_share_have_denominators():
    outcome = axis("share:origin", "yes", "no", "unknown", unknown="unknown")
    rows = {("yes", "A"): 8, ("no", "A"): 9, ("yes", "B"): 40, ("no", "B"): 90, ("yes", "C"): 60, ("no", "C"): 70}
    raw = counted((outcome, UNIT), rows, Share(Where("origin", ("1",)), by=("unit",)))
    shown = protect_table(raw, Policy(denominator=20)).cells
    assert shown["share"]["yes", "A"] is shown["count"]["yes", "A"] is None
    assert shown["share"]["yes", "C"] == pytest.approx(60 / 130)


def test_misspelt_sensitive_column_is_an_error_that_names_those_there_are(tmp_path):
    manifest = make_snapshot(tmp_path / "one", interventions=[{"unit": "A"}]).manifest
    with pytest.raises(UserError, match="DISC-025") as refused:
        check_sensitive(Policy(sensitive=("untt",), zeros_printed=False), manifest, ["problem"])
    assert "problem" in refused.value.text("sv")
    assert "unit" in refused.value.text("sv")


def test_sensitive_column_of_the_codebook_need_not_be_in_the_snapshot(tmp_path):
    manifest = make_snapshot(tmp_path / "one", interventions=[{"unit": "A"}]).manifest
    check_sensitive(Policy(sensitive=("unit", "of_their_own"), zeros_printed=False), manifest, ["of_their_own"])

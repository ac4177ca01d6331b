"""Row-level security of answers, as `register.row_policies` has it of the register: see there."""

from collections.abc import Mapping

from skillnad.register.row_policies import WEB, held

_SHOWN = (
    "coalesce(client_id, 0) NOT IN (SELECT skillnad_hidden_clients())"
    " AND coalesce(case_id, 0) NOT IN (SELECT skillnad_hidden_cases())"
    " AND coalesce(intervention_id, 0) NOT IN (SELECT skillnad_hidden_interventions())"
    " AND coalesce(follow_up_id, 0) NOT IN (SELECT skillnad_hidden_follow_ups())"
)
"""Nobody with protected identity: no row has the number 0."""


def _above(table: str, column: str) -> str:
    return f"EXISTS (SELECT FROM {table} above WHERE above.id = {column})"


POLICIES: Mapping[str, str] = {
    "collection_submission": f"(unit_id IN (SELECT skillnad_units()) AND {_SHOWN}) OR (unit_id IS NULL AND ("
    f"{_above('register_followup', 'follow_up_id')} OR {_above('register_intervention', 'intervention_id')}"
    f" OR {_above('register_case', 'case_id')} OR (coalesce(follow_up_id, intervention_id, case_id) IS NULL"
    f" AND (SELECT skillnad_everywhere()) AND {_SHOWN})))",
    "collection_freeanswer": _above("collection_submission", "submission_id"),
}
"""A sheet is of the unit that it tells; of none, where what it is about is; about nothing with a unit, of no place."""
_THEMES = f"GRANT UPDATE (themes, themed_at, themed_by) ON collection_freeanswer TO {WEB}"
"""What a page may change of what someone wrote: what it is about, and not a word of it."""

SET = held(POLICIES, [_THEMES])

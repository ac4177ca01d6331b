"""Row-level security of answers, as `register.row_policies` has it of the register: see there."""

from collections.abc import Mapping

from skillnad.register.row_policies import WEB, held

_OWNERS = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp"

_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION skillnad_unit_of(
        told bigint, of_case bigint, of_intervention bigint, of_follow_up bigint)
    RETURNS bigint {_OWNERS} AS $$
    DECLARE
        of_it bigint := coalesce(of_intervention,
            (SELECT intervention_id FROM register_followup WHERE id = of_follow_up));
        its_case bigint := coalesce(of_case, (SELECT case_id FROM register_intervention WHERE id = of_it));
    BEGIN RETURN coalesce(told, (SELECT unit_id FROM register_intervention WHERE id = of_it),
        (SELECT unit_id FROM register_case WHERE id = its_case)); END $$""",  # noqa: S608 (names of our own)
    f"""CREATE OR REPLACE FUNCTION skillnad_subject_shown(
        of_client bigint, of_case bigint, of_intervention bigint, of_follow_up bigint)
    RETURNS boolean {_OWNERS} AS $$
    DECLARE
        of_it bigint := coalesce(of_intervention,
            (SELECT intervention_id FROM register_followup WHERE id = of_follow_up));
        its_case bigint := coalesce(of_case, (SELECT case_id FROM register_intervention WHERE id = of_it));
    BEGIN RETURN skillnad_client_shown(
        coalesce(of_client, (SELECT client_id FROM register_case WHERE id = its_case))); END $$""",  # noqa: S608 (names of our own)
    """CREATE OR REPLACE FUNCTION skillnad_place_shown(unit bigint) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT CASE WHEN unit IS NULL THEN skillnad_everywhere() ELSE unit IN (SELECT skillnad_units()) END $$""",
)

POLICIES: Mapping[str, str] = {
    "collection_submission": "skillnad_place_shown(skillnad_unit_of(unit_id, case_id, intervention_id, follow_up_id))"
    " AND skillnad_subject_shown(client_id, case_id, intervention_id, follow_up_id)",
    "collection_freeanswer": "EXISTS (SELECT FROM collection_submission above WHERE above.id = submission_id)",
}
_THEMES = f"GRANT UPDATE (themes, themed_at, themed_by) ON collection_freeanswer TO {WEB}"
"""What a page may change of what someone wrote: what it is about, and not a word of it."""

SET = (*_FUNCTIONS, *held(POLICIES, [_THEMES]))

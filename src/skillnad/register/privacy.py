"""Nearly all that the register holds is about someone, and much of it is delicate.

A source key is an identity: some case systems key their rows by the identity number. An importer stores a keyed name
of it in its place wherever it reads as one; the class says how to treat it all the same.
"""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_IMPORTED: Fields = {
    "id": Privacy.PSEUDONYM,
    "source": Privacy.NONE,
    "source_key": Privacy.IDENTITY,
    "row_hash": Privacy.PSEUDONYM,
    "import_run": Privacy.NONE,
    "local_values": Privacy.SENSITIVE,
}
_RUN = ["source", "mapping_sha256", "files", "details"]
_COUNTS = [f"rows_{name}" for name in ("read", "accepted", "warned", "rejected", "new", "changed", "unchanged")]

FIELDS: Mapping[str, Fields] = {
    "ImportRun": {
        **dict.fromkeys(["id", *_RUN, *_COUNTS], Privacy.NONE),
        "imported_at": Privacy.LOGIN,
        "imported_by": Privacy.LOGIN,
    },
    "Client": {
        **_IMPORTED,
        "pseudonym": Privacy.PSEUDONYM,
        "id_kind": Privacy.PERSONAL,
        "identity_sealed": Privacy.IDENTITY,
        "identity_index": Privacy.IDENTITY,
        "birth_date": Privacy.PERSONAL,
        "legal_sex": Privacy.PERSONAL,
        "stated_gender": Privacy.SENSITIVE,
        "origin": Privacy.SENSITIVE,
        "protected": Privacy.SENSITIVE,
    },
    "Case": {
        **_IMPORTED,
        "client": Privacy.PSEUDONYM,
        "unit": Privacy.PERSONAL,
        "intake_date": Privacy.PERSONAL,
        "intake_reason": Privacy.SENSITIVE,
        "household_type": Privacy.PERSONAL,
        "previous_contact": Privacy.PERSONAL,
        "problem": Privacy.SENSITIVE,
        "decision_date": Privacy.PERSONAL,
        "closed_date": Privacy.PERSONAL,
    },
    "Intervention": {
        **_IMPORTED,
        "case": Privacy.PSEUDONYM,
        "unit": Privacy.PERSONAL,
        "provider": Privacy.PERSONAL,
        "decision_date": Privacy.PERSONAL,
        "start_date": Privacy.PERSONAL,
        "intervention_type": Privacy.SENSITIVE,
        "end_date": Privacy.PERSONAL,
        "adherence_to_plan": Privacy.PERSONAL,
        "closing_reason": Privacy.SENSITIVE,
    },
    "FollowUp": {
        **_IMPORTED,
        "intervention": Privacy.PSEUDONYM,
        "follow_up_date": Privacy.PERSONAL,
        "collaboration": Privacy.SENSITIVE,
        "coordinated_plan": Privacy.PERSONAL,
        "parallel_interventions": Privacy.PERSONAL,
        "goal_attainment": Privacy.SENSITIVE,
    },
    "Review": {
        **_IMPORTED,
        "case": Privacy.PSEUDONYM,
        "intervention": Privacy.PSEUDONYM,
        "due_date": Privacy.PERSONAL,
        "held_date": Privacy.PERSONAL,
    },
    "Cost": {
        **_IMPORTED,
        "intervention": Privacy.PSEUDONYM,
        "from_date": Privacy.PERSONAL,
        "to_date": Privacy.PERSONAL,
        "amount": Privacy.PERSONAL,
    },
}

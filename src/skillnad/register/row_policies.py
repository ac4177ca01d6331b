"""Row-level security on PostgreSQL: the database refuses the web what `visibility` would have filtered, had it been
asked.

Pages read as the role `skillnad_web`, which may log in nowhere and owns nothing; the request's area is in settings of
the session (`organisation.row_area`), and without them there are no rows. The owner of the tables is not held by the
policies (no FORCE): imports use COPY, which PostgreSQL refuses where policies apply, and a snapshot counts everyone.

A policy that reads a table with policies of its own is held by those too: a follow-up is seen where its intervention
is. What must be known of a row that the reader may not see (whether a client is protected, whether a case has a unit
below it) is asked of a function that runs as the owner and answers yes or no.
"""

from collections.abc import Mapping, Sequence
from typing import Any

WEB = "skillnad_web"

_ROLE = f"""DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB}') THEN
        CREATE ROLE {WEB} NOLOGIN NOINHERIT;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT {WEB} TO %I', current_user);
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this server made it just now
    WHEN insufficient_privilege THEN
        IF NOT pg_has_role(current_user, '{WEB}', 'MEMBER') THEN
            RAISE EXCEPTION 'CREATE ROLE {WEB} NOLOGIN and GRANT {WEB} TO % as a superuser, then migrate', current_user;
        END IF;
END $$"""  # noqa: S608 (names of our own)

_MAY = (
    f"GRANT USAGE ON SCHEMA public TO {WEB}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {WEB}",
)
"""All but people's rows, which `held` takes back: tables that come later are the web's to use, or are held by their own
migration."""

_OWNERS = "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
_HIDDEN = "RETURNS SETOF bigint LANGUAGE sql ROWS 100 " + _OWNERS
"""Few, found by an index: a policy asks for all of them once, and not of each row whether it is one."""

_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION skillnad_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE AS
    $$ SELECT string_to_array(nullif(current_setting(name, true), ''), ',')::bigint[] $$""",
    """CREATE OR REPLACE FUNCTION skillnad_units() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 20 AS
    $$ SELECT id FROM organisation_unit WHERE id = ANY (skillnad_ids('skillnad.units'))
        OR committee_id = ANY (skillnad_ids('skillnad.committees')) $$""",
    """CREATE OR REPLACE FUNCTION skillnad_everywhere() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT skillnad_ids('skillnad.committees') IS NOT NULL AND NOT EXISTS (
        SELECT FROM organisation_committee WHERE id <> ALL (skillnad_ids('skillnad.committees'))) $$""",
    """CREATE OR REPLACE FUNCTION skillnad_protected() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(current_setting('skillnad.protected', true), '') = 'on' $$""",
    f"""CREATE OR REPLACE FUNCTION skillnad_hidden_clients() {_HIDDEN} AS
    $$ SELECT id FROM register_client WHERE protected AND NOT skillnad_protected() $$""",  # noqa: S608
    f"""CREATE OR REPLACE FUNCTION skillnad_hidden_cases() {_HIDDEN} AS
    $$ SELECT id FROM register_case WHERE client_id IN (SELECT skillnad_hidden_clients()) $$""",  # noqa: S608
    f"""CREATE OR REPLACE FUNCTION skillnad_hidden_interventions() {_HIDDEN} AS
    $$ SELECT id FROM register_intervention WHERE case_id IN (SELECT skillnad_hidden_cases()) $$""",  # noqa: S608
    f"""CREATE OR REPLACE FUNCTION skillnad_hidden_follow_ups() {_HIDDEN} AS
    $$ SELECT id FROM register_followup WHERE intervention_id IN (SELECT skillnad_hidden_interventions()) $$""",  # noqa: S608
    f"""CREATE OR REPLACE FUNCTION skillnad_client_has_case(of_client bigint) RETURNS boolean
    LANGUAGE plpgsql {_OWNERS} AS
    $$ BEGIN RETURN EXISTS (SELECT FROM register_case WHERE client_id = of_client); END $$""",
    f"""CREATE OR REPLACE FUNCTION skillnad_unplaced_case_shown(of_case bigint) RETURNS boolean
    LANGUAGE plpgsql {_OWNERS} AS
    $$ BEGIN RETURN EXISTS (SELECT FROM register_intervention
            WHERE case_id = of_case AND unit_id IN (SELECT skillnad_units()))
        OR (skillnad_everywhere() AND NOT EXISTS (SELECT FROM register_intervention
            WHERE case_id = of_case AND unit_id IS NOT NULL)); END $$""",  # noqa: S608 (names of our own)
)

_OF_INTERVENTION = "EXISTS (SELECT FROM register_intervention above WHERE above.id = intervention_id)"
_OF_CASE = "EXISTS (SELECT FROM register_case above WHERE above.id = case_id)"

POLICIES: Mapping[str, str] = {
    "register_client": "(skillnad_protected() OR NOT protected) AND ("
    "EXISTS (SELECT FROM register_case below WHERE below.client_id = register_client.id)"
    " OR ((SELECT skillnad_everywhere()) AND NOT skillnad_client_has_case(id)))",
    "register_case": "(unit_id IN (SELECT skillnad_units()) OR (unit_id IS NULL AND skillnad_unplaced_case_shown(id)))"
    " AND client_id NOT IN (SELECT skillnad_hidden_clients())",
    "register_intervention": "(unit_id IN (SELECT skillnad_units())"
    " AND case_id NOT IN (SELECT skillnad_hidden_cases()))"
    f" OR (unit_id IS NULL AND {_OF_CASE})",
    "register_followup": _OF_INTERVENTION,
    "register_cost": _OF_INTERVENTION,
    "register_review": f"CASE WHEN intervention_id IS NULL THEN {_OF_CASE} ELSE {_OF_INTERVENTION} END",
}


def held(policies: Mapping[str, str], changes: Sequence[str] = ()) -> tuple[str, ...]:
    """The statements that let the web read these tables' rows of its area, and do nothing else with them but what
    `changes` grants."""
    return tuple(
        statement
        for table, shown in policies.items()
        for statement in (
            f"REVOKE ALL ON {table} FROM {WEB}",
            f"GRANT SELECT ON {table} TO {WEB}",
            f"CREATE POLICY skillnad_area ON {table} TO {WEB} USING ({shown})",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        )
    ) + tuple(changes)


def lifted(policies: Mapping[str, str]) -> tuple[str, ...]:
    """The way back, for a migration that is taken back; the role and what it may do are left."""
    return tuple(
        statement
        for table in policies
        for statement in (
            f"DROP POLICY IF EXISTS skillnad_area ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    )


SET = (_ROLE, *_MAY, *_FUNCTIONS, *held(POLICIES), f"REVOKE INSERT, UPDATE, DELETE ON register_importrun FROM {WEB}")


def run(connection: Any, statements: Sequence[str]) -> None:
    """On PostgreSQL alone: SQLite has no roles, and the application's own filter is what there is."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

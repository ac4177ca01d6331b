"""What an accepted delivery leaves in the register: the records, who they belong to, and nothing in plain text."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.organisation.models import Committee, Provider, Unit
from skillnad.register.imports.storing import insert
from skillnad.register.imports.summary import ImportSummary
from skillnad.register.models import Case, Client, Cost, FollowUp, ImportRun, Intervention, Review

from .conftest import MAPPING, ROWS, Deliver, many, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_import_stores_each_record_once(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    assert (Client.everyone.count(), Case.everyone.count(), Intervention.everyone.count()) == (2, 2, 3)


def test_import_stores_the_values_of_a_case(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    case = Case.everyone.get(source="ifo", source_key="A1")
    assert (case.intake_date, case.intake_reason, case.household_type) == (date(2024, 1, 10), "1;8", "")


def test_import_stores_the_values_of_an_intervention(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    stored = Intervention.everyone.get(source_key="I1")
    assert (stored.start_date, stored.end_date) == (date(2024, 2, 1), date(2024, 6, 30))
    assert (stored.intervention_type, stored.closing_reason, stored.unit.code) == ("10", "1", "E1")


def test_import_links_interventions_to_their_case_and_client(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    found = Intervention.everyone.filter(case__client__birth_date=date(1990, 1, 2))
    assert sorted(found.values_list("source_key", flat=True)) == ["I1", "I2"]


def test_import_seals_the_identity_to_the_pseudonym(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    client = Client.everyone.get(birth_date=date(1990, 1, 2))
    assert client.id_kind == "reserv_lokal"
    assert installed_keys().unseal(bytes(client.identity_sealed), client.pseudonym) == "19900102TF21"


def test_import_leaves_no_identity_in_plain_text(deliver: Deliver) -> None:
    mapping = MAPPING.replace('intervention = "Insats"', 'intervention = ["Pnr", "Insats"]')
    deliver({"insatser.csv": text()}, mapping)
    keys = [
        *Client.everyone.values_list("source_key", flat=True),
        *Intervention.everyone.values_list("source_key", flat=True),
    ]
    assert not any("TF21" in key or "19900102" in key for key in keys)


def test_import_blinds_a_case_key_that_looks_like_an_identity(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(ROWS[0].replace(";A1;", ";19900102-TF21;"))})
    assert "19900102" not in Case.everyone.get().source_key


def test_pseudonyms_are_positive_and_differ(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    pseudonyms = list(Client.everyone.values_list("pseudonym", flat=True))
    assert len(set(pseudonyms)) == 2
    assert min(pseudonyms) > 0


def test_import_adds_units_with_their_names(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    assert dict(Unit.objects.values_list("code", "name")) == {"E1": "Enhet Öst", "E2": "Enhet Väst"}


def test_import_adds_committees_and_providers(deliver: Deliver) -> None:
    mapping = MAPPING + 'committee = { value = "Socialnämnden" }\nprovider = "Enhetsnamn"\n'
    deliver({"insatser.csv": text()}, mapping)
    assert Committee.objects.filter(name="Socialnämnden", units__code="E1").exists()
    assert Provider.objects.filter(name="Enhet Öst").count() == 1


def test_import_records_one_event_and_its_run(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text()})
    run = ImportRun.objects.get()
    assert summary.run == run.pk
    assert (run.rows_read, run.rows_new, run.files[0]["rows"]) == (3, 3, 3)
    assert AuditEvent.objects.filter(action="register.import").get().subjects == [run.pk]


def test_every_row_names_its_run(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    run = ImportRun.objects.get()
    assert not Case.everyone.exclude(import_run=run).exists()


def test_rows_added_later_get_ids_of_their_own(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*ROWS[:2])})
    deliver({"insatser.csv": text()}, accept_changes=True)
    case = Case.everyone.get(source_key="A2")
    made = Case.everyone.create(source="test", source_key="x", client=case.client)
    assert made.pk > case.pk


def test_follow_ups_reviews_and_costs_of_several_files(deliver: Deliver) -> None:
    mapping = MAPPING + EXTRA
    deliver(
        {
            "insatser.csv": text(),
            "uppf.csv": "Insats;Nr;Datum;Mal\nI1;1;2024-05-01;1\n",
            "ompr.csv": "Insats;Senast;Hallen\nI1;2024-08-01;\n",
            "kost.csv": "Insats;Fran;Till;Belopp\nI1;2024-02-01;2024-02-29;12 345,50\n",
        },
        mapping,
    )
    assert FollowUp.everyone.get().goal_attainment == "1"
    assert Review.everyone.get().due_date == date(2024, 8, 1)
    assert Cost.everyone.get().amount == 1_234_550


def test_review_of_an_intervention_has_its_case(deliver: Deliver) -> None:
    deliver(
        {"insatser.csv": text(), **_NO_OTHERS, "ompr.csv": "Insats;Senast;Hallen\nI3;2024-08-01;\n"}, MAPPING + EXTRA
    )
    review = Review.everyone.get()
    assert (review.intervention.source_key, review.case.source_key) == ("I3", "A2")


def test_review_of_an_intervention_that_the_register_has(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    optional = MAPPING.replace('match = "insatser*.csv"', 'match = "insatser*.csv"\noptional = true')
    deliver({**_NO_OTHERS, "ompr.csv": "Insats;Senast;Hallen\nI3;2024-08-01;\n"}, optional + EXTRA, accept_changes=True)
    assert Review.everyone.get().case.source_key == "A2"


def reviewed(deliver: Deliver, *rows: str, **options: Any) -> ImportSummary:
    """Reviews of cases, some of an intervention too."""
    content = "\n".join(("Nr;Arende;Insats;Hallen", *rows)) + "\n"
    return deliver({"insatser.csv": text(), "ompr.csv": content}, MAPPING + OF_CASES, **options)


def test_review_of_a_case_needs_no_intervention_and_no_due_date(deliver: Deliver) -> None:
    reviewed(deliver, "1;A1;;2024-08-01", "2;A1;I2;2024-09-01")
    of_case, of_intervention = Review.everyone.order_by("held_date")
    assert (of_case.case.source_key, of_case.intervention, of_case.due_date) == ("A1", None, None)
    assert of_intervention.intervention.source_key == "I2"


def test_review_of_a_case_read_again_changes_nothing(deliver: Deliver) -> None:
    for _ in range(2):
        summary = reviewed(deliver, "1;A1;;2024-08-01", "2;A1;I2;2024-09-01")
    assert (summary.new, summary.changed, summary.unchanged) == (0, 0, 5)


def test_review_of_a_case_learns_its_intervention_later(deliver: Deliver) -> None:
    reviewed(deliver, "1;A1;;2024-08-01")
    reviewed(deliver, "1;A1;I2;2024-08-01", accept_changes=True)
    assert Review.everyone.get().intervention.source_key == "I2"


def test_review_without_any_date_is_rejected(deliver: Deliver) -> None:
    summary = reviewed(deliver, "1;A1;;2024-08-01", "2;A1;;", accept_rejected=True)
    assert (summary.rejected, summary.rules["IMP-115"]) == (1, 1)


def test_review_of_a_case_that_is_nowhere_is_rejected(deliver: Deliver) -> None:
    summary = reviewed(deliver, "1;A9;;2024-08-01", accept_rejected=True)
    assert (summary.rejected, summary.rules) == (1, {"IMP-112": 1})


def test_review_of_an_intervention_that_is_nowhere_is_rejected(deliver: Deliver) -> None:
    files = {"insatser.csv": text(), **_NO_OTHERS, "ompr.csv": "Insats;Senast;Hallen\nI9;2024-08-01;\n"}
    summary = deliver(files, MAPPING + EXTRA, accept_rejected=True)
    assert (summary.rejected, summary.rules) == (1, {"IMP-112": 1})


OF_CASES = """
[[file]]
match = "ompr.csv"
[file.keys]
case = "Arende"
intervention = "Insats"
review = "Nr"
[file.columns]
held_date = "Hallen"
"""
_NO_OTHERS = {
    "uppf.csv": "Insats;Nr;Datum;Mal\nI1;1;2024-05-01;1\n",
    "kost.csv": "Insats;Fran;Till;Belopp\nI1;2024-02-01;2024-02-29;1\n",
}
EXTRA = """
[[file]]
match = "uppf.csv"
[file.keys]
intervention = "Insats"
follow_up = ["Insats", "Nr"]
[file.columns]
follow_up_date = "Datum"
goal_attainment = "Mal"
[[file]]
match = "ompr.csv"
[file.keys]
intervention = "Insats"
review = ["Insats", "Senast"]
[file.columns]
due_date = "Senast"
held_date = "Hallen"
[[file]]
match = "kost.csv"
[file.keys]
intervention = "Insats"
cost = ["Insats", "Fran"]
[file.columns]
from_date = "Fran"
to_date = "Till"
amount = "Belopp"
"""


def test_a_client_without_identity_is_one_for_each_case(deliver: Deliver) -> None:
    mapping = MAPPING.replace("identity = true }", 'identity = true, missing = "none" }')
    rows = [row.replace("20010203-TF31", "") for row in ROWS]
    deliver({"insatser.csv": text(*rows)}, mapping)
    client = Case.everyone.get(source_key="A2").client
    assert (client.id_kind, client.identity_sealed, client.identity_index) == ("none", None, None)


def test_two_sources_meet_in_one_client(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    second = MAPPING.replace('name = "ifo"', 'name = "aldre"')
    deliver({"insatser.csv": text(ROWS[2].replace(";A2;I3;M;2001-02-03", ";B9;J9;;"))}, second)
    assert Client.everyone.count() == 2
    client = Case.everyone.get(source="aldre").client
    assert (client.source, client.legal_sex) == ("ifo", "2")


def test_protection_by_one_source_is_not_lifted_by_another(deliver: Deliver) -> None:
    protecting = MAPPING + 'protected = { value = "Ja" }\n'
    deliver({"insatser.csv": text()}, protecting)
    second = MAPPING.replace('name = "ifo"', 'name = "aldre"') + 'protected = { value = "Nej" }\n'
    deliver({"insatser.csv": text()}, second)
    assert not Client.objects.exists()


def test_large_loads_leave_the_indexes_as_they_were(deliver: Deliver, monkeypatch: Any) -> None:
    monkeypatch.setattr("skillnad.register.imports.derived._MANY", 1)
    before = indexes()
    deliver({"insatser.csv": text()})
    assert indexes() == before


def test_rows_that_fill_several_statements_are_all_stored_as_they_are(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*many(97))})
    stored = {each.source_key: each for each in Intervention.everyone.select_related("case")}
    assert {key: each.case.source_key for key, each in stored.items()} == {f"I{n}": f"A{n}" for n in range(97)}
    assert {(each.start_date, each.end_date, each.closing_reason) for each in stored.values()} == {
        (date(2024, 2, 1), None, "")
    }


@pytest.mark.parametrize("large", [1, 100])
def test_links_that_lead_nowhere_refuse_the_whole_load(large: int, monkeypatch: Any) -> None:
    monkeypatch.setattr("skillnad.register.imports.derived._MANY", large)
    rows = {"id": [1, 2], "source": "ifo", "source_key": ["A", "B"], "client_id": 17}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Case, pl.DataFrame(rows))
    assert not Case.everyone.exists()


def indexes() -> list[Any]:
    tables = ("client", "case", "intervention", "followup", "importrun")
    with connection.cursor() as cursor:
        return [connection.introspection.get_constraints(cursor, f"register_{table}") for table in tables]


def test_a_key_that_is_there_twice_refuses_a_large_load(monkeypatch: Any) -> None:
    monkeypatch.setattr("skillnad.register.imports.derived._MANY", 1)
    rows = {"id": [1, 2], "source": "ifo", "source_key": "A", "pseudonym": [1, 2]}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Client, pl.DataFrame(rows))
    assert not Client.everyone.exists()


def test_dates_from_identity_only_where_the_mapping_says_so(deliver: Deliver) -> None:
    mapping = MAPPING.replace('birth_date = "Fodd"', "birth_date = { from_identity = true }")
    deliver({"insatser.csv": text()}, mapping)
    assert Client.everyone.filter(birth_date=date(1990, 1, 2)).count() == 1

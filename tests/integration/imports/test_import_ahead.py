"""Clients and cases stored before the rules of what is below them are tried: the register ends as if they were not."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from proof_sizes import SEED, size

from skillnad.lib.errors import UserError
from skillnad.register.imports.arrivals import Arrivals
from skillnad.register.imports.stored import PLACES
from skillnad.register.imports.summary import ImportSummary
from skillnad.register.imports.writer import Writer
from skillnad.register.models import Case, Client, FollowUp, ImportRun, Intervention

from .conftest import HEADER, MAPPING, ROWS, Deliver, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

OF_FOLLOW_UPS = """
[[file]]
match = "uppf.csv"
[file.keys]
client = { column = "Pnr", identity = true }
case = "Arende"
intervention = "Insats"
follow_up = ["Insats", "Nr"]
[file.columns]
intake_reason = { column = "Orsak", split = "," }
follow_up_date = "Datum"
"""
OWN = {"id", "pseudonym", "identity_sealed", "import_run"}
ABOVE = {Case: "client", Intervention: "case", FollowUp: "intervention"}


@pytest.fixture(autouse=True)
def went_ahead(monkeypatch: Any) -> list[str]:
    """The records that were stored ahead. What is a matter of speed alone is done here whatever the database."""
    told, ahead = list[str](), Arrivals.ahead

    def telling(arrivals: Arrivals, record: Any, frame: Any) -> None:
        ahead(arrivals, record, frame)
        told.extend([record] if record in arrivals._ahead else [])

    monkeypatch.setattr(Writer, "beside", True)
    monkeypatch.setattr(Arrivals, "ahead", telling)
    return told


def cells(model: Any) -> list[tuple[Any, ...]]:
    """What two imports of the same rows have in common; what stands above by its key, units by their code. A hash is
    of row ids too where there are units."""
    unlike = OWN | ({"row_hash"} if model is Intervention else set())
    names = [field.name for field in model._meta.concrete_fields if field.name not in unlike]
    names = [f"{name}__source_key" if name == ABOVE.get(model) else name for name in names]
    names = [f"{name}__code" if name in PLACES else name for name in names]
    return sorted((tuple(map(str, row)) for row in model.everyone.values_list(*names)), key=str)


def register() -> dict[str, Any]:
    runs = ImportRun.objects.values_list("rows_read", "rows_accepted", "rows_rejected", "rows_new", "details")
    return {"runs": list(runs), **{model.__name__: cells(model) for model in (Client, *ABOVE)}}


class Seen(Exception):
    """Takes a delivery back when it has been looked at."""


def seen(deliver: Callable[[], ImportSummary]) -> tuple[ImportSummary | str, dict[str, Any]]:
    """What a delivery gave, or the code of what stopped it, and what it left."""
    told: list[Any] = []
    try:
        with transaction.atomic():
            try:
                told.append(replace(deliver(), run=None, rejected_files=()))
            except UserError as error:
                told.append(error.code)
            told.append(register())
            raise Seen
    except Seen:
        return told[0], told[1]


def row(number: int, chance: random.Random) -> str:
    """A row about intervention `number`. One in four or so breaks a rule; what it says of its case is often new."""
    client, case = chance.randrange(5), chance.randrange(6)
    identity = f"1990010{client + 1}-TF2{client}" if chance.random() < 0.95 else ""
    start, end = chance.choice(["2024-02-01", "2024-03-01", "", "1850-01-01"]), chance.choice(["", "2024-02-20"])
    said = f"{chance.choice('KM')};1990-01-0{chance.randint(1, 9)};2024-01-{chance.randint(10, 12)}"
    reason = f"{chance.randint(1, 9)},{chance.randint(10, 14)}"
    key = f"A{case if chance.random() < 0.1 else client}"
    return f"{identity};{key};I{number};{said};{reason};{start};{end};10;;E{client};Enhet"


def follow_up(number: int, chance: random.Random) -> str:
    client = chance.randrange(5)
    day = chance.choice(["2024-05-01", "2024-02-30", ""])
    return f"1990010{client + 1}-TF2{client};A{client};I{number};{number};{day};{chance.randint(1, 9)}"


def files(seed: int) -> dict[str, str | bytes]:
    chance = random.Random(seed)
    rows = [row(number, chance) for number in range(chance.randint(3, 12))]
    lower = [follow_up(number, chance) for number in range(chance.randint(1, 6))]
    return {
        "insatser.csv": text(*rows),
        "uppf.csv": "\n".join(("Pnr;Arende;Insats;Nr;Datum;Orsak", *lower)) + "\n",
    }


def both_ways(content: dict[str, str | bytes], deliver: Deliver, monkeypatch: Any) -> Iterator[Any]:
    for may in (Arrivals._can_go_ahead, lambda *_: False):
        with monkeypatch.context() as way:
            way.setattr(Arrivals, "_can_go_ahead", may)
            yield seen(lambda: deliver(content, MAPPING + OF_FOLLOW_UPS, accept_rejected=True))


@pytest.mark.parametrize("large", [1, 20_000])
def test_register_is_as_if_all_rules_were_tried_first(
    large: int, deliver: Deliver, monkeypatch: Any, went_ahead: list[str]
) -> None:
    monkeypatch.setattr("skillnad.register.imports.derived._MANY", large)
    rejected = 0
    for seed in range(SEED, SEED + size(8, 300)):
        (ahead, left), (after, wanted) = both_ways(files(seed), deliver, monkeypatch)
        assert (ahead, left) == (after, wanted), f"seed {seed}"
        rejected += getattr(ahead, "rejected", 0)
    assert rejected > 8
    assert went_ahead
    assert set(went_ahead) == {"client", "case"}


BACKWARDS = ROWS[1].replace("2024-07-01;;", "2024-07-01;2024-01-01;")


def test_what_a_rejected_row_said_of_its_case_is_taken_back(deliver: Deliver, went_ahead: list[str]) -> None:
    deliver({"insatser.csv": text(ROWS[0], BACKWARDS.replace(";1,8;", ";6;"), ROWS[2])}, accept_rejected=True)
    assert Case.everyone.get(source_key="A1").intake_reason == "1;8"
    assert went_ahead == ["client", "case"]


def test_what_a_rejected_row_said_of_its_client_is_taken_back(deliver: Deliver, went_ahead: list[str]) -> None:
    deliver({"insatser.csv": text(ROWS[0], BACKWARDS.replace(";K;", ";M;"), ROWS[2])}, accept_rejected=True)
    assert Client.everyone.get(cases__source_key="A1").legal_sex == "1"
    assert went_ahead == ["client", "case"]


def test_client_and_case_of_rejected_rows_alone_are_not_left(deliver: Deliver, went_ahead: list[str]) -> None:
    only = ROWS[2].replace("2024-04-01;;", "2024-04-01;2024-01-01;")
    summary = deliver({"insatser.csv": text(*ROWS[:2], only)}, accept_rejected=True)
    assert list(Case.everyone.values_list("source_key", flat=True)) == ["A1"]
    assert (Client.everyone.count(), summary.records["client"].new, summary.records["case"].new) == (1, 1, 1)
    assert went_ahead == ["client", "case"]


def test_delivery_that_is_stopped_leaves_nothing_of_what_went_ahead(deliver: Deliver, went_ahead: list[str]) -> None:
    with pytest.raises(UserError, match="IMP-021"):
        deliver({"insatser.csv": text(ROWS[0], BACKWARDS, ROWS[2])})
    assert went_ahead == ["client", "case"]
    assert not Client.everyone.exists()
    assert not ImportRun.objects.exists()


def test_rehearsal_leaves_nothing_of_what_went_ahead(deliver: Deliver, went_ahead: list[str]) -> None:
    assert deliver({"insatser.csv": text()}, dry_run=True).records["case"].new == 2
    assert went_ahead == ["client", "case"]
    assert not Case.everyone.exists()


def test_records_that_the_register_may_have_do_not_go_ahead(deliver: Deliver, went_ahead: list[str]) -> None:
    deliver({"insatser.csv": text()})
    went_ahead.clear()
    deliver({"insatser.csv": text(*ROWS[:2])}, accept_changes=True)
    assert went_ahead == []


def test_cases_that_name_their_unit_wait_for_the_units(deliver: Deliver, went_ahead: list[str]) -> None:
    mapping = MAPPING.replace("unit = {", '"case.unit" = {')
    deliver({"insatser.csv": text()}, mapping)
    assert went_ahead == ["client"]
    assert Case.everyone.get(source_key="A2").unit.code == "E2"


def test_rows_of_the_next_delivery_get_ids_of_their_own(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    deliver({"insatser.csv": text(*ROWS, ROWS[2].replace("A2;I3", "A3;I4"))}, accept_changes=True)
    assert (Case.everyone.count(), Intervention.everyone.count(), len(HEADER.split(";"))) == (3, 4, 13)


def test_indexes_are_there_again_after_rows_were_mended(deliver: Deliver, monkeypatch: Any) -> None:
    monkeypatch.setattr("skillnad.register.imports.derived._MANY", 1)
    before = constraints()
    deliver({"insatser.csv": text(ROWS[0], BACKWARDS.replace(";1,8;", ";6;"), ROWS[2])}, accept_rejected=True)
    assert constraints() == before


def constraints() -> list[Any]:
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in (Client, *ABOVE)]
        return [connection.introspection.get_constraints(cursor, table) for table in tables]

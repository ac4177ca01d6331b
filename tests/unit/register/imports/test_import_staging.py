"""Rules over a whole delivery, without a database: what breaks them, and what goes out with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillnad.codebook.loading import load_codebook
from skillnad.lib.sealing import Keys, create_key_file, load_key_file
from skillnad.register.imports.deliveries import read_delivery
from skillnad.register.imports.fields import Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.mapping_reading import parse_mapping
from skillnad.register.imports.records import fields_by_column
from skillnad.register.imports.sections import Reader
from skillnad.register.imports.staging import Staging

CODEBOOK = load_codebook()
MAPPING = """
[mapping]
name = "ifo"
[[file]]
match = "klienter.csv"
[file.keys]
client = "Klient"
[file.columns]
birth_date = "Fodd"
[[file]]
match = "arenden.csv"
[file.keys]
client = "Klient"
case = "Arende"
[file.columns]
intake_date = "Inkom"
closed_date = "Avslutad"
"case.decision_date" = "Beslut"
household_type = "Hushall"
[[file]]
match = "insatser.csv"
[file.keys]
case = "Arende"
intervention = "Insats"
[file.columns]
start_date = "Start"
end_date = "Slut"
intervention_type = "Typ"
[[file]]
match = "kostnader.csv"
optional = true
[file.keys]
intervention = "Insats"
cost = ["Insats", "Fran"]
[file.columns]
from_date = "Fran"
to_date = "Till"
amount = "Belopp"
"""
CLIENT = "K1;1990-01-02"
CASE = "K1;A1;2024-01-10;;2024-01-20;1"
INTERVENTION = "A1;I1;2024-02-01;2024-06-30;10"
COST = "I1;2024-02-01;2024-02-29;100"

Stage = Callable[..., Staging]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    create_key_file(path)
    return load_key_file(path)


@pytest.fixture
def stage(tmp_path: Path, keys: Keys) -> Stage:
    def stage(client: str = CLIENT, case: str = CASE, intervention: str = INTERVENTION, cost: str = COST) -> Staging:
        files = {
            "klienter.csv": f"Klient;Fodd\n{client}\n",
            "arenden.csv": f"Klient;Arende;Inkom;Avslutad;Beslut;Hushall\n{case}\n",
            "insatser.csv": f"Arende;Insats;Start;Slut;Typ\n{intervention}\n",
            "kostnader.csv": f"Insats;Fran;Till;Belopp\n{cost}\n",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        findings, today = Findings(), date(2026, 3, 2)
        mapping = parse_mapping(MAPPING, CODEBOOK)
        paths = [tmp_path / name for name in files]
        delivery = read_delivery(mapping, paths, Reader(keys, today, "M.toml", findings), lambda step: None)
        fields = fields_by_column(CODEBOOK, delivery.sections)
        nothing = pl.Series([], dtype=pl.String)
        staging = Staging(delivery.sections, delivery.identities, fields, today, lambda record: nothing, findings)
        staging.run()
        return staging

    return stage


def test_delivery_without_faults_has_no_findings(stage: Stage) -> None:
    staging = stage()
    assert staging.findings.counts() == {}
    assert {record: frame.height for record, frame in staging.frames.items()} == dict.fromkeys(
        (Record.CLIENT, Record.CASE, Record.INTERVENTION, Record.COST), 1
    )


@pytest.mark.parametrize(
    ("where", "row", "rule"),
    [
        ("case", "K1;A1;2024-01-10;2024-01-09;;1", "IMP-122"),
        ("case", "K1;A1;2024-01-10;;2024-01-09;1", "IMP-201"),
        ("case", "K1;A1;2024-01-10;2024-06-29;;1", "IMP-204"),
        ("case", "K1;A1;2026-03-03;;;1", "IMP-207"),
        ("client", "K1;1903-01-10", "IMP-125"),
        ("client", "K1;2024-11-11", "IMP-126"),
        ("client", "K1;2024-11-10", "IMP-208"),
        ("client", "K1;2024-01-11", "IMP-208"),
        ("client", "K1;2009-01-11", "IMP-214"),
        ("client", "K9;1990-01-02", None),
        ("intervention", "A1;I1;2024-02-01;2024-01-31;10", "IMP-121"),
        ("intervention", "A1;I1;2024-01-09;2024-06-30;10", "IMP-203"),
        ("intervention", "A9;I1;2024-02-01;2024-06-30;10", "IMP-112"),
        ("cost", "I1;2024-02-01;2024-01-31;100", "IMP-123"),
        ("cost", "I1;2024-02-01;;-1", "IMP-124"),
        ("cost", "I1;2024-02-01;;", "IMP-115"),
        ("cost", "I1;2024-02-01;;mycket", "IMP-105"),
        ("cost", "I9;2024-02-01;;100", "IMP-112"),
    ],
)
def test_rule_is_told(stage: Stage, where: str, row: str, rule: str | None) -> None:
    counts = stage(**{where: row}).findings.counts()
    assert rule in counts if rule else counts == {}


@pytest.mark.parametrize(
    ("where", "row"),
    [
        ("case", "K1;A1;2024-01-10;2024-06-30;2024-01-10;1"),
        ("client", "K1;1904-01-10"),
        ("client", "K1;2009-01-10"),
        ("intervention", "A1;I1;2024-02-01;2024-02-01;10"),
        ("intervention", "A1;I1;;;"),
        ("cost", "I1;2024-02-01;2024-02-01;0"),
    ],
)
def test_days_that_just_hold_break_no_rule(stage: Stage, where: str, row: str) -> None:
    assert stage(**{where: row}).findings.counts() == {}


def test_rejected_case_takes_what_hangs_on_it(stage: Stage) -> None:
    staging = stage(case="K1;A1;2024-01-10;2024-01-09;;1")
    assert staging.findings.counts() == {"IMP-112": 2, "IMP-122": 1}
    assert staging.frames[Record.CASE].height == staging.frames[Record.INTERVENTION].height == 0


def test_rejected_intervention_leaves_its_case(stage: Stage) -> None:
    staging = stage(intervention="A1;I1;2024-02-01;2024-01-31;10")
    assert (staging.frames[Record.CASE].height, staging.frames[Record.INTERVENTION].height) == (1, 0)


def test_case_in_two_rows_that_differ_is_rejected_once_each(stage: Stage) -> None:
    staging = stage(case=f"{CASE}\nK1;A1;2024-01-11;;;1")
    assert staging.findings.counts()["IMP-113"] == 2


def test_client_told_of_twice_alike_is_read_once(stage: Stage) -> None:
    client = "K1;1990-01-02\nK1;1990-01-02"
    assert stage(client=client).findings.counts() == {"IMP-221": 1}


def of(*parts: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[str]:
    """Some rows, each of one cell a part."""
    return st.lists(st.tuples(*parts).map(";".join), min_size=1, max_size=most).map("\n".join)


CLIENTS, CASES, INTERVENTIONS = (st.sampled_from([f"{letter}{n}" for n in (1, 2, 3)] + [""]) for letter in "KAI")
DAY = st.sampled_from(["2024-01-10", "2024-02-01", "2024-06-30", "", "2024-13-01"])
CODE = st.sampled_from(["1", "4", ""])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    of(CLIENTS, DAY),
    of(CLIENTS, CASES, DAY, DAY, DAY, CODE),
    of(CASES, INTERVENTIONS, DAY, DAY, st.just("10")),
    of(INTERVENTIONS, DAY, DAY, st.just("1")),
)
def test_orphans_that_are_not_looked_for_are_not_there(
    stage: Stage, client: str, case: str, intervention: str, cost: str
) -> None:
    rows = {"client": client, "case": case, "intervention": intervention, "cost": cost}
    staged = stage(**rows)
    with pytest.MonkeyPatch.context() as looking:
        looking.setattr(Staging, "_complete", lambda *_: False)
        looked = stage(**rows)
    assert staged.findings.all().rows() == looked.findings.all().rows()
    assert {record: frame.rows() for record, frame in staged.frames.items()} == {
        record: frame.rows() for record, frame in looked.frames.items()
    }


def test_rows_that_name_a_case_without_telling_of_it_are_looked_up(stage: Stage) -> None:
    assert stage(case="K1;A2;2024-01-10;;;1").findings.counts()["IMP-112"] == 2

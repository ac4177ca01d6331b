"""Reviews of a delivery, without a database: days that are planned, days that were held, and how far ahead they go."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

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
TODAY = date(2026, 3, 2)
MAPPING = """
[mapping]
name = "ifo"
[[file]]
match = "insatser.csv"
[file.keys]
client = "Klient"
case = "Arende"
intervention = "Insats"
[file.columns]
start_date = "Start"
[[file]]
match = "omprovningar.csv"
LATEST
[file.keys]
case = "Arende"
intervention = "Insats"
review = "Nr"
[file.columns]
due_date = "Senast"
held_date = "Hallen"
"""
FILES = ("insatser.csv", "omprovningar.csv")
INTERVENTIONS = "Klient;Arende;Insats;Start\nK1;A1;I1;2024-02-01\nK2;A2;I2;2024-02-01\n"

Found = Callable[..., dict[str, int]]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    create_key_file(path)
    return load_key_file(path)


@pytest.fixture
def findings_of(tmp_path: Path, keys: Keys) -> Callable[..., Findings]:
    """What is found in a delivery of `files`, whose reviews are `rows`."""

    def findings_of(*rows: str, latest: str = "", files: tuple[str, ...] = FILES) -> Findings:
        (tmp_path / "insatser.csv").write_text(INTERVENTIONS, encoding="utf-8")
        text = "\n".join(("Arende;Insats;Nr;Senast;Hallen", *rows)) + "\n"
        (tmp_path / "omprovningar.csv").write_text(text, encoding="utf-8")
        told = MAPPING if files == FILES else MAPPING.replace("[[file]]", "[[file]]\noptional = true")
        mapping = parse_mapping(told.replace("LATEST", latest), CODEBOOK)
        findings = Findings()
        reader = Reader(keys, TODAY, "M.toml", findings)
        delivery = read_delivery(mapping, [tmp_path / name for name in files], reader, lambda step: None)
        fields = fields_by_column(CODEBOOK, delivery.sections)
        Staging(delivery.sections, delivery.identities, fields, TODAY, _nothing_known, findings).run()
        return findings

    return findings_of


@pytest.fixture
def found(findings_of: Callable[..., Findings]) -> Found:
    """The rules that reviews break, with their rows: `found("A1;I1;R1;2026-01-01;")`."""
    return lambda *rows, **more: findings_of(*rows, **more).counts()


def _nothing_known(_record: Record) -> pl.Series:
    return pl.Series([], dtype=pl.String)


@pytest.mark.parametrize(("due", "rules"), [("2028-12-31", {}), ("2029-01-01", {"IMP-102": 1})])
def test_day_more_than_two_years_ahead_is_taken_for_a_slip(found: Found, due: str, rules: dict[str, int]) -> None:
    assert found(f"A1;I1;R1;{due};") == rules


@pytest.mark.parametrize(("due", "rules"), [("2031-06-30", {}), ("2031-07-01", {"IMP-102": 1})])
def test_mapping_says_how_far_ahead_days_of_the_file_go(found: Found, due: str, rules: dict[str, int]) -> None:
    assert found(f"A1;I1;R1;{due};", latest="latest_date = 2031-06-30") == rules


def test_latest_day_of_an_old_extract_may_be_behind(found: Found) -> None:
    rows = ("A1;I1;R1;2018-03-31;", "A1;I1;R2;2018-04-01;")
    assert found(*rows, latest="latest_date = 2018-03-31") == {"IMP-102": 1}


def test_latest_day_of_one_file_holds_for_that_file_alone(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.INTERVENTIONS", INTERVENTIONS + "K2;A2;I3;2031-01-01\n")
    assert found("A1;I1;R1;2031-01-01;", latest="latest_date = 2031-06-30") == {"IMP-102": 1}


@pytest.mark.parametrize(("held", "rules"), [("2026-03-02", {}), ("2026-03-03", {"IMP-209": 1})])
def test_review_held_tomorrow_is_warned_of(found: Found, held: str, rules: dict[str, int]) -> None:
    assert found(f"A1;I1;R1;;{held}") == rules


def test_review_due_tomorrow_is_as_it_should_be(found: Found) -> None:
    assert found("A1;I1;R1;2026-03-03;") == {}


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("A1;I1;R1;2026-01-01;", {}),
        ("A2;I1;R1;2026-01-01;", {"IMP-216": 1}),
        ("A1;;R1;2026-01-01;", {}),
    ],
)
def test_review_is_of_its_interventions_case(found: Found, row: str, rules: dict[str, int]) -> None:
    assert found(row) == rules


def test_it_is_the_reviews_row_that_is_told_of(findings_of: Callable[..., Findings]) -> None:
    told = findings_of("A1;I1;R1;2026-01-01;", "A2;I1;R2;2026-01-01;").all().filter(pl.col("rule") == "IMP-216")
    interventions, reviews = 0, 1
    assert told.select("section", "row", "column").rows() == [(reviews, 3, "Arende")]
    assert interventions not in told["section"]


def test_reviews_alone_have_no_case_to_differ_from(found: Found) -> None:
    assert "IMP-216" not in found("A2;I1;R1;2026-01-01;", files=("omprovningar.csv",))


def test_interventions_alone_have_no_reviews_to_tell_of(found: Found) -> None:
    assert found(files=("insatser.csv",)) == {}


def test_review_that_breaks_several_rules_is_told_of_in_each(found: Found) -> None:
    assert found("A2;I1;R1;;2026-03-03", "A2;I2;R2;;2026-03-02") == {"IMP-209": 1, "IMP-216": 1}


def test_review_of_an_intervention_that_no_other_file_has_is_not_compared(found: Found) -> None:
    assert found("A2;I9;R1;2026-01-01;") == {"IMP-112": 1}


def test_case_of_a_review_is_not_compared_where_it_is_not_given(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        f"{__name__}.MAPPING",
        MAPPING.replace('case = "Arende"\nintervention = "Insats"\nreview', 'intervention = "Insats"\nreview'),
    )
    assert found("A2;I1;R1;2026-01-01;") == {}


@pytest.mark.parametrize(
    ("row", "rules"),
    [(";I1;R1;2026-01-01;", {}), ("A1;;R1;2026-01-01;", {}), (";;R1;2026-01-01;", {"IMP-111": 1})],
)
def test_case_or_intervention_is_enough_for_a_review(found: Found, row: str, rules: dict[str, int]) -> None:
    assert found(row) == rules


def test_review_brings_no_intervention_that_nobody_else_has_told_of(found: Found) -> None:
    assert found("A1;I9;R1;2026-01-01;") == {"IMP-112": 1}

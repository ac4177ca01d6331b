"""The pages protect by the municipality's own policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.snapshot import Snapshot
from skillnad.web.analyst.latest import protected

SEX = {"om": "insatser", "rader": "legal_sex", "period": "2025"}
STRICT = Policy(name="Exempelby", threshold=30, quantile_minimum=30)


MISSPELT = Policy(name="Exempelby", zeros_printed=False, sensitive=("problm",))
PAGES = ["/utforska/", "/rapport/granska/2025/", "/skillnader/"]


def under(policy: Policy) -> Iterator[None]:
    with override_settings(SKILLNAD_POLICY=policy):
        protected.cache_clear()
        yield
    protected.cache_clear()


@pytest.fixture
def strict() -> Iterator[None]:
    yield from under(STRICT)


@pytest.fixture
def misspelt() -> Iterator[None]:
    yield from under(MISSPELT)


def test_numbers_below_the_municipalitys_threshold_are_gaps(alva: Any, snapshot: Snapshot, strict: None) -> None:
    """20 women of 60: fewer than 30."""
    page = alva.get("/utforska/", SEX).content.decode()
    assert ">20<" not in page
    assert ">60<" in page


def test_answer_says_which_policy_it_was_made_by(alva: Any, snapshot: Snapshot, strict: None) -> None:
    assert STRICT.id in alva.get("/utforska/", SEX).content.decode()


def test_numbers_are_shown_by_the_default(alva: Any, snapshot: Snapshot) -> None:
    protected.cache_clear()
    assert ">20<" in alva.get("/utforska/", SEX).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_page_under_a_policy_of_no_column_names_those_that_there_are(
    alva: Any, snapshot: Snapshot, misspelt: None, page: str
) -> None:
    told = alva.get(page, SEX).content.decode()
    assert "Det finns ingen kolumn ”problm”. Menade du ”problem”?" in told
    assert "legal_sex" in told
    assert ">40<" not in told


def test_report_under_a_policy_of_no_column_is_not_prepared(alva: Any, snapshot: Snapshot, misspelt: None) -> None:
    answer = alva.post("/rapport/forbered/", {"period": "2025"})
    assert answer.status_code == 503
    assert not (snapshot.path / "protected").exists()

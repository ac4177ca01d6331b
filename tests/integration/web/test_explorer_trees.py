"""The explorer over a reorganisation: it offers the days around it, and answers by the organisation of the day."""

from typing import Any

import pytest
from pages_made import shown
from reorganised import NO_TREE, reorganised

from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import tree_choices

__all__ = ["reorganised"]
ASKED = {"om": "insatser", "rader": "unit@2024-12-31", "kolumner": ""}


def test_days_around_the_reorganisation_are_offered(reorganised: Any) -> None:
    offered = dict(tree_choices(reorganised(), Population.INTERVENTIONS))
    assert list(offered)[:2] == ["unit@2025-01-01", "unit@2024-12-31"]
    assert offered["committee@2025-01-01"] == "Nämnd enligt organisationen 2025-01-01"


def test_nothing_is_offered_where_nothing_changed(reorganised: Any) -> None:
    assert tree_choices(reorganised(NO_TREE), Population.INTERVENTIONS) == []


@pytest.mark.parametrize("more", [{}, {"fraga": "andelar", "kolumner": "legal_sex"}])
def test_explorer_answers_by_the_organisation_of_the_day(alva: Any, reorganised: Any, more: dict[str, str]) -> None:
    shown(reorganised())
    page = alva.get("/utforska/", ASKED | more).content.decode()
    assert "Väster + Öster" in page
    assert "Norr (A, A1, A2)" in page


def test_explorer_leads_on_from_the_answer_and_hands_it_out(alva: Any, reorganised: Any) -> None:
    shown(reorganised())
    assert alva.get("/utforska/tabell.xlsx", ASKED).status_code == 200
    assert "unit@2024-12-31" in alva.get("/utforska/", ASKED).content.decode()

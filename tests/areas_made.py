"""Stories of people in places, one row of each model, and the areas that see them."""

from datetime import date
from typing import Any
from zlib import crc32

import people

from skillnad.collection.models import FreeAnswer, Submission
from skillnad.organisation.models import Unit
from skillnad.organisation.standing import Area
from skillnad.register.models import Case, Client, Cost, FollowUp, Intervention, Review

MODELS = (Client, Case, Intervention, FollowUp, Review, Cost)


def a_story(key: str, *, unit: Unit | None, intervention_unit: Unit | None = None, protected: bool = False) -> FollowUp:
    """A client with one row of every kind in the register, all of the source key `key`."""
    row = {"source": "test", "source_key": key}
    client = Client.everyone.create(pseudonym=crc32(key.encode()) + 1, protected=protected, **row)
    case = Case.everyone.create(client=client, unit=unit, **row)
    intervention = Intervention.everyone.create(case=case, unit=intervention_unit, **row)
    Review.everyone.create(case=case, intervention=intervention, due_date=date(2025, 1, 1), **row)
    Cost.everyone.create(intervention=intervention, from_date=date(2025, 1, 1), amount=1, **row)
    return FollowUp.everyone.create(intervention=intervention, **row)


def words(key: str, **about: Any) -> FreeAnswer:
    """A sheet with one free answer, whose words cannot be opened. `about` is its subject, unit or neither."""
    told = {"instrument": "trygghet", "version": "1", "digest": "0" * 64, "perspective": "client", "row_hash": 0}
    run = people.import_run()
    day = date(2026, 2, 1)
    sheet = Submission.everyone.create(
        source="test", source_key=key, import_run=run, answered_date=day, **{**told, **about}
    )
    return FreeAnswer.everyone.create(submission=sheet, item="why_not", text_sealed=b"-")


def area_of_committee(*codes: str, protected: bool = False) -> Area:
    committees = frozenset(people.committee(code).pk for code in codes)
    return Area(committees=committees, protected=protected)


def area_of_unit(*codes: str, protected: bool = False) -> Area:
    return Area(units=frozenset(people.unit(code).pk for code in codes), protected=protected)

"""What the database itself refuses of answers, on SQLite and on PostgreSQL."""

from datetime import date
from itertools import combinations
from typing import Any

import people
import pytest
from django.db import IntegrityError, transaction

from skillnad.collection.models import SUBJECTS, FreeAnswer, Submission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def submission(key: str = "k", **values: Any) -> Submission:
    told = {"source": "test/ors", "source_key": key, "row_hash": 1, "import_run": people.import_run()}
    sheet = {"instrument": "ors", "version": "2000.1", "digest": "d", "perspective": "client"}
    day = {"answered_date": date(2026, 2, 1)}
    kept: Submission = Submission.everyone.create(**{**told, **sheet, **day, **values})
    return kept


@pytest.fixture
def subjects() -> dict[str, Any]:
    client = people.client()
    case = people.case(client)
    intervention = people.intervention(case)
    return dict(zip(SUBJECTS, (client, case, intervention, people.follow_up(intervention)), strict=True))


@pytest.mark.parametrize(
    "values",
    [
        {"source": ""},
        {"source_key": ""},
        {"instrument": ""},
        {"version": ""},
        {"digest": ""},
        {"perspective": ""},
        {"answered_date": date(206, 2, 1)},
        {"answered_date": date(2101, 1, 1)},
        {"age": -1},
    ],
)
def test_submission_refuses(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        submission(**values)


def test_key_is_one_row_in_its_source() -> None:
    submission()
    submission(source="annan/ors")
    with pytest.raises(IntegrityError):
        submission()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_submission_may_be_about_each(subject: str, subjects: dict[str, Any]) -> None:
    assert getattr(submission(**{subject: subjects[subject]}), subject) == subjects[subject]


@pytest.mark.parametrize("two", list(combinations(SUBJECTS, 2)))
def test_submission_is_about_one_at_most(two: tuple[str, str], subjects: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        submission(**{subject: subjects[subject] for subject in two})


@pytest.mark.parametrize("subject", SUBJECTS)
def test_protected_person_is_in_no_list_by_any_way(subject: str, subjects: dict[str, Any]) -> None:
    shown = submission("1")
    hidden = submission("2", **{subject: subjects[subject]})
    for one in (shown, hidden):
        FreeAnswer.everyone.create(submission=one, item="why", text_sealed=b"x")
    assert set(Submission.objects.all()) == {shown, hidden}
    subjects["client"].protected = True
    subjects["client"].save()
    assert set(Submission.objects.all()) == {shown}
    assert [one.submission for one in FreeAnswer.objects.all()] == [shown]
    assert Submission.everyone.count() == FreeAnswer.everyone.count() == 2


@pytest.mark.parametrize(
    "values", [{"item": ""}, {"item": "why"}, {"themed_by": "account:1"}, {"themed_at": people.NOW}]
)
def test_free_answer_refuses(values: dict[str, Any]) -> None:
    of = submission()
    FreeAnswer.everyone.create(submission=of, item="why", text_sealed=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeAnswer.everyone.create(**{"submission": of, "item": "other", "text_sealed": b"y", **values})


def test_words_go_with_their_sheet() -> None:
    of = submission()
    FreeAnswer.everyone.create(submission=of, item="why", text_sealed=b"x")
    of.delete()
    assert not FreeAnswer.everyone.exists()


def test_person_with_answers_is_not_removed_from_under_them(subjects: dict[str, Any]) -> None:
    submission(follow_up=subjects["follow_up"])
    with pytest.raises(IntegrityError):
        subjects["follow_up"].delete()

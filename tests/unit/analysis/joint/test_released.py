"""What a release of the ledger says of itself."""

from dataclasses import replace
from datetime import date

import pytest

from skillnad.analysis.joint import releases
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Count, Selection
from skillnad.codebook.periods import Period

YEAR, RUNNING = Period.year(2025), Period.year(2026)
ASKED, COUNTED = Count(Selection(period=YEAR), ("legal_sex",)), Count(Selection(period=YEAR), ("unit",))
RELEASE = Release("a" * 64 + ".1", "s" * 64, date(2025, 12, 31), "rules", ASKED, COUNTED)


def test_release_is_of_the_answer_before_its_number():
    assert RELEASE.answer == "a" * 64


def test_texts_are_those_of_what_was_asked_and_of_what_was_counted():
    assert RELEASE.asked_text == canonical_json(ASKED)
    assert RELEASE.text == canonical_json(COUNTED)


@pytest.mark.parametrize("which", ["text", "asked_text"])
def test_text_is_worked_out_once(which, monkeypatch):
    release, made = replace(RELEASE), []
    monkeypatch.setattr(releases, "canonical_json", lambda question: made.append(question) or "text")
    assert (getattr(release, which), getattr(release, which)) == ("text", "text")
    assert len(made) == 1


def test_release_whose_text_was_asked_for_is_the_same_release():
    release = replace(RELEASE)
    assert release.asked_text
    assert release == replace(RELEASE)
    assert release.as_data() == RELEASE.as_data()


@pytest.mark.parametrize(("period", "closed"), [(YEAR, True), (RUNNING, False), (None, False)])
def test_period_is_closed_when_the_snapshot_is_of_its_last_day_or_later(period, closed):
    assert replace(RELEASE, question=Count(Selection(period=period))).closed() is closed

"""Answers into the store: each row once, tied to its version and to whom it is about, and its words sealed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import people
import pytest
from answer_files import Import, row, written
from made_instruments import scored, small, with_slots

from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.collection.actions import import_answers
from skillnad.collection.models import FreeAnswer, Submission
from skillnad.collection.storing import unsealed
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.register.models import ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.database]


OPEN = load_instrument("open_contact")
MET = {"perspective": "staff", "contact_date": "2026-02-01", "met": "4;8", "reason": "1"}


def stored() -> Submission:
    found: Submission = Submission.everyone.get()
    return found


def counts(summary: Any) -> tuple[int, int, int, int]:
    return summary.new, summary.changed, summary.unchanged, summary.refused


def test_row_is_stored_on_its_version_and_follow_up(followed_up: Any, imported: Import) -> None:
    assert counts(imported(row(occasion="month", age="25"))) == (1, 0, 0, 0)
    kept = stored()
    assert (kept.instrument, kept.version, kept.digest) == ("trygghet", "2026.1", "made-trygghet")
    assert (kept.perspective, kept.answered_date, kept.occasion) == ("client", date(2026, 2, 1), "month")
    assert (kept.follow_up, kept.intervention, kept.case, kept.client) == (followed_up, None, None, None)
    assert (kept.answers, kept.slots, kept.age) == ({"day": "3", "night": "4"}, {}, 25)


def test_same_delivery_again_changes_nothing(followed_up: Any, imported: Import) -> None:
    rows = [row("1"), row("2", day="1", why_not="Mörkt i trappan.")]
    imported(*rows)
    before = list(Submission.everyone.values()), list(FreeAnswer.everyone.values())
    assert counts(imported(*rows)) == (0, 0, 2, 0)
    assert (list(Submission.everyone.values()), list(FreeAnswer.everyone.values())) == before


def test_changed_row_is_written_anew_and_the_others_left(followed_up: Any, imported: Import) -> None:
    imported(row("1"), row("2"))
    untouched = Submission.everyone.order_by("pk").values().first()
    assert counts(imported(row("1"), row("2", night="1", why_not="Larm."))) == (0, 1, 1, 0)
    first, second = Submission.everyone.order_by("pk")
    assert Submission.everyone.filter(pk=first.pk).values().get() == untouched
    assert second.answers == {"day": "3", "night": "1"}
    assert unsealed(FreeAnswer.everyone.get(), installed_keys()) == "Larm."


@pytest.mark.parametrize(
    "change",
    [{"date": "2026-02-02"}, {"follow_up": "", "intervention": "intervention-1"}, {"unit": "BU"}, {"age": "25"}],
)
def test_anything_that_a_row_says_makes_it_changed(change: dict[str, str], followed_up: Any, imported: Import) -> None:
    imported(row())
    assert counts(imported(row(**change))) == (0, 1, 0, 0)


def test_row_that_a_later_file_lacks_stays(followed_up: Any, imported: Import) -> None:
    imported(row("1"), row("2"))
    imported(row("2"))
    assert Submission.everyone.count() == 2


def test_same_key_of_another_source_or_instrument_is_another_row(followed_up: Any, imported: Import) -> None:
    imported(row())
    imported(row(), source="papper")
    imported(row(), instrument=replace(small(), id="annat"))
    assert sorted(Submission.everyone.values_list("source", flat=True)) == [
        "answers/annat",
        "answers/trygghet",
        "papper/trygghet",
    ]
    assert len(set(Submission.everyone.values_list("source_key", flat=True))) == 3


def test_key_that_names_someone_is_not_kept(followed_up: Any, imported: Import) -> None:
    imported(row("20010203-TK01"))
    kept = stored()
    assert "20010203" not in str(Submission.everyone.values())
    assert len(kept.source_key) == 43


def test_identity_number_finds_the_person_and_is_not_kept(followed_up: Any, imported: Import) -> None:
    imported(row(follow_up="", identity="20010203-TK01"))
    assert stored().client.pseudonym == 4_611_686_018_427_387_905
    assert "TK01" not in str(Submission.everyone.values())


@pytest.mark.parametrize("level", ["case", "intervention"])
def test_row_above_the_follow_up_is_found_by_its_key(level: str, followed_up: Any, imported: Import) -> None:
    imported(row(**{"follow_up": "", level: f"{level}-1"}))
    assert getattr(stored(), level).source_key == f"{level}-1"


def test_lowest_of_what_is_named_is_the_subject(followed_up: Any, imported: Import) -> None:
    imported(row(identity="20010203-TK01", case="case-1"))
    assert (stored().follow_up, stored().client, stored().case) == (followed_up, None, None)


def test_key_that_reads_as_an_identity_is_found_by_its_keyed_name(db: None, imported: Import) -> None:
    key = installed_keys().blind_text("key:case", "20010203-TK01/1")
    case = people.case(people.cecilia(), key)
    imported(row(follow_up="", case="20010203-TK01/1"))
    assert stored().case == case


def test_unit_and_provider_are_kept_as_told(followed_up: Any, imported: Import) -> None:
    imported(row(unit="LSS", provider="P1"))
    assert (stored().unit.code, stored().provider.code) == ("LSS", "P1")


def test_answers_about_nobody_need_nobody(db: None, imported: Import) -> None:
    people.unit()
    imported(row(follow_up="", unit="BU"), instrument=replace(small(), person=False))
    assert [getattr(stored(), name) for name in ("client", "case", "intervention", "follow_up")] == [None] * 4


def test_age_by_the_birth_date_decides_the_perspective(followed_up: Any, imported: Import) -> None:
    cells = {**row(perspective="client"), "p1": "1"}
    del cells["day"], cells["night"]
    assert counts(imported({**cells, "date": "2014-02-03"}, instrument=scored())) == (1, 0, 0, 0)
    summary = imported({**cells, "date": "2014-02-02"}, instrument=scored())
    assert [(one.column, one.code) for one in summary.refusals] == [("age", "INSTR-057")]


def test_every_kind_of_answer_is_kept_as_it_is_counted(followed_up: Any, imported: Import) -> None:
    cells = {"perspective": "staff", "place": "b", "help": "a c", "order": "c>a>b", "met": "2026-01-31", "days": "N"}
    told = {**cells, "minutes": "90", "hours.mon.day": "7,5", "hours__tue__day": "8.0", "said": "Bra."}
    summary = imported({"key": "1", "date": "2026-02-01", "client": "", "case": "case-1", **told}, instrument=scored())
    assert summary.refusals == ()
    assert stored().answers == {
        "place": "b",
        "help": ["a", "c"],
        "order": {"c": 1, "a": 2, "b": 3},
        "met": "2026-01-31",
        "days": "N",
        "minutes": 90,
        "hours.mon.day": 7.5,
        "hours.tue.day": 8,
    }


def test_reference_point_stands_with_the_answer(followed_up: Any, imported: Import) -> None:
    cells = {"key": "1", "date": "2026-02-01", "case": "case-1", "changed": "3", "variant": "easy", "language": "ar"}
    imported({**cells, "slot.since": "previous"}, instrument=with_slots())
    kept = stored()
    assert (kept.slots, kept.variant, kept.language) == ({"since": "previous"}, "easy", "ar")


def test_words_are_sealed_and_nowhere_else(followed_up: Any, imported: Import) -> None:
    summary = imported(row(day="1", why_not="Belysningen fungerar inte."))
    kept = FreeAnswer.everyone.get()
    assert (kept.item, summary.words, unsealed(kept, installed_keys())) == (
        "why_not",
        1,
        "Belysningen fungerar inte.",
    )
    assert b"Belysningen" not in bytes(kept.text_sealed)
    everything = [list(model.objects.values()) for model in (ImportRun, AuditEvent)]
    assert "Belysningen" not in str([*everything, list(Submission.everyone.values())])


def test_words_to_an_option_that_asks_for_them_are_sealed_beside_it(followed_up: Any, imported: Import) -> None:
    imported({"key": "1", "date": "2026-02-01", "case": "case-1", "met.8.words": "Morfar.", **MET}, instrument=OPEN)
    kept = FreeAnswer.everyone.get()
    assert (kept.item, unsealed(kept, installed_keys())) == ("met.8.words", "Morfar.")
    assert stored().answers["met"] == ["4", "8"]
    assert "Morfar" not in str(Submission.everyone.values())


def test_words_moved_to_another_row_do_not_open(followed_up: Any, imported: Import) -> None:
    imported(row("1", day="1", why_not="Ett."), row("2", day="1", why_not="Två."))
    first, second = FreeAnswer.everyone.order_by("pk")
    first.text_sealed = second.text_sealed
    with pytest.raises(UserError) as refused:
        unsealed(first, installed_keys())
    assert refused.value.code == "CONF-014"


def test_themes_stay_with_words_that_are_as_they_were(followed_up: Any, imported: Import) -> None:
    imported(row(day="1", why_not="Larm."))
    FreeAnswer.everyone.update(themes=["ljud"], themed_by=people.BY, themed_at=people.NOW)
    imported(row(day="2", why_not="Larm."))
    assert FreeAnswer.everyone.get().themes == ["ljud"]
    imported(row(day="2", why_not="Mörker."))
    assert FreeAnswer.everyone.get().themes == []


def test_words_that_are_taken_back_are_gone(followed_up: Any, imported: Import) -> None:
    imported(row(day="1", why_not="Larm."))
    imported(row(day="1"))
    assert not FreeAnswer.everyone.exists()


def test_import_is_told_in_its_run_and_in_the_log(followed_up: Any, imported: Import) -> None:
    summary = imported(row("1"), row("2", day="7"))
    run = ImportRun.objects.get(pk=summary.run)
    assert (run.rows_read, run.rows_accepted, run.rows_rejected, run.rows_new) == (2, 1, 1, 1)
    assert (run.source, run.details["codes"]) == ("answers/trygghet", {"INSTR-051": 1})
    event = AuditEvent.objects.get(action="answers.import")
    assert (event.subjects, event.details["new"], event.details["refused"]) == ([run.pk], 1, 1)
    assert verify() == AuditEvent.objects.count()


def test_rehearsal_tells_what_would_come_and_stores_nothing(followed_up: Any, imported: Import) -> None:
    imported(row("1"))
    events = AuditEvent.objects.count()
    assert counts(imported(row("1", day="4"), row("2"), dry_run=True)) == (1, 1, 0, 0)
    assert (Submission.everyone.count(), stored().answers["day"]) == (1, "3")
    assert (ImportRun.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_people_with_protected_identity_are_stored_and_in_no_list(db: None, imported: Import) -> None:
    people.follow_up(people.intervention(people.case(people.cecilia(protected=True))))
    imported(row(day="1", why_not="Larm."))
    assert (Submission.everyone.count(), FreeAnswer.everyone.count()) == (1, 1)
    assert not Submission.objects.exists()
    assert not FreeAnswer.objects.exists()


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", "\t"), ("utf-16", ",")]
)
def test_file_is_read_however_a_program_writes_it(
    encoding: str, separator: str, followed_up: Any, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv", row(day="1", why_not="Mörkt, å så vått"), separator=separator, encoding=encoding)
    import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    assert unsealed(FreeAnswer.everyone.get(), installed_keys()) == "Mörkt, å så vått"

"""What people wrote: read masked, in one's own area alone, every time in the log; and what it is about, by a person."""

from typing import Any

import people
import pytest
from answer_files import Import, row

from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import events_about, verify
from skillnad.collection.actions import FreeText, code_themes, read_free_answers
from skillnad.collection.models import FreeAnswer
from skillnad.collection.queries import Asked, free_questions, themes_of
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.actions import revoke_role
from skillnad.organisation.models import Account, Committee, Role

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WORDS = "Ring mig på 070-123 45 67, jag bor på Storgatan 12."


def read(account: Account, **how: Any) -> tuple[FreeText, ...]:
    told = {"instrument": "trygghet", "item": "why_not", "by": account.actor, "at": people.NOW}
    return read_free_answers(account=account, **{**told, **how})


def theme(account: Account, *themes: str, answer: int = 0) -> FreeAnswer:
    answer = answer or FreeAnswer.everyone.get().pk
    return code_themes(account=account, answer=answer, themes=themes, by=account.actor, at=people.NOW)


def beside_people(event: AuditEvent) -> dict[str, Any]:
    """Its details, but for the list of whom it is about."""
    assert event.details["people"]["count"] == 1
    return {name: value for name, value in event.details.items() if name != "people"}


@pytest.fixture
def wrote(followed_up: Any, imported: Import) -> int:
    """The id of what Cecilia wrote, in the unit BU of the committee SN."""
    imported(row(day="1", why_not=WORDS))
    key: int = FreeAnswer.everyone.get().pk
    return key


def analyst(**where: Any) -> Account:
    return people.login("astrid", Role.ANALYST, **where)


def test_words_are_read_masked(wrote: int) -> None:
    (one,) = read(people.alva())
    assert one.text == "Ring mig på [telefon], jag bor på [adress]."
    assert (one.id, one.perspective, one.themes) == (wrote, "client", ())


def test_each_reading_is_logged_with_what_was_read_and_no_words(wrote: int) -> None:
    alva = people.alva()
    read(alva)
    read(alva)
    first, _ = AuditEvent.objects.filter(action="free_answer.read")
    assert (first.by, first.subject_kind, first.subjects) == (alva.actor, "free_answer", [wrote])
    assert beside_people(first) == {"instrument": "trygghet", "item": "why_not", "answers": 1}
    assert "Ring" not in str(list(AuditEvent.objects.values()))
    assert verify() == AuditEvent.objects.count()


@pytest.mark.parametrize("who", [people.anna, people.bo, people.disa, people.olle])
def test_other_roles_read_nothing(who: Any, wrote: int) -> None:
    account = who()
    for refused in (lambda: read(account), lambda: theme(account, "larm")):
        with pytest.raises(Denied, match="får inte läsa svar i fritext"):
            refused()
    assert free_questions(account) == []
    assert not AuditEvent.objects.filter(action__startswith="free_answer").exists()


def test_right_that_is_taken_back_is_gone(wrote: int) -> None:
    alva = people.alva()
    for assignment in alva.assignments.all():
        revoke_role(assignment=assignment, by=people.BY, at=people.NOW)
    with pytest.raises(Denied):
        read(alva)


@pytest.mark.parametrize(("code", "seen"), [("SN", 1), ("ON", 0)])
def test_analyst_of_a_committee_reads_its_own(code: str, seen: int, wrote: int) -> None:
    account = analyst(committee=Committee.objects.get(code=code))
    assert len(read(account)) == len(free_questions(account)) == seen


@pytest.mark.parametrize(("code", "seen"), [("BU", 1), ("LSS", 0)])
def test_analyst_of_a_unit_reads_its_own(code: str, seen: int, wrote: int) -> None:
    account = analyst(unit=people.unit(code))
    assert len(read(account)) == len(free_questions(account)) == seen


def test_unit_that_the_row_tells_goes_before_the_cases(wrote: int, imported: Import) -> None:
    imported(row(day="1", why_not=WORDS, unit="LSS"))
    assert len(read(analyst(unit=people.unit("LSS")))) == 1


@pytest.mark.parametrize("level", ["case", "intervention", "follow_up"])
def test_answers_about_each_row_belong_to_its_unit(level: str, followed_up: Any, imported: Import) -> None:
    cells = {"follow_up": "", level: f"{level.replace('_', '-')}-1"}
    imported(row(day="1", why_not=WORDS, **cells))
    assert len(read(analyst(unit=people.unit("BU")))) == 1


def test_words_without_a_unit_are_for_who_has_all_of_the_municipality(followed_up: Any, imported: Import) -> None:
    imported(row(follow_up="", identity="20010203-TK01", day="1", why_not=WORDS))
    assert read(analyst(unit=people.unit())) == ()
    assert len(read(people.alva())) == 1


def test_words_of_people_with_protected_identity_are_in_no_list(db: None, imported: Import) -> None:
    people.follow_up(people.intervention(people.case(people.cecilia(protected=True), unit=people.unit())))
    imported(row(day="1", why_not=WORDS))
    alva, answer = people.alva(), FreeAnswer.everyone.get().pk
    assert (read(alva), free_questions(alva)) == ((), [])
    with pytest.raises(UserError) as refused:
        theme(alva, "larm", answer=answer)
    assert refused.value.code == "COLL-001"


def test_questions_are_told_with_how_many_there_are(wrote: int) -> None:
    alva = people.alva()
    assert free_questions(alva) == [Asked("trygghet", "why_not", 1, 0)]
    theme(alva, "larm")
    assert free_questions(alva) == [Asked("trygghet", "why_not", 1, 1)]


def test_themes_are_kept_with_who_and_when(wrote: int) -> None:
    alva = people.alva()
    theme(alva, " Larm ", "mörka  trappor", "larm", "")
    kept = FreeAnswer.everyone.get()
    assert (kept.themes, kept.themed_by, kept.themed_at) == (["larm", "mörka trappor"], alva.actor, people.NOW)
    event = AuditEvent.objects.get(action="free_answer.themed")
    assert (event.subjects, beside_people(event)) == ([wrote], {"item": "why_not", "themes": 2})


def test_themes_that_are_taken_away_are_gone_and_say_who(wrote: int) -> None:
    alva = people.alva()
    theme(alva, "larm")
    theme(alva)
    assert (FreeAnswer.everyone.get().themes, themes_of(alva, "trygghet", "why_not")) == ([], {})


@pytest.mark.parametrize(
    "themes", [("20010203-T123",), ("a@b.se",), ("0701234567",), ("x" * 41,), ("<b>",), tuple("abcdefghijk")]
)
def test_what_is_no_theme_is_refused_and_not_kept(themes: tuple[str, ...], wrote: int) -> None:
    with pytest.raises(UserError) as refused:
        theme(people.alva(), *themes)
    assert refused.value.code == "COLL-002"
    assert FreeAnswer.everyone.get().themes == []


def test_theme_of_anothers_area_is_refused(wrote: int) -> None:
    with pytest.raises(UserError) as refused:
        theme(analyst(unit=people.unit("LSS")), "larm")
    assert refused.value.code == "COLL-001"


def test_answers_of_a_theme_are_read_by_themselves(followed_up: Any, imported: Import) -> None:
    imported(row("1", day="1", why_not="Larm."), row("2", day="1", why_not="Mörker.", date="2026-02-03"))
    alva = people.alva()
    latest, earlier = read(alva)
    assert (latest.text, earlier.text) == ("Mörker.", "Larm.")
    theme(alva, "ljud", answer=earlier.id)
    assert [one.id for one in read(alva, theme="ljud")] == [earlier.id]
    assert themes_of(alva, "trygghet", "why_not") == {"ljud": 1}
    assert [one.id for one in read(alva, first=1)] == [earlier.id]


def test_reading_says_nothing_when_it_is_printed(wrote: int) -> None:
    (one,) = read(people.alva())
    assert "Ring" not in repr(one)


def test_reading_and_theming_are_found_among_what_was_done_to_the_writer(wrote: int) -> None:
    alva = people.alva()
    read(alva)
    theme(alva, "larm", answer=wrote)
    client = FreeAnswer.everyone.get().submission.follow_up.intervention.case.client  # type: ignore[union-attr]
    told = [event.action for event in events_about(client.pseudonym)]
    assert told == ["free_answer.themed", "free_answer.read", "answers.import"]


def test_reading_that_found_nothing_is_about_nobody(wrote: int) -> None:
    read(people.alva(), theme="annat")
    assert AuditEvent.objects.latest("pk").details == {"instrument": "trygghet", "item": "why_not", "answers": 0}

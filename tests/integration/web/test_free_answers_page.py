"""The page of free answers: masked words for an analyst, each visit in the log, themes kept beside."""

from typing import Any

import people
import pytest
from answer_files import row, written
from made_instruments import small

from skillnad.audit.models import AuditEvent
from skillnad.collection.actions import import_answers
from skillnad.collection.models import FreeAnswer
from skillnad.instruments.loading import load_instrument

PAGE = "/fritext/trygghet/why_not/"


@pytest.fixture
def wrote(db: None, tmp_path: Any) -> FreeAnswer:
    people.follow_up(people.intervention(people.case(people.cecilia(), unit=people.unit())))
    path = written(tmp_path / "svar.csv", row(day="1", why_not="Larm <b> på 070-123 45 67"))
    import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    kept: FreeAnswer = FreeAnswer.everyone.get()
    return kept


def read() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="free_answer.read"))


def test_list_of_questions_reads_no_words(wrote: FreeAnswer, alva: Any) -> None:
    page = alva.get("/fritext/").content.decode()
    assert f'href="{PAGE}"' in page
    assert "1 svar" in page
    assert read() == []


def test_analyst_reads_masked_words_and_the_log_knows(wrote: FreeAnswer, alva: Any) -> None:
    page = alva.get(PAGE).content.decode()
    assert "Larm &lt;b&gt; på [telefon]" in page
    assert "070" not in page
    (event,) = read()
    assert event.subjects == [wrote.pk]


def test_caseworker_is_refused_and_the_menu_is_silent(wrote: FreeAnswer, anna: Any) -> None:
    for address in ("/fritext/", PAGE):
        assert anna.get(address).status_code == 403
    assert anna.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "larm"}).status_code == 403
    assert "/fritext/" not in anna.get("/tillganglighet/").content.decode()
    assert read() == []


def test_page_stands_in_the_analysts_menu(wrote: FreeAnswer, alva: Any) -> None:
    assert 'href="/fritext/"' in alva.get("/tillganglighet/").content.decode()


def test_page_is_stored_by_no_browser(wrote: FreeAnswer, alva: Any) -> None:
    assert "no-store" in alva.get(PAGE)["Cache-Control"]


def test_themes_are_kept_and_lead_back_to_the_answer(wrote: FreeAnswer, alva: Any) -> None:
    answer = alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "Larm, trappor"})
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#svar-{wrote.pk}")
    wrote.refresh_from_db()
    assert wrote.themes == ["larm", "trappor"]
    page = alva.get(PAGE, {"tema": "larm"}).content.decode()
    assert "Bara svar med temat ”larm”" in page
    assert 'value="larm, trappor"' in page


def test_theme_of_other_answers_is_offered_and_ticked(wrote: FreeAnswer, alva: Any, tmp_path: Any) -> None:
    path = written(tmp_path / "mer.csv", row("2", day="1", why_not="Trasig lampa"))
    import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    other = FreeAnswer.everyone.exclude(pk=wrote.pk).get()
    alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "larm"})
    assert alva.get(PAGE).content.decode().count('type="checkbox" name="more" value="larm"') == 1
    alva.post(f"{PAGE}teman/", {"answer": other.pk, "themes": "ljus", "more": ["larm"]})
    other.refresh_from_db()
    assert other.themes == ["ljus", "larm"]


def test_answers_without_a_theme_can_be_read_alone(wrote: FreeAnswer, alva: Any) -> None:
    assert "Larm" in alva.get(PAGE, {"utan": "1"}).content.decode()
    alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "larm"})
    page = alva.get(PAGE, {"utan": "1"}).content.decode()
    assert "Alla svar har fått ett tema." in page
    assert "Larm" not in page


@pytest.mark.parametrize("part", ["tema=larm", "utan=1", "fran=200", "tema=larm&fran=200"])
def test_saving_leads_back_to_where_it_was_read(part: str, wrote: FreeAnswer, alva: Any) -> None:
    asked = dict(pair.split("=") for pair in part.split("&"))
    answer = alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "larm", **asked})
    assert answer["Location"] == f"{PAGE}?{part}#svar-{wrote.pk}"


def test_answers_beyond_a_page_follow(wrote: FreeAnswer, alva: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("skillnad.web.analyst.free_answers.MOST_READ", 1)
    assert f'href="{PAGE}?fran=1">Tidigare svar' in alva.get(PAGE).content.decode()
    page = alva.get(PAGE, {"fran": "1"}).content.decode()
    assert f'href="{PAGE}">Senare svar' in page


def test_ticked_theme_is_not_lost_where_another_is_refused(wrote: FreeAnswer, alva: Any) -> None:
    answer = alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "20010203-T123", "more": ["larm"]})
    assert 'value="20010203-T123, larm"' in answer.content.decode()


def test_theme_that_cannot_be_kept_is_told_beside_its_answer(wrote: FreeAnswer, alva: Any) -> None:
    answer = alva.post(f"{PAGE}teman/", {"answer": wrote.pk, "themes": "20010203-T123"})
    assert answer.status_code == 422
    assert f'id="fel-{wrote.pk}"' in answer.content.decode()
    assert f'href="#svar-{wrote.pk}">Till svaret' in answer.content.decode()


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 19, "٣", "12345"])
def test_answer_that_is_not_there_is_not_found(number: str, wrote: FreeAnswer, alva: Any) -> None:
    assert alva.post(f"{PAGE}teman/", {"answer": number, "themes": "larm"}).status_code == 404


@pytest.mark.parametrize("address", ["/fritext/ors/why_not/", "/fritext/trygghet/day/", f"{PAGE}?fran=x"])
def test_question_without_free_answers_is_not_found(address: str, wrote: FreeAnswer, alva: Any) -> None:
    assert alva.get(address).status_code == 404
    assert read() == []


def test_empty_list_says_so(db: None, alva: Any) -> None:
    assert "inga svar i fritext att läsa än" in alva.get("/fritext/").content.decode()


def test_question_of_the_catalogue_is_called_as_it_is_there(db: None, alva: Any, tmp_path: Any) -> None:
    cells = {"key": "1", "date": "2026-02-01", "perspective": "client", "client_help": "1", "client_say": "Bra."}
    instrument = load_instrument("open_contact")
    import_answers(path=written(tmp_path / "svar.csv", cells), instrument=instrument, by=people.BY, at=people.NOW)
    page = alva.get("/fritext/open_contact/client_say/").content.decode()
    assert f"<h1>{instrument.items['client_say'].label_sv}</h1>" in page
    assert f"{instrument.perspectives['client'].sv}, 1 februari 2026" in page
    assert f"Frågan: ”{instrument.items['client_say'].text}”" in page

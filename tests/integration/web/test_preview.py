"""Instruments as who answers sees them: each variant and language, nothing saved, no words that are not ours."""

import re
from pathlib import Path
from typing import Any

import people
import pytest
from django.test import override_settings
from instrument_folders import trygghet

from skillnad.audit.models import AuditEvent
from skillnad.instruments.loading import instrument_ids

WORDS = """\
variant = "adult"
language = "sv"
status = "original"

[items.sdq1]
text = "Påhittad fråga ett"
"""
LICENCE = """\
[[licence]]
instrument = "sdq"
by = "Avdelningschef"
reference = "Avtal 2026/123"
date = 2026-11-02
kind = "{kind}"
"""


def shown(browser: Any, name: str = "skr6", **choices: str) -> str:
    answer = browser.get(f"/instrument/{name}/", choices)
    assert answer.status_code == 200
    return answer.content.decode()


def form(page: str) -> str:
    """What who answers sees."""
    (found,) = re.findall(r'<section class="put".*?</section>', page, re.DOTALL)
    return found


def test_list_has_every_instrument_with_its_address(alva: Any) -> None:
    page = alva.get("/instrument/").content.decode()
    for name in instrument_ids():
        assert f'href="/instrument/{name}/"' in page


@pytest.mark.parametrize("name", instrument_ids())
def test_every_instrument_is_shown(alva: Any, name: str) -> None:
    assert "<fieldset" in form(shown(alva, name))


@pytest.mark.parametrize("who", [people.anna, people.bo, people.olle])
@pytest.mark.parametrize("path", ["/instrument/", "/instrument/skr6/"])
def test_preview_is_for_analysts(browser: Any, db: None, who: Any, path: str) -> None:
    browser.force_login(who())
    assert browser.get(path).status_code == 403


def test_stranger_is_sent_to_sign_in(browser: Any, db: None) -> None:
    assert browser.get("/instrument/skr6/").status_code == 302


def test_menu_leads_there_for_who_may(alva: Any, browser: Any) -> None:
    assert 'href="/instrument/" aria-current="page">Instrument' in alva.get("/instrument/").content.decode()
    browser.force_login(people.anna())
    assert 'href="/instrument/"' not in browser.get("/tillganglighet/").content.decode()


@pytest.mark.parametrize("name", ["finns-inte", "_shared", "SKR6"])
def test_unknown_instrument_is_not_found(alva: Any, name: str) -> None:
    assert alva.get(f"/instrument/{name}/").status_code == 404


def test_form_says_which_language_and_which_way_it_is_read(alva: Any) -> None:
    assert 'lang="sv" dir="ltr"' in form(shown(alva))
    for language in ("ar", "prs"):
        assert f'lang="{language}" dir="rtl"' in form(shown(alva, language=language))


def test_machine_translation_is_marked_in_both_languages(alva: Any) -> None:
    page = form(shown(alva, language="ar"))
    assert '<p lang="sv" dir="ltr">Maskingjord översättning som ingen har granskat.</p>' in page
    assert "ترجمة آلية لم تتم مراجعتها." in page
    assert "Maskingjord" not in form(shown(alva))


def test_pictures_stand_beside_words_and_are_drawn_in_the_page(alva: Any) -> None:
    page = form(shown(alva, variant="picture"))
    labels = re.findall(r"<label.*?</label>", page, re.DOTALL)
    assert len(labels) == page.count("<svg") == 6 + 6 + 6 + 6 + 5
    for label in labels:
        assert re.search(r'aria-hidden="true"><svg.*</svg></span><span>\w', label)


def test_question_follows_on_the_answers(alva: Any) -> None:
    said = "vilken betydelse har stödet"
    assert said not in form(shown(alva))
    answered = form(shown(alva, **{"svar.b1a": "1"}))
    assert said in answered
    assert 'name="svar.b1a" value="1" checked' in answered


def test_answer_that_has_no_code_changes_nothing(alva: Any) -> None:
    assert form(shown(alva, **{"svar.b1a": "99", "svar.finns_inte": "1"})) == form(shown(alva))


OWN = """\

[[item]]
id = "how_many"
kind = "number"
label_sv = "Antal"
text = "Hur många gånger?"
min = 0
decimals = 1

[[item]]
id = "often"
kind = "text"
label_sv = "Ofta"
text = "Vad hände då?"
when = { all = [{ item = "how_many", at_least = 2.5 }] }
"""


@pytest.mark.parametrize(
    ("number", "follows"),
    [
        ("2,5", True),
        ("2.5", True),
        ("2", False),
        ("", False),
        ("många", False),
        ("Infinity", False),
        ("1e999999999", False),
    ],
)
def test_number_decides_what_follows(alva: Any, tmp_path: Path, number: str, follows: bool) -> None:
    path = trygghet(tmp_path) / "definition.toml"
    path.write_text(path.read_text("utf-8") + OWN, encoding="utf-8")
    with override_settings(SKILLNAD_LOCAL_INSTRUMENTS=tmp_path):
        page = form(shown(alva, "trygghet", **{"svar.how_many": number}))
    assert ("Vad hände då?" in page) is follows


def test_words_of_the_case_can_be_chosen(alva: Any) -> None:
    page = form(shown(alva, **{"ord.topic": "problem", "ord.since": "previous", "ord.worker": "social_worker"}))
    assert "Hur har din problematik förändrats sedan den senaste uppföljningen?" in page
    assert "Hur har socialsekreteraren bemött dig?" in page


def test_named_intervention_is_said(alva: Any) -> None:
    assert "sedan boendestödet från socialtjänsten påbörjades?" in form(shown(alva, insats="6"))


def test_choices_are_kept_between_variants(alva: Any) -> None:
    page = shown(alva, variant="adult", **{"ord.topic": "problem"})
    assert "variant=easy_read&amp;language=sv&amp;vem=client&amp;ord.topic=problem" in page


def test_guardian_is_asked_as_guardian(alva: Any) -> None:
    page = shown(alva, variant="guardian", vem="client")
    assert "ditt barns situation" in form(page)
    assert '<input type="hidden" name="vem" value="guardian">' in page


@pytest.mark.parametrize("choice", [{"variant": "barn"}, {"language": "xx"}, {"variant": "<script>"}])
def test_form_that_is_not_there_is_told_and_the_base_form_shown(alva: Any, choice: dict[str, str]) -> None:
    page = shown(alva, **choice)
    assert "Formuläret finns inte som" in page
    assert "<script>" not in page
    assert form(page) == form(shown(alva))


def test_page_has_no_script_and_no_style_of_its_own(alva: Any) -> None:
    for choices in ({"variant": "picture"}, {"language": "ar"}):
        page = shown(alva, **choices)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)


def test_free_text_is_sent_nowhere(alva: Any) -> None:
    page = form(shown(alva, "hvb_pilot_2022"))
    assert "<textarea" in page
    assert not re.search(r"<textarea[^>]*name=", page)


def test_matrix_is_put_by_row_with_labels(alva: Any) -> None:
    page = form(shown(alva, "work_diary"))
    assert page.count('class="put-row" role="group"') == 9
    assert page.count('type="number"') == 45
    assert "<span>Måndag</span>" in page


def test_line_has_no_mark_before_somebody_has_made_one(alva: Any) -> None:
    page = form(shown(alva, "ors"))
    assert 'type="range"' not in page
    assert page.count('name="svar.social"') == 101
    assert " checked" not in page


def test_mark_on_a_line_stands_where_it_was_made(alva: Any) -> None:
    page = form(shown(alva, "ors", **{"svar.social": "5.6"}))
    assert page.count(" checked") == 1
    assert 'name="svar.social" value="5.6" aria-label="5,6" checked' in page


LINE = """\

[[item]]
id = "line"
kind = "vas"
label_sv = "Linje"
text = "Hur är det?"
min = 0
max = 10
decimals = {}
"""


@pytest.mark.parametrize(("decimals", "kind", "fields"), [(0, "radio", 11), (1, "radio", 101), (2, "number", 1)])
def test_line_is_for_marks_that_can_be_told_apart(
    alva: Any, tmp_path: Path, decimals: int, kind: str, fields: int
) -> None:
    path = trygghet(tmp_path) / "definition.toml"
    path.write_text(path.read_text("utf-8") + LINE.format(decimals), encoding="utf-8")
    with override_settings(SKILLNAD_LOCAL_INSTRUMENTS=tmp_path):
        page = form(shown(alva, "trygghet"))
    assert page.count(f'type="{kind}" name="svar.line"') == fields
    assert ("Tryck på linjen" in page) is (kind == "radio")


def test_words_of_others_are_absent_and_the_page_says_why(alva: Any) -> None:
    page = shown(alva, "adad")
    assert "Frågornas ord tillhör Statens institutionsstyrelse (svensk text)." in page
    assert "Fysisk hälsa: oro" in form(page)


def test_codes_and_standard_wording_stand_beside(alva: Any) -> None:
    page = shown(alva)
    assert "Hur har din situation/problematik förändrats sedan insatsen/stödet" in page
    assert "<code>6</code> Vet inte/har ingen uppfattning" in page
    assert "/" not in re.sub(r"<[^>]*>", "", form(page))


@pytest.fixture
def own(tmp_path: Path) -> Any:
    """The municipality's folder with made-up words for SDQ; `own("electronic")` states a licence too."""

    def made(kind: str = "") -> Any:
        (tmp_path / "sdq" / "texts").mkdir(parents=True)
        (tmp_path / "sdq" / "texts" / "adult.sv.toml").write_text(WORDS, encoding="utf-8")
        if kind:
            (tmp_path / "licences.toml").write_text(LICENCE.format(kind=kind), encoding="utf-8")
        return override_settings(SKILLNAD_LOCAL_INSTRUMENTS=tmp_path)

    return made


def test_licensed_words_are_shown_with_their_licence_and_logged(alva: Any, own: Any) -> None:
    with own("electronic"):
        page = shown(alva, "sdq")
    assert "Påhittad fråga ett" in form(page)
    assert "Avtal 2026/123, uppgiven av Avdelningschef 2026-11-02" in page
    (event,) = AuditEvent.objects.filter(action="instrument.licensed_words")
    assert (event.subject_kind, event.subjects) == ("instrument", ["sdq"])
    assert event.details["licence_reference"] == "Avtal 2026/123"
    assert event.details["licence_by"] == "Avdelningschef"
    assert event.details["licence_date"] == "2026-11-02"


def test_licence_for_paper_shows_no_words_on_a_screen(alva: Any, own: Any) -> None:
    with own("paper"):
        page = shown(alva, "sdq")
    assert "Påhittad" not in page
    assert "ger tillstånd särskilt för skärm" in page
    assert not AuditEvent.objects.filter(action="instrument.licensed_words").exists()


def test_words_without_a_licence_are_told_in_the_list(alva: Any, own: Any) -> None:
    with own():
        page = alva.get("/instrument/").content.decode()
        assert "Påhittad" not in alva.get("/instrument/sdq/").content.decode()
    assert "INSTR-028" in page
    assert 'href="/instrument/ors/"' in page


def test_free_words_leave_no_event(alva: Any) -> None:
    shown(alva)
    assert not AuditEvent.objects.filter(action="instrument.licensed_words").exists()

"""*Skillnader att förklara*: making the page, reading it, writing an explanation, and taking the page along."""

from pathlib import Path
from typing import Any

import people
import pytest
from differing import differing_snapshot, prepared_snapshot
from pages_made import shown

from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.improvement.models import Explanation

GOALS = "mal.legal_sex.1"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return prepared_snapshot(tmp_path_factory.mktemp("differing") / "snapshot")


@pytest.fixture
def unmade(tmp_path: Path, db: None) -> Snapshot:
    return shown(differing_snapshot(tmp_path / "snapshot"))


@pytest.fixture
def page(alva: Any, prepared: Snapshot) -> Any:
    """The analyst's browser, where the page of 2025 is made."""
    shown(prepared)
    return alva


def read(browser: Any, **asked: str) -> str:
    return browser.get("/skillnader/", {"period": "2025", **asked}).content.decode()


def explain(browser: Any, text: str = "Kvinnorna hade kortare insatser.", **other: str) -> Any:
    return browser.post("/skillnader/forklara/", {"period": "2025", "difference": GOALS, "text": text, **other})


def test_page_that_is_not_made_offers_to_make_it(alva: Any, unmade: Snapshot) -> None:
    page = read(alva)
    assert "inte framtagen än" in page
    assert "Ta fram sidan" in page
    assert "sk-report" not in page


def test_page_is_made_on_asking_then_shown_and_logged(alva: Any, unmade: Snapshot) -> None:
    answer = alva.post("/skillnader/gor/", {"period": "2025"})
    assert answer["Location"] == "/skillnader/?period=2025"
    assert "30\xa0% alla mål" in read(alva)
    assert AuditEvent.objects.get(action="differences.made").details == {"period": "2025"}


def test_page_that_is_made_already_is_not_made_again(page: Any) -> None:
    assert page.post("/skillnader/gor/", {"period": "2025"}).status_code == 302
    assert not AuditEvent.objects.filter(action="differences.made").exists()


def test_caseworker_is_told_whom_to_ask_for_the_page(browser: Any, unmade: Snapshot) -> None:
    browser.force_login(people.anna())
    told = read(browser)
    assert "Be en analytiker eller enhetschef ta fram den" in told
    assert "Ta fram sidan" not in told
    assert browser.post("/skillnader/gor/", {"period": "2025"}).status_code == 403


@pytest.mark.parametrize(("period", "words"), [("2025-03", "mars 2025"), ("2015", "2015")])
def test_period_that_is_asked_for_stands_among_the_years(page: Any, period: str, words: str) -> None:
    told = page.get("/skillnader/", {"period": period}).content.decode()
    assert f"Skillnader att förklara {words}" in told
    assert f'value="{period}" selected' in told
    assert 'value="2025"' in told


def test_page_shows_the_difference_in_a_sentence(page: Any) -> None:
    told = read(page)
    assert "Av insatserna för flickor och kvinnor nådde 30\xa0% alla mål, för pojkar och män 60\xa0%" in told
    assert "30 procentenheter lägre" in told
    assert "Bara människors behov och önskemål kan avgöra" in told
    assert "effekt" not in told


def test_latest_whole_year_is_shown_where_none_is_asked_for(page: Any) -> None:
    assert "Skillnader att förklara 2025" in page.get("/skillnader/").content.decode()


def test_page_is_in_the_menu_for_who_may_read(page: Any) -> None:
    assert 'href="/skillnader/" aria-current="page">Skillnader</a>' in read(page)


def test_explanation_is_kept_and_stands_beside_its_difference(page: Any) -> None:
    answer = explain(page)
    assert answer["Location"] == "/skillnader/?period=2025#forklaring-mal-legal-sex-1"
    told = read(page)
    assert "Kvinnorna hade kortare insatser." in told
    assert "alva, " in told
    kept = Explanation.objects.get()
    assert (kept.difference, kept.period, kept.about.split(" (")[0]) == (GOALS, "2025", "30 procentenheter lägre")
    assert kept.figures["difference"] == pytest.approx(-0.3)
    assert kept.snapshot != ""


def test_explanation_is_shown_as_text_and_never_as_markup(page: Any) -> None:
    explain(page, "<script>alert(1)</script>\nNästa rad")
    told = read(page)
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    assert "<br>Nästa rad" in told


@pytest.mark.parametrize("text", ["", "Se 20010203-T123"])
def test_explanation_that_cannot_be_kept_is_given_back_with_the_reason(page: Any, text: str) -> None:
    answer = explain(page, text)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Förklaringen är inte sparad" in told
    assert f">{text}</textarea>" in told
    assert not Explanation.objects.exists()


@pytest.mark.parametrize("sent", [{"difference": "mal.legal_sex.9"}, {"difference": ""}, {"period": "2024"}])
def test_only_a_shown_difference_is_explained(page: Any, sent: dict[str, str]) -> None:
    assert explain(page, **sent).status_code == 404
    assert not Explanation.objects.exists()


def test_caseworker_reads_and_explains_nothing(page: Any, browser: Any) -> None:
    explain(page)
    browser.force_login(people.anna())
    told = read(browser)
    assert "Kvinnorna hade kortare insatser." in told
    assert "<textarea" not in told
    assert explain(browser).status_code == 403
    assert browser.post("/skillnader/ta-bort/", {"period": "2025", "explanation": "1"}).status_code == 403


def test_unit_manager_may_explain(browser: Any, db: None, prepared: Snapshot) -> None:
    shown(prepared)
    browser.force_login(people.bo())
    assert explain(browser).status_code == 302


def test_stranger_is_sent_to_sign_in(browser: Any, db: None, prepared: Snapshot) -> None:
    shown(prepared)
    assert browser.get("/skillnader/").status_code == 302
    assert explain(browser)["Location"].startswith("/logga-in/")
    assert not Explanation.objects.exists()


def test_withdrawn_explanation_is_gone_from_the_page(page: Any) -> None:
    explain(page)
    number = str(Explanation.objects.get().pk)
    answer = page.post("/skillnader/ta-bort/", {"period": "2025", "explanation": number, "anchor": "mal-legal-sex-1"})
    assert answer["Location"] == "/skillnader/?period=2025#forklaring-mal-legal-sex-1"
    assert "Kvinnorna hade kortare insatser." not in read(page)


def withdrawn(browser: Any, **other: str) -> Any:
    number = str(Explanation.objects.get().pk)
    return browser.post("/skillnader/ta-bort/", {"period": "2025", "explanation": number, **other})


def test_unit_manager_withdraws_what_is_ones_own(page: Any, browser: Any) -> None:
    browser.force_login(people.bo())
    explain(browser)
    assert "Ta bort förklaringen" in read(browser)
    assert withdrawn(browser).status_code == 302
    assert Explanation.objects.get().text == ""


def test_unit_manager_does_not_withdraw_what_others_wrote(page: Any, browser: Any) -> None:
    explain(page)
    browser.force_login(people.bo())
    assert "Ta bort förklaringen" not in read(browser)
    answer = withdrawn(browser)
    assert answer.status_code == 403
    assert "skriven av någon annan" in answer.content.decode()
    assert Explanation.objects.get().text != ""
    assert AuditEvent.objects.get(action="web.denied").subjects == ["withdraw_explanation"]


def test_analyst_withdraws_what_others_wrote(page: Any) -> None:
    explain(page)
    Explanation.objects.update(written_by=people.bo().actor)
    assert "Ta bort förklaringen" in read(page)
    assert withdrawn(page).status_code == 302
    assert Explanation.objects.get().text == ""


@pytest.mark.parametrize("changed", [{"period": "2024"}, {"difference": "mal.legal_sex.7"}])
def test_explanation_from_before_is_withdrawn_where_it_is_read(page: Any, changed: dict[str, str]) -> None:
    explain(page, "Var fel.")
    Explanation.objects.update(**changed)
    told = read(page)
    assert "Var fel." in told
    assert "Ta bort förklaringen" in told
    assert withdrawn(page).status_code == 302
    assert "Var fel." not in read(page)


@pytest.mark.parametrize("number", ["404", "x", "", "9" * 18, "9" * 19, "9" * 5000])
def test_withdrawing_what_is_not_there_is_not_found(page: Any, number: str) -> None:
    assert page.post("/skillnader/ta-bort/", {"period": "2025", "explanation": number}).status_code == 404


def test_address_after_withdrawing_leads_nowhere_else(page: Any) -> None:
    explain(page)
    sent = {"period": "2025", "explanation": str(Explanation.objects.get().pk), "anchor": "//example.se"}
    assert page.post("/skillnader/ta-bort/", sent)["Location"] == "/skillnader/?period=2025"


def test_explanation_of_an_earlier_period_stands_beside_the_same_difference(page: Any) -> None:
    explain(page)
    Explanation.objects.update(period="2024", text="Så var det i fjol.")
    told = read(page)
    assert "Förklaringar från andra perioder" in told
    assert "Så var det i fjol." in told
    assert "Skrivet om 2024" in told


def test_explanation_of_what_is_no_longer_shown_is_still_read(page: Any) -> None:
    explain(page)
    Explanation.objects.update(difference="mal.legal_sex.7")
    assert "Förklaringar till skillnader som inte längre visas" in read(page)


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!doc")])
def test_page_is_taken_along_and_logged(page: Any, kind: str, start: bytes) -> None:
    answer = page.get(f"/skillnader/2025/skillnader.{kind}")
    assert answer.content.startswith(start)
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEvent.objects.get(action="differences.exported").details == {"period": "2025", "file": kind}


def test_page_taken_along_has_the_explanation_and_else_ruled_space(page: Any) -> None:
    assert "sk-ruled" in page.get("/skillnader/2025/skillnader.html").content.decode()
    explain(page)
    told = page.get("/skillnader/2025/skillnader.html").content.decode()
    assert "Kvinnorna hade kortare insatser." in told
    assert "csrf" not in told


@pytest.mark.parametrize("path", ["2024/skillnader.pdf", "2025/skillnader.docx", "x/skillnader.pdf"])
def test_file_that_is_not_there_is_not_found(page: Any, path: str) -> None:
    assert page.get(f"/skillnader/{path}").status_code == 404


@pytest.mark.parametrize(
    "period", ["igår", "2025-13", "9999-01-01..9999-12-31", "0001", "../2025", "2025/../..", "%2e%2e", "2025\x00"]
)
def test_period_that_is_none_is_not_found(page: Any, period: str) -> None:
    assert page.get("/skillnader/", {"period": period}).status_code == 404


@pytest.mark.parametrize("path", ["gor", "forklara", "ta-bort"])
def test_writing_needs_a_post(alva: Any, path: str) -> None:
    assert alva.get(f"/skillnader/{path}/").status_code == 405


def test_without_a_snapshot_the_page_says_so(alva: Any) -> None:
    assert alva.get("/skillnader/").status_code == 200
    assert alva.post("/skillnader/gor/", {"period": "2025"}).status_code == 404

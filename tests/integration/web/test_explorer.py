"""The table explorer: what it offers, shows, hides and hands out."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from pages_made import cases, shown
from snapshots_made import make_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.lib.errors import UserError

SEX = {"om": "insatser", "rader": "legal_sex", "period": "2025"}
UNITS = {"om": "insatser", "rader": "unit", "period": "2025"}


@pytest.fixture
def unanswerable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is one that the set refuses."""

    def refuse(*_: object) -> None:
        raise UserError.of("ASK-999", sv="Frågan går inte att besvara.", en="The question has no answer.")

    monkeypatch.setattr(ProtectedSet, "get_or_protect", refuse)


def test_explorer_offers_the_columns_of_what_is_counted(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/?fraga=antal").content.decode()
    assert '<option value="problem">' in page
    assert "Månad" in page
    assert "goal_attainment" not in page


def test_explorer_shows_the_table_that_is_asked_for(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    assert "Kvinna" in page
    assert ">20<" in page
    assert ">40<" in page


def test_explorer_hides_small_groups(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", UNITS).content.decode()
    assert ">3<" not in page
    assert ".." in page


def test_explorer_draws_what_it_shows(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    assert '<img src="/utforska/tabell.svg?' in page
    assert "Kvinna" in page.split('alt="')[1].split('"')[0]
    assert b"Kvinna" in alva.get("/utforska/tabell.svg", SEX).content


def test_explorer_draws_no_picture_of_mostly_gaps(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", UNITS).content.decode()
    assert page.count('<td class="gap"') > 1
    assert "<img" not in page
    assert alva.get("/utforska/tabell.svg", UNITS).content == b""


@pytest.mark.parametrize("change", [{"rader": "x"}, {"kolumner": "x"}, {"andel": "ja"}, {"enhet": "x"}])
def test_explorer_says_which_choice_is_not_in_the_list(alva: Any, snapshot: Snapshot, change: dict[str, str]) -> None:
    page = alva.get("/utforska/", SEX | change).content.decode()
    assert "Välj ett av alternativen i listan." in page
    assert "<table" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"andel": "rader", "kolumner": ""}, "Välj kolumner, för att se andelar av raden."),
        ({"urval": "pagick", "period": ""}, "Välj en period, för att räkna det som pågick under den."),
    ],
)
def test_explorer_says_which_choice_needs_another(
    alva: Any, snapshot: Snapshot, change: dict[str, str], said: str
) -> None:
    page = alva.get("/utforska/", SEX | change).content.decode()
    assert said in page
    assert "<title>Fel: Utforska" in page
    assert "<table" not in page


def test_explorer_names_its_table_in_title_heading_and_caption(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    name = "Insatser 2025, efter legal_sex"
    assert re.search(r"<title>(.*) – Utforska", page)[1] == name
    assert f">{name}</h2>" in page
    assert f"<caption>{name}</caption>" in page


def test_explorer_draws_counts_where_counts_are_shown(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    told = page.split('alt="')[1].split('"')[0]
    assert "Kvinna 20" in told


def test_explorer_says_what_is_wrong_with_a_question(alva: Any, snapshot: Snapshot, unanswerable: None) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    assert 'role="alert"' in page
    assert "ASK-999 Frågan går inte att besvara." in page


def test_explorer_says_what_is_wrong_where_it_leads_and_links_to_the_choice(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX | {"kolumner": "legal_sex"}).content.decode()
    alert = page.split('id="resultat"')[1].split("</div>")[0]
    assert '<a href="#id_kolumner">Kolumner</a>: Välj andra kolumner än rader.' in alert
    assert page.count('id="resultat"') == 1
    assert 'id="id_kolumner"' in page


def test_explorer_says_nothing_wrong_before_anything_is_asked(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/?om=insatser").content.decode()
    assert 'role="alert"' not in page
    assert "aria-invalid" not in page


def test_explorer_hands_out_csv_that_excel_reads(alva: Any, snapshot: Snapshot) -> None:
    answer = alva.get("/utforska/tabell.csv", SEX)
    text = answer.content.decode("utf-8-sig")
    assert "attachment" in answer["Content-Disposition"]
    assert "Kvinna;20" in text


def test_explorer_hands_out_a_workbook_with_the_same_numbers(alva: Any, snapshot: Snapshot) -> None:
    answer = alva.get("/utforska/tabell.xlsx", SEX)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert (rows["Kvinna"], rows["Man"]) == (20, 40)


def test_explorer_hands_out_spss_and_parquet_with_the_same_numbers(
    alva: Any, snapshot: Snapshot, tmp_path: Path
) -> None:
    (tmp_path / "t.sav").write_bytes(alva.get("/utforska/tabell.sav", SEX).content)
    data, told = pyreadstat.read_sav(tmp_path / "t.sav", user_missing=True)
    assert dict(zip(data.legal_sex, data["count"], strict=True)) == {1: 20, 2: 40, -2: 0, -1: 60}
    assert snapshot.id[:12] in told.file_label
    frame = pq.read_table(BytesIO(alva.get("/utforska/tabell.parquet", SEX).content))
    assert frame.column("count").to_pylist() == [20, 40, 0, 60]


def test_explorer_file_keeps_gaps(alva: Any, snapshot: Snapshot) -> None:
    text = alva.get("/utforska/tabell.csv", UNITS).content.decode("utf-8-sig")
    assert "Väster;.." in text


@pytest.mark.parametrize("address", ["/utforska/tabell.exe", "/utforska/tabell.csv"])
def test_explorer_file_needs_a_known_kind_and_a_question(alva: Any, snapshot: Snapshot, address: str) -> None:
    assert alva.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx", "sav", "parquet", "svg"])
def test_explorer_file_of_a_question_without_answer_leads_to_the_page_that_says_why(
    alva: Any, snapshot: Snapshot, unanswerable: None, kind: str
) -> None:
    answer = alva.get(f"/utforska/tabell.{kind}", SEX, follow=True)
    assert answer.redirect_chain[0][0].startswith("/utforska/?om=insatser")
    assert "ASK-999" in answer.content.decode()


def test_explorer_file_of_choices_that_do_not_fit_leads_to_the_page_that_says_why(
    alva: Any, snapshot: Snapshot
) -> None:
    answer = alva.get("/utforska/tabell.csv", SEX | {"kolumner": "legal_sex"}, follow=True)
    assert "Välj andra kolumner än rader." in answer.content.decode()


def test_explorer_is_not_for_a_caseworker(anna: Any, snapshot: Snapshot) -> None:
    answer = anna.get("/utforska/")
    assert answer.status_code == 403
    assert "Du får inte se den här sidan" in answer.content.decode()


def test_explorer_asks_a_stranger_to_sign_in(browser: Any, db: None) -> None:
    answer = browser.get("/utforska/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/logga-in/")


def test_explorer_without_a_snapshot_says_what_to_do(alva: Any) -> None:
    assert "skillnad snapshot" in alva.get("/utforska/").content.decode()


def test_explorer_gives_the_same_answer_twice(alva: Any, snapshot: Snapshot) -> None:
    first, second = (alva.get("/utforska/tabell.csv", SEX).content for _ in range(2))
    assert first == second
    assert len(list((snapshot.path / "protected").glob("*.json"))) == 1


def test_explorer_says_where_numbers_come_from_and_folds_the_ids(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    source = page.split("<details>")[1].split("</details>")[0]
    assert source.index("kommunens egna uppgifter till och med") < source.index(snapshot.id[:12])
    assert snapshot.id[:12] not in page.replace(source, "")


def test_explorer_keeps_the_period_from_one_population_to_the_next(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX).content.decode()
    assert 'href="?fraga=antal&amp;om=arenden&amp;period=2025"' in page
    assert '<option value="2025" selected>' in alva.get("/utforska/?om=insatser&period=2025").content.decode()


def test_explorer_writes_no_address_of_its_own_into_a_link(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/utforska/", SEX | {"period": '"><script>&om=x'}).content.decode()
    assert "<script" not in page
    assert "period=%22%3E%3Cscript%3E%26om%3Dx" in page


def test_explorer_starts_anew_where_no_period_is_chosen(alva: Any, snapshot: Snapshot) -> None:
    assert 'href="?fraga=antal&amp;om=arenden"' in alva.get("/utforska/", SEX | {"period": ""}).content.decode()


@pytest.mark.parametrize("asked", ["uppfoljningar", "brukare", "nonsens", ""])
def test_explorer_offers_only_what_the_snapshot_has_tables_of(alva: Any, snapshot: Snapshot, asked: str) -> None:
    answer = alva.get("/utforska/", {"om": asked})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'href="\?fraga=antal&amp;om=(\w+)"', page)[-2:] == ["arenden", "insatser"]
    assert f"om={asked}" not in page or not asked
    assert '<input type="hidden" name="om" value="insatser">' in page


def test_explorer_counts_cases_where_there_is_nothing_else(alva: Any, tmp_path: Path) -> None:
    shown(make_snapshot(tmp_path / "alone", cases=cases()))
    page = alva.get("/utforska/?rader=unit&period=2025").content.decode()
    assert "Ärenden 2025, efter " in page
    assert ">60<" in page

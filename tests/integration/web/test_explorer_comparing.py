"""The explorer compares the groups of a share table, where that is asked for."""

import re
from typing import Any

import pytest

from skillnad.analysis.snapshot import Snapshot

SHARES = {"om": "insatser", "rader": "problem", "kolumner": "legal_sex", "andel": "kolumner", "period": "2025"}
COMPARED = SHARES | {"jamfor": "1", "varde": "1"}


def _page(browser: Any, chosen: dict[str, Any]) -> str:
    return str(browser.get("/utforska/", chosen).content.decode())


def test_share_table_offers_to_compare_its_groups(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, SHARES)
    assert "<summary>Jämför grupperna</summary>" in page
    assert '<details class="compare" id="jamfor">' in page
    assert re.search(r'<input type="checkbox" name="varde" value="1"[^>]*> ', page)
    assert '<option value="2">Man</option>' in page.split('name="mot"')[1]


def test_table_that_is_compared_with_nothing_is_as_it_was(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, SHARES)
    assert "<h2" in page
    assert "Utfall" not in page
    assert "Tillbaka till tabellen" not in page


def test_what_is_shown_is_read_before_the_ways_to_take_it_along(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, COMPARED)
    places = [page.index(words) for words in ("<table", "<figure", "Hämta som Excel", "<summary>Jämför grupperna")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "change",
    [{"andel": ""}, {"kolumner": "", "andel": ""}, {"rader": "month:start_date"}, {"rader": "year:start_date"}],
    ids=["counts", "one-column", "months", "years"],
)
def test_table_without_a_share_of_values_has_nothing_to_compare(
    alva: Any, snapshot: Snapshot, change: dict[str, str]
) -> None:
    page = _page(alva, SHARES | change)
    assert "<table" in page
    assert "Jämför grupperna" not in page


def test_whether_a_date_is_there_is_offered_and_compared(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, SHARES | {"rader": "known:end_date"})
    assert re.search(r'<option value="known:end_date" selected>Uppgift om [^<]*</option>', page)
    assert 'value="known:start_date"' not in page
    assert "Finns inte" in page
    values = page.split("<summary>Jämför grupperna</summary>")[1]
    assert re.findall(r'<input type="checkbox" name="varde" value="(.)"', values) == ["1", "2"]


def test_comparison_says_its_verdict_before_its_numbers(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, COMPARED)
    assert page.index('<ul class="said">') < page.index("<caption>Skillnader i problem")
    assert "Kvinna mot Man" in page
    assert 'class="words"' in page


def test_comparison_has_its_picture_and_its_files(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, COMPARED)
    assert "Skillnad mot Man i procentenheter" in page
    assert b"Procentenheter" in alva.get("/utforska/tabell.svg", COMPARED).content
    text = alva.get("/utforska/tabell.csv", COMPARED).content.decode("utf-8-sig")
    assert text.splitlines()[0].endswith("Minsta skillnad som kunnat synas;Utfall")


def test_comparison_leads_back_to_its_table(alva: Any, snapshot: Snapshot) -> None:
    back = re.search(r'<a class="ds-link" href="\?([^"#]*)#resultat">Tillbaka till tabellen', _page(alva, COMPARED))
    assert back
    assert "jamfor" not in back[1]
    assert "andel=kolumner" in back[1]


def test_groups_are_the_rows_where_shares_are_of_rows(alva: Any, snapshot: Snapshot) -> None:
    chosen = SHARES | {"rader": "legal_sex", "kolumner": "problem", "andel": "rader", "jamfor": "1", "varde": "1"}
    assert "Kvinna mot Man" in _page(alva, chosen)


def test_chosen_values_and_opponent_stay_chosen(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, COMPARED | {"mot": "1"})
    assert '<details class="compare" id="jamfor" open>' in page
    assert re.search(r'name="varde" value="1"[^>]* checked', page)
    assert '<option value="1" selected>Kvinna</option>' in page
    assert "Man mot Kvinna" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"varde": []}, "Välj minst ett värde."),
        ({"varde": ["x"]}, "Välj bland alternativen."),
        ({"mot": "x"}, "Välj bland alternativen."),
    ],
)
def test_wrong_choice_is_said_and_leaves_the_form(
    alva: Any, snapshot: Snapshot, change: dict[str, Any], said: str
) -> None:
    page = _page(alva, COMPARED | change)
    assert said in page
    assert "<title>Fel: Utforska" in page
    assert page.count('id="resultat"') == 1
    assert "Jämför grupperna" in page


def test_all_values_make_no_share(alva: Any, snapshot: Snapshot) -> None:
    every = re.findall(r'type="checkbox" name="varde" value="(\w+)"', _page(alva, SHARES))
    assert "alla har något av dem" in _page(alva, COMPARED | {"varde": every})


def test_file_of_a_wrong_choice_leads_back_to_the_page(alva: Any, snapshot: Snapshot) -> None:
    answer = alva.get("/utforska/tabell.csv", COMPARED | {"varde": "x"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/utforska/?om=insatser")


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ({"valda": "first_met"}, "bland de första som kom"),
        ({"valda": "by_lot", "ur": "90000"}, "i ett slumpmässigt urval ur 90"),
        ({"valda": "", "ur": ""}, "efter legal_sex</caption>"),
    ],
)
def test_comparison_of_a_sample_says_how_it_was_chosen(alva: Any, snapshot: Snapshot, sample, said: str) -> None:
    page = _page(alva, COMPARED | sample)
    assert said in page
    assert ("95 % intervall" in page) == (sample["valda"] != "first_met")


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ({"ur": "900"}, "Säg hur urvalet valdes"),
        ({"valda": "by_lot", "ur": "0"}, "Skriv ett tal som är minst 1."),
        ({"valda": "by_lot"}, "Säg hur många urvalet är draget ur"),
        ({"valda": "some"}, "Välj bland alternativen."),
    ],
)
def test_sample_that_cannot_be_is_told_of(alva: Any, snapshot: Snapshot, sample, said: str) -> None:
    assert said in _page(alva, COMPARED | sample)

"""The explorer's pages: each thing that there is to know, from its link to its answer and its files."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages_made import interventions, shown
from snapshots_made import make_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.question_data import question_from_data
from skillnad.analysis.questions import Duration
from skillnad.analysis.saved_questions import load
from skillnad.analysis.snapshot import Snapshot
from skillnad.lib.errors import Problem, UserError
from skillnad.web.analyst.kinds import KINDS

LASTED = "fraga=tid&om=insatser&tid_fran=start_date&tid_till=end_date&efter=legal_sex&granser=30&period=2025"
ANSWERED = {
    "antal": "rader=legal_sex",
    "andel": "rader=legal_sex",
    "tid": "tid_fran=start_date&tid_till=end_date&granser=30",
    "flode": "visa=hela&period=2025",
    "over-tid": "steg=month",
    "enheter": "av=legal_sex&varde=1&mellan=unit",
    "grupper": "av=problem&varde=1&mellan=legal_sex",
}


@pytest.fixture
def lasting(tmp_path: Path, db: None) -> Snapshot:
    """Interventions of which every other has ended, after thirty days."""
    rows = [row | {"end_date": row["start_date"].replace(day=28) if n % 2 else None} for n, row in _rows()]
    return shown(make_snapshot(tmp_path / "lasting", interventions=rows))


def _rows() -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(interventions())


def _page(browser: Any, address: str) -> str:
    return str(browser.get(f"/utforska/?{address}").content.decode())


def test_first_page_asks_what_there_is_to_know_and_nothing_else(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "")
    assert "Vad vill du veta?" in page
    assert re.findall(r'href="\?fraga=([\w-]+)"', page) == list(KINDS)
    assert "<select" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_to_know_has_its_own_fields_and_nothing_wrong(alva: Any, snapshot: Snapshot, kind: str) -> None:
    page = _page(alva, f"fraga={kind}")
    assert f'<input type="hidden" name="fraga" value="{kind}">' in page
    assert 'role="alert"' not in page
    assert ("Tiden går från" in page) == (kind == "tid")


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_to_know_is_answered_with_files_and_the_question(alva: Any, lasting: Snapshot, kind: str) -> None:
    page = _page(alva, f"fraga={kind}&{ANSWERED[kind]}")
    assert "<table" in page
    assert "Räknat på " in page
    assert {"csv", "xlsx", "sav", "parquet", "toml"} <= set(re.findall(r'href="/utforska/tabell\.(\w+)\?', page))


def test_times_stand_with_and_without_those_that_go_on(alva: Any, lasting: Snapshot) -> None:
    page = _page(alva, LASTED)
    assert "Kaplan–Meier" in page
    assert "Dagar från verkställande till avslut, insatser 2025" in page
    assert '<img src="/utforska/tabell.svg?' in page


def test_question_that_is_taken_along_is_the_one_of_the_page(alva: Any, lasting: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / "fraga.toml"
    file.write_bytes(alva.get(f"/utforska/tabell.toml?{LASTED}").content)
    question = load(file).question
    assert isinstance(question, Duration)
    assert (question.start, question.end, question.by, question.within) == (
        "start_date",
        "end_date",
        ("legal_sex",),
        (30,),
    )


def test_question_can_be_read_on_the_page(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "fraga=flode&visa=hela&period=2025")
    text = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert text
    data = tomllib.loads(text[1].replace("&quot;", '"'))
    assert question_from_data(data["question"]).period.start.year == 2025


def test_chosen_column_leads_to_its_values_before_any_answer(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "fraga=enheter&av=problem&mellan=unit")
    assert re.search(r'<fieldset[^>]*id="resultat"', page)
    assert "Nästa steg: kryssa för ett eller flera värden" in page
    assert '<input type="hidden" name="varde_av" value="problem">' in page
    assert "<title>Utforska" in page
    assert "<table" not in page


def test_values_that_were_offered_and_not_chosen_are_said_beside_them(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "fraga=enheter&av=problem&varde_av=problem&mellan=unit")
    assert "<title>Fel: Utforska" in page
    assert '<a href="#id_varde">' in page
    assert 'id="id_varde_error">Kryssa för minst ett värde.' in page


def test_one_unit_is_counted_alone(alva: Any, snapshot: Snapshot) -> None:
    assert "Kvinna;10" in _csv(alva, "fraga=antal&rader=legal_sex&enhet=unit:A")
    assert "Kvinna;20" in _csv(alva, "fraga=antal&rader=legal_sex")
    assert "<p>Bara unit: Norr.</p>" in _page(alva, "fraga=antal&rader=legal_sex&enhet=unit:A")


def _csv(browser: Any, address: str) -> str:
    return str(browser.get(f"/utforska/tabell.csv?{address}").content.decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("period", "many"), [("2025K1", 15), ("2025-04", 5), ("egna&fran=2025-01-01&till=2025-02-28", 10)]
)
def test_part_of_a_year_is_counted_alone(alva: Any, snapshot: Snapshot, period: str, many: int) -> None:
    assert f"Alla;{many}" in _csv(alva, f"fraga=antal&rader=age_group&period={period}")


@pytest.mark.parametrize(("code", "beside"), [("ASK-034", "id_enhet_error"), ("ASK-999", "")])
def test_what_only_the_kernel_knows_is_said_beside_its_field_where_there_is_one(
    alva: Any, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, code: str, beside: str
) -> None:
    def refuse(*_: object) -> None:
        raise UserError(Problem(code, "Fanns inte då.", "Not then."))

    monkeypatch.setattr(ProtectedSet, "get_or_protect", refuse)
    page = _page(alva, "fraga=antal&rader=legal_sex&enhet=unit:A&period=2025")
    assert "Fanns inte då." in page.split('role="alert"')[1]
    assert (f'id="{beside}">Fanns inte då.' in page) == bool(beside)
    assert "<table" not in page


def test_what_is_asked_of_follows_to_the_next_thing_to_know(alva: Any, snapshot: Snapshot) -> None:
    assert 'href="?fraga=flode&amp;om=arenden&amp;period=2025"' in _page(alva, "fraga=antal&om=arenden&period=2025")


def test_measure_is_chosen_by_a_link_and_kept_by_the_form(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "fraga=grupper&om=insatser&matt=tid")
    assert '<input type="hidden" name="matt" value="tid">' in page
    assert "Tiden går från" in page
    assert 'name="av"' not in page


def test_people_are_not_compared_as_rows_are(alva: Any, snapshot: Snapshot) -> None:
    address = "fraga=andel&rader=problem&kolumner=legal_sex"
    assert "Jämför grupperna" in _page(alva, address)
    assert "Jämför grupperna" not in _page(alva, f"{address}&personer=on")


def test_snapshot_without_what_is_asked_about_says_so(alva: Any, tmp_path: Path) -> None:
    shown(make_snapshot(tmp_path / "reviews", clients="client | legal_sex | first_intake_date\n1 | 1 | 2025-01-01"))
    assert "inget som frågan kan ställas om" in _page(alva, "fraga=flode")


def test_values_that_are_put_together_are_named_and_compared_with_the_others(alva: Any, snapshot: Snapshot) -> None:
    page = _page(alva, "fraga=grupper&av=problem&varde=1&mellan=unit&ihop=B&ihop=C")
    assert "<p>De sammanslagna: Söder och Väster.</p>" in page
    assert "De sammanslagna mot Övriga" in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_answer_leaves_as_every_file(alva: Any, lasting: Snapshot, kind: str) -> None:
    for file in ("csv", "xlsx", "sav", "parquet", "toml", "svg"):
        answer = alva.get(f"/utforska/tabell.{file}?fraga={kind}&{ANSWERED[kind]}")
        assert (answer.status_code, "attachment" in answer["Content-Disposition"]) == (200, True)


@pytest.mark.parametrize("kind", ["grupper", "enheter", "over-tid"])
def test_share_is_of_an_outcome_before_anything_is_chosen(alva: Any, snapshot: Snapshot, kind: str) -> None:
    page = _page(alva, f"fraga={kind}&matt=andel")
    of = re.search(r'<select name="av".*?</select>', page, re.DOTALL)
    assert of
    assert re.findall(r'value="(\w+)" selected', of[0]) == ["problem"]
    assert 'name="varde"' in page

"""What keeps its time series over versions, what breaks it, and what a kept version may not do."""

from dataclasses import replace
from datetime import date

import pytest
from instrument_folders import found, places, trygghet

from skillnad.instruments.asked import Means
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.model import VersionNote
from skillnad.instruments.versions import breaks_since, series_names, series_of, version_order

NEW = '\nversion = "2027.1"\ntitle'
OLD = '\nversion = "2026.1"\ntitle'
FIRST = 'sv = "Första versionen"\n'


def note(breaks=""):
    said = f"breaks = {breaks}\n" if breaks else ""
    return FIRST, f'{FIRST}\n[[version_note]]\nversion = "2027.1"\ndate = 2027-01-01\nsv = "Andra"\n{said}'


def kept(within, *changes, breaks=""):
    """Trygghet 2026.1 as it was, kept below 2027.1 with these changes."""
    folder = trygghet(within, (OLD, NEW), note(breaks), *changes)
    trygghet(folder / "versions", name="2026.1")
    return folder


@pytest.fixture
def first(tmp_path):
    return load_instrument(trygghet(tmp_path / "first"))


def later(first, version="2027.1", breaks=(), **items):
    """The next version, with some of its items changed."""
    notes = (*first.versions, VersionNote(version, date(2027, 1, 1), "Nästa", frozenset(breaks)))
    return replace(first, version=version, versions=notes, items={**first.items, **items})


def test_same_questions_keep_every_series(first):
    series = series_of(first, later(first))
    assert series.kept == ("day", "night", "why_not", "safety")
    assert (series.reworded, series.broken, series.added, series.dropped) == ((), (), (), ())


def test_other_words_keep_the_series(first):
    series = series_of(first, later(first, day=replace(first.items["day"], text="Är du trygg här på dagen?")))
    assert series.reworded == ("day",)
    assert "day" in series.kept


@pytest.mark.parametrize(
    "change",
    [
        {"options": ()},
        {"direction": "low_is_good"},
        {"kind": "single"},
        {"perspectives": ("staff",)},
        {"most": 7.0},
        {"unit_of_measure": "days"},
    ],
)
def test_other_meaning_breaks_the_series_and_the_score_made_of_it(first, change):
    series = series_of(first, later(first, day=replace(first.items["day"], **change)))
    assert series.unsaid == ("day", "safety")
    assert series.kept == ("night", "why_not")


def test_code_that_means_something_else_breaks_the_series(first):
    options = tuple(replace(option, means=Means.MISSING) for option in first.items["day"].options)
    assert "day" in series_of(first, later(first, day=replace(first.items["day"], options=options))).unsaid


def test_break_that_the_note_tells_is_said(first):
    new = later(first, day=replace(first.items["day"], options=()), breaks=["day", "safety"])
    series = series_of(first, new)
    assert (series.broken, series.unsaid) == (("day", "safety"), ())


def test_author_may_break_a_series_whose_codes_are_the_same(first):
    assert series_of(first, later(first, breaks=["night"])).broken == ("night",)


def test_added_and_dropped_items_are_told(first):
    more = later(first, more=replace(first.items["why_not"], id="more"))
    series = series_of(first, more)
    assert series.added == ("more",)
    assert series_of(more, first).dropped == ("more",)


def test_score_counted_otherwise_breaks_its_series(first):
    scores = {"safety": replace(first.scores["safety"], missing="known")}
    assert series_of(first, replace(later(first), scores=scores)).unsaid == ("safety",)


def test_notes_of_older_versions_break_nothing_now(first):
    second = later(first, breaks=["day"])
    third = later(second, "2028.1")
    assert breaks_since(third, "2026.1") == {"day"}
    assert breaks_since(third, "2027.1") == frozenset()


def test_break_of_a_matrix_is_a_break_of_its_cells():
    diary = load_instrument("work_diary")
    notes = (VersionNote("2030.1", date(2030, 1, 1), "Ny", frozenset({"hours"})),)
    assert "hours.client.mon" in breaks_since(replace(diary, versions=notes), diary.version)


def test_newest_series_has_the_plain_name_and_the_older_its_first_version(first):
    second = later(first)
    third = later(second, "2028.1", day=replace(first.items["day"], options=()), breaks=["day", "safety"])
    names = series_names([first, second, third])
    assert names["2026.1", "day"] == names["2027.1", "day"] == "trygghet__day__v2026_1"
    assert names["2028.1", "day"] == "trygghet__day"
    assert names["2026.1", "night"] == names["2028.1", "night"] == "trygghet__night"


def test_dropped_item_keeps_its_plain_name(first):
    second = replace(later(first), items={"day": first.items["day"]})
    assert series_names([first, second])["2026.1", "night"] == "trygghet__night"


def test_cell_of_a_matrix_has_a_plain_name():
    diary = load_instrument("work_diary")
    assert series_names([diary])[diary.version, "hours.client.mon"] == "work_diary__hours__client__mon"


def test_versions_are_in_order_of_their_numbers():
    assert sorted(["2026.10", "2026.9", "2025.11"], key=version_order) == ["2025.11", "2026.9", "2026.10"]
    assert version_order("2015.1+2026.2") == (2026, 2)


def test_kept_version_that_keeps_its_meaning_is_no_problem(tmp_path):
    assert places(kept(tmp_path, ("på dagen?", "på dagarna?")), local=True) == []


def test_break_unsaid_is_told_at_the_item(tmp_path):
    change = (
        'option_set = "often"\ntext = "Känner du dig trygg här på dagen?"',
        'text = "Dag?"\noptions = [{ code = "1", sv = "Ja" }, { code = "2", sv = "Nej" }]\ndirection = "low_is_good"',
    )
    problems = found(kept(tmp_path, change, breaks='["safety"]'), local=True)
    assert [problem.text() for problem in problems] == [
        "INSTR-024 trygghet/definition.toml, rad 39: Frågan ”day” betyder inte detsamma som i version 2026.1 (koder, "
        'riktning, gränser eller räknesätt). Ge den ett annat id, eller skriv breaks = ["day"] i versionens '
        "[[version_note]]."
    ]
    assert problems[0].en.startswith("Item 'day' does not mean the same as in version 2026.1 (codes, direction,")


def test_break_that_is_said_is_no_problem(tmp_path):
    change = ('missing = "refuse"', 'missing = "zero"')
    assert places(kept(tmp_path, change), local=True) == [("INSTR-024", "trygghet/definition.toml, rad 60")]
    assert places(kept(tmp_path, change, breaks='["safety"]'), local=True) == []


def test_version_in_use_is_later_than_the_kept(tmp_path):
    folder = trygghet(tmp_path)
    trygghet(folder / "versions", name="2026.1")
    (problem,) = found(folder, local=True)
    assert problem.text() == (
        "INSTR-024 trygghet/definition.toml, rad 3: Version 2026.1 är sparad. Ge den här en senare version, "
        "med en [[version_note]]."
    )


def test_kept_version_is_called_by_its_folder(tmp_path):
    folder = trygghet(tmp_path, (OLD, NEW), note())
    trygghet(folder / "versions", name="2025.1")
    (problem,) = found(folder, local=True)
    assert problem.where == "trygghet/versions/2025.1/definition.toml, rad 3"
    assert "Mappen heter 2025.1, men filen är version 2026.1." in problem.sv

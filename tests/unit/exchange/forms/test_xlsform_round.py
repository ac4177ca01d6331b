"""Out as an XLSForm and back: with our own sheet nothing is lost, and without it exactly what the list names."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from made_xlsforms import changed, saved, without_own_sheet

from skillnad.exchange.forms.folders import Folder, folder_of
from skillnad.exchange.forms.losses import Loss, between, words_of
from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform
from skillnad.exchange.forms.xlsform_out import xlsform_of
from skillnad.exchange.forms.xlsform_sheets import form_sheets
from skillnad.instruments.loading import instrument_ids, load_instrument, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import UserError
from skillnad.lib.plain_json import plain

CATALOGUE = instrument_ids()

HELD = (
    "id",
    "version",
    "title_sv",
    "intro",
    "items",
    "items.*.id",
    "items.*.help",
    "items.*.when",
    "items.*.required",
    "items.*.group",
    "items.*.least",
    "items.*.most",
    "items.*.decimals",
    "items.*.matrix",
    "items.*.option_set",
    "items.*.options",
    "items.*.options.*.code",
    "items.*.options.*.exclusive",
    "items.*.options.*.specify",
    "matrices",
)
"""What every form is made for: never lost, of any instrument."""


@cache
def _exported(name: str) -> tuple[bytes, tuple[Loss, ...]]:
    return xlsform_of(load_with_files(name))


def _back(name: str, place: Path) -> Folder:
    """As someone gets it who has the form without our own sheet."""
    return instrument_from_xlsform(saved(without_own_sheet(_exported(name)[0]), place))[0]


def _said(instrument: Instrument, lost: list[str]) -> Any:
    """All that the instrument says but what is named as lost; the one way of two to write a lone alternative."""
    tree = plain(instrument)
    for item in tree["items"].values():
        when = item["when"]
        if len(when["any"]) == 1:
            item["when"] = {"all": [*when["all"], *when["any"]], "any": []}
    for path in ["digest", "local", *lost]:
        _remove(tree, path.split("."))
    return tree


def _remove(tree: Any, path: list[str]) -> None:
    if path[0] == "*":
        for part in tree.values() if isinstance(tree, dict) else tree:
            _remove(part, path[1:])
    elif isinstance(tree, list):
        tree[path[0] == "en"] = ""  # the Swedish and English name of a group
    elif len(path) == 1:
        tree.pop(path[0], None)
    elif path[0] in tree:
        _remove(tree[path[0]], path[1:])


@pytest.mark.parametrize("name", CATALOGUE)
def test_own_sheet_brings_everything_back(name: str, tmp_path: Path) -> None:
    loaded = load_with_files(name)
    folder, losses = instrument_from_xlsform(saved(_exported(name)[0], tmp_path))
    assert folder == folder_of(loaded)
    assert losses == ()


@pytest.mark.parametrize("name", CATALOGUE)
def test_others_lose_what_the_list_names_and_nothing_else(name: str, tmp_path: Path) -> None:
    lost = [loss.path for loss in _exported(name)[1]]
    returned = _back(name, tmp_path).instrument
    assert _said(returned, lost) == _said(load_instrument(name), lost)


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_named_as_lost_does_differ(name: str, tmp_path: Path) -> None:
    paths = [loss.path for loss in _exported(name)[1] if not loss.path.startswith("texts.")]
    original, returned = load_instrument(name), _back(name, tmp_path).instrument
    for path in paths:
        others = [other for other in paths if other != path and not path.startswith(f"{other}.")]
        inner = [other for other in others if not other.startswith(f"{path}.")]
        assert _said(original, inner) != _said(returned, inner), path


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_a_form_is_made_for_is_never_lost(name: str) -> None:
    lost = {loss.path for loss in _exported(name)[1]}
    assert lost.isdisjoint(HELD)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_loss_is_said_in_words(name: str) -> None:
    for loss in _exported(name)[1]:
        assert words_of(loss.path) == (loss.sv, loss.en)
        assert "*" not in loss.text()
        assert loss.path not in (loss.sv, loss.en)


def test_wording_is_only_lost_with_slots_or_licences() -> None:
    for name in CATALOGUE:
        instrument = load_instrument(name)
        lost = [loss for loss in _exported(name)[1] if loss.path == "items.*.text"]
        empty = any(not item.text for item in instrument.items.values())
        assert bool(lost) == (bool(instrument.slots) or empty), name


def test_words_of_options_are_only_lost_where_a_file_says_them_otherwise() -> None:
    for name in CATALOGUE:
        lost = [loss.path for loss in _exported(name)[1] if loss.path == "items.*.options.*.sv"]
        assert bool(lost) == ("adult.sv.toml" in load_with_files(name).files.texts), name


def test_translations_come_back_with_the_mark_that_nobody_has_checked_them(tmp_path: Path) -> None:
    arabic = _back("skr6", tmp_path).texts["adult.ar.toml"]
    original = load_with_files("skr6").files.texts["adult.ar.toml"].data
    assert (arabic["status"], arabic["direction"]) == ("machine", "rtl")
    assert arabic["intro"] == original["intro"]
    assert arabic["option_sets"] == original["option_sets"]
    assert arabic["items"]["b3"] == original["items"]["b3"]


def test_words_that_another_variant_has_are_named_as_lost() -> None:
    lost = {loss.path: loss for loss in _exported("skr6")[1]}
    assert "stockholm" in lost["variants"].where
    assert "slots" in lost
    assert "shares" in lost
    assert "changes" in lost


def test_spoken_words_and_pictures_are_named_where_the_chosen_variant_has_them() -> None:
    spoken = xlsform_of(load_with_files("skr6"), variant="telephone")[1]
    pictures = xlsform_of(load_with_files("skr6"), variant="picture")[1]
    assert "texts.spoken" in {loss.path for loss in spoken}
    assert "texts.pictures" in {loss.path for loss in pictures}


def _edited(name: str, place: Path, sheet: str, cell: str, content: str | None, **chosen: str) -> tuple[Folder, Any]:
    raw = xlsform_of(load_with_files(name), **chosen)[0]
    return instrument_from_xlsform(saved(changed(raw, sheet, cell, content), place))


def test_changed_words_are_taken_and_the_rest_is_kept(tmp_path: Path) -> None:
    folder, losses = _edited("sdq", tmp_path, "settings", "A2", "Vår SDQ")
    original = load_instrument("sdq")
    assert folder.instrument.title_sv == "Vår SDQ"
    assert [loss.path for loss in between(original, folder.instrument)] == ["title_sv"]
    assert any("ändrat" in loss.sv for loss in losses)


def test_changed_option_keeps_its_meaning_and_points(tmp_path: Path) -> None:
    folder, _ = _edited("ors", tmp_path, "settings", "C2", "2026.1")
    assert folder.instrument.scores == load_instrument("ors").scores
    folder, _ = _edited("skr6", tmp_path, "choices", "C7", "Ingen aning")
    first, last = folder.instrument.option_sets["change"].options[0], folder.instrument.option_sets["change"].options[5]
    assert (last.sv, last.means, first.sv) == ("Ingen aning", "dont_know", "Förbättrats mycket")
    assert folder.instrument.items["b1a"].options[5] == last
    assert folder.instrument.slots == load_instrument("skr6").slots


def test_changed_words_of_a_translation_are_taken(tmp_path: Path) -> None:
    names = form_sheets(load_with_files("skr6"))["survey"]
    column = chr(ord("A") + names[0].index("label::Suomi (fi)"))
    row = next(number for number, cells in enumerate(names, 1) if "b3" in cells)
    folder, _ = _edited("skr6", tmp_path, "survey", f"{column}{row}", "Oletko tyytyväinen?")
    assert folder.texts["adult.fi.toml"]["items"]["b3"]["text"] == "Oletko tyytyväinen?"
    assert folder.texts["adult.ar.toml"] == load_with_files("skr6").files.texts["adult.ar.toml"].data


def test_reworded_question_is_no_longer_what_was_published(tmp_path: Path) -> None:
    rows = form_sheets(load_with_files("skr6"))["survey"]
    row = next(number for number, cells in enumerate(rows, 1) if "b3" in cells)
    folder, _ = _edited("skr6", tmp_path, "survey", f"C{row}", "Är du nöjd?")
    item = folder.instrument.items["b3"]
    assert (item.text, item.standard, item.label_sv) == ("Är du nöjd?", "", "Är du nöjd?")
    assert folder.instrument.items["b1a"] == load_instrument("skr6").items["b1a"]


def test_form_of_one_perspective_keeps_the_others_questions(tmp_path: Path) -> None:
    name = "hvb_pilot_2022"
    perspective = next(iter(load_instrument(name).perspectives))
    folder, _ = _edited(name, tmp_path, "settings", "A2", "Vår pilot", perspective=perspective)
    assert folder.instrument.items == load_instrument(name).items


def test_new_question_joins_the_others(tmp_path: Path) -> None:
    rows = len(form_sheets(load_with_files("asi_view"))["survey"])
    raw = changed(_exported("asi_view")[0], "survey", f"A{rows + 1}", "text")
    raw = changed(changed(raw, "survey", f"B{rows + 1}", "more"), "survey", f"C{rows + 1}", "Något mer?")
    items = instrument_from_xlsform(saved(raw, tmp_path))[0].instrument.items
    assert list(items) == [*load_instrument("asi_view").items, "more"]
    assert items["more"].text == "Något mer?"


def test_question_taken_out_of_a_score_is_read_as_anothers_and_said(tmp_path: Path) -> None:
    rows = form_sheets(load_with_files("ors"))["survey"]
    row = next(number for number, cells in enumerate(rows, 1) if cells[0] == "range")
    folder, losses = _edited("ors", tmp_path, "survey", f"A{row}", "note")
    assert folder.instrument.scores == {}
    assert "scores" in {loss.path for loss in losses}
    assert any("går ihop" in loss.sv for loss in losses)


def test_other_variants_words_never_become_the_definitions(tmp_path: Path) -> None:
    folder, losses = _edited("skr6", tmp_path, "settings", "A2", "Barnens frågor", variant="child")
    assert "slots" in {loss.path for loss in losses}
    assert folder.instrument.title_sv == "Barnens frågor"


def test_own_sheet_that_is_no_longer_ours_is_left_alone(tmp_path: Path) -> None:
    folder, losses = _edited("ors", tmp_path, "_skillnad", "A1", "annat")
    assert folder.instrument.scores == {}
    assert losses


def test_own_sheet_that_is_damaged_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        _edited("ors", tmp_path, "_skillnad", "A2", "{ inte json")
    assert (refusal.value.code, "form.xlsx" in refusal.value.text()) == ("INSTR-002", True)


def test_given_name_replaces_the_catalogues(tmp_path: Path) -> None:
    folder, _ = instrument_from_xlsform(saved(_exported("ors")[0], tmp_path), "egna_ors")
    assert (folder.instrument.id, folder.instrument.kind, folder.definition["id"]) == ("egna_ors", "local", "egna_ors")
    assert folder.instrument.scores == load_instrument("ors").scores


def test_losses_of_equal_instruments_are_none() -> None:
    assert between(load_instrument("sdq"), load_instrument("sdq")) == ()


def test_losses_name_the_parts_and_count_the_rest() -> None:
    lost = {loss.path: loss for loss in between(load_instrument("sdq"), load_instrument("ors"))}
    assert lost["items"].where.endswith("+30")
    assert lost["title_sv"].text() == "den svenska titeln"
    assert lost["items"].text("en").startswith("questions: ")

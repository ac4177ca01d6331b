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
from skillnad.instruments.content import plain
from skillnad.instruments.loading import instrument_ids, load_instrument, load_with_files
from skillnad.instruments.model import Instrument

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


def test_changed_form_is_read_as_anothers_and_says_so(tmp_path: Path) -> None:
    raw = changed(_exported("skr6")[0], "choices", "C2", "Blivit mycket bättre")
    folder, losses = instrument_from_xlsform(saved(raw, tmp_path))
    assert folder.instrument.option_sets["change"].options[0].sv == "Blivit mycket bättre"
    assert any("ändrat" in loss.sv for loss in losses)


def test_own_sheet_that_somebody_has_damaged_is_refused_or_left(tmp_path: Path) -> None:
    raw = changed(_exported("ors")[0], "_skillnad", "A1", "annat")
    folder, losses = instrument_from_xlsform(saved(raw, tmp_path))
    assert folder.instrument.scores == {}
    assert losses


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

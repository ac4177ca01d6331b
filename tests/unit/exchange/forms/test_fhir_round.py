"""Out and in again: nothing is lost of our own form, and what a stranger loses is named exactly."""

import re

import pytest
from made_forms import folder
from made_instruments import with_slots
from worked_sheets import instrument_names

from skillnad.exchange.forms.fhir_in import alike, from_fhir, losses, read_form
from skillnad.exchange.forms.fhir_out import as_fhir, questionnaire
from skillnad.exchange.forms.fhir_terms import OWN, without_own
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.lib.plain_json import plain


def flat(content, path=""):
    """Every leaf of an instrument by its path, ids and codes told in the way."""
    if isinstance(content, list) and content and all(isinstance(part, dict) for part in content):
        key = next((key for key in ("id", "code", "version") if all(key in part for part in content)), None)
        content = {part[key]: part for part in content} if key else dict(enumerate(content))
    if not isinstance(content, dict) or not content:
        return {path: content}
    return {
        inner: leaf
        for name, part in content.items()
        for inner, leaf in flat(part, f"{path}/{name}" if path else str(name)).items()
    }


def leaves(instrument):
    return flat(plain(alike(instrument)))


def covered(leaf, path):
    """Does a loss of `path` ("items.*.text") name the leaf ("items/b1/text")?"""
    parts = [r"[^/]+" if part == "*" else re.escape(part) for part in path.split(".")]
    return re.match("/".join(parts) + r"(/|$)", leaf) is not None


def as_stranger(given):
    return read_form(without_own(questionnaire(given)), given.instrument.id, hold=False).folder.instrument


def differing(name):
    given = loaded_folder(name)
    ours, theirs = leaves(given.instrument), leaves(as_stranger(given))
    return [leaf for leaf in ours.keys() | theirs.keys() if ours.get(leaf) != theirs.get(leaf) and leaf != "local"]


@pytest.mark.parametrize("name", instrument_names())
def test_our_own_form_comes_back_with_all_its_words_and_cases(name):
    given = loaded_folder(name)
    made = from_fhir(as_fhir(given).encode(), f"{name}.json")
    assert made.folder == given
    assert made.folder.instrument.digest == given.instrument.digest
    assert made.losses == ()


@pytest.mark.parametrize("name", instrument_names())
def test_all_that_a_stranger_loses_is_named(name):
    paths = [loss.path for loss in losses(loaded_folder(name)) if loss.path]
    assert [leaf for leaf in differing(name) if not any(covered(leaf, path) for path in paths)] == []


@pytest.mark.parametrize("name", instrument_names())
def test_nothing_is_named_that_a_stranger_keeps(name):
    lost = differing(name)
    paths = [loss.path for loss in losses(loaded_folder(name)) if loss.path]
    assert [path for path in paths if not any(covered(leaf, path) for leaf in lost)] == []


@pytest.mark.parametrize("name", instrument_names())
def test_a_stranger_keeps_questions_options_and_conditions(name):
    given = loaded_folder(name).instrument
    theirs = as_stranger(loaded_folder(name))
    assert list(theirs.items) == list(given.items)
    for item in given.items.values():
        read = theirs.items[item.id]
        assert [option.code for option in read.options][: len(item.options)] == [option.code for option in item.options]
        assert (read.label_sv, read.label_en, read.number) == (item.label_sv, item.label_en, item.number)
        assert (read.least, read.most, read.decimals) == (item.least, item.most, item.decimals)


def test_a_stranger_sees_nothing_of_ours():
    assert OWN not in str([part.get("extension") for part in without_own(questionnaire(loaded_folder("sdq")))["item"]])


def test_every_loss_has_words_in_both_languages():
    for loss in losses(loaded_folder("skr6")):
        assert loss.sv != loss.path
        assert loss.text("en")


def test_slots_are_named_as_lost_to_strangers():
    paths = {loss.path for loss in losses(folder(with_slots()))}
    assert {"slots", "items.*.text"} <= paths


def test_other_variants_words_are_named_as_lost():
    told = {loss.sv: loss.where for loss in losses(loaded_folder("skr6"))}
    assert "child.sv.toml" in told["varianternas ord"]
    assert "adult.ar.toml" not in told["varianternas ord"]

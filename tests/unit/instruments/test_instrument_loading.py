"""The catalogue and a municipality's own folder, loaded by id and by folder."""

import shutil
from datetime import date

import pytest
from instrument_folders import damaged, trygghet

from skillnad.instruments.asked import Direction, ItemKind, Means
from skillnad.instruments.checking import check_folder, instrument_folders
from skillnad.instruments.content import digest_of
from skillnad.instruments.loading import (
    folder_of,
    instrument_ids,
    load_catalogue,
    load_instrument,
    load_version,
    load_versions,
    load_with_files,
)
from skillnad.instruments.reading import CATALOGUE
from skillnad.lib.errors import UserError

PUBLISHED = """adad asi asi_view bbic cansas contact_visits cors dur fcs followup_record freda hvb_pilot_2022 ibic loke
    municipal_survey_2011 open_contact ors savry sdq signs_of_safety skr6 srs su sue suv ubat ubu uiv work_diary"""


def refused(work):
    with pytest.raises(UserError) as caught:
        work()
    return caught.value


def test_catalogue_has_every_instrument_by_its_id():
    catalogue = load_catalogue()
    assert list(catalogue) == PUBLISHED.split()
    assert all(name == instrument.id for name, instrument in catalogue.items())


def test_whole_catalogue_follows_its_rules():
    assert check_folder(CATALOGUE).problems == []
    assert len(instrument_folders(CATALOGUE)) == len(PUBLISHED.split())


def test_digests_tell_instruments_apart_and_follow_the_content(tmp_path):
    catalogue = load_catalogue()
    assert len({instrument.digest for instrument in catalogue.values()}) == len(catalogue)
    assert all(instrument.digest == digest_of(instrument) for instrument in catalogue.values())
    plain = load_instrument(trygghet(tmp_path))
    changed = load_instrument(trygghet(tmp_path, ("på dagen?", "på dagarna?")))
    assert plain.digest != changed.digest


def test_layout_of_the_file_makes_no_other_digest(tmp_path):
    plain = load_instrument(trygghet(tmp_path))
    assert load_instrument(trygghet(tmp_path, ("[licence]", "# Vem har rätten?\n\n[licence]"))).digest == plain.digest


def test_six_questions_say_what_the_file_says():
    item = load_instrument("skr6").items["b5"]
    assert (item.kind, item.direction, item.number) == (ItemKind.SCALE, Direction.LOW_IS_GOOD, "B5")
    assert [option.means for option in item.options] == [Means.VALUE] * 4 + [Means.DONT_KNOW]
    assert [clause.item for clause in load_instrument("skr6").items["b2"].when.any] == ["b1a", "b1b"]


def test_scores_and_bands_say_what_the_file_says():
    ors = load_instrument("ors")
    total, adult = ors.scores["total"], ors.band_sets[0]
    assert (total.low, total.high, total.step, total.missing) == (0, 40, 0.1, "refuse")
    assert [(band.low, band.high) for band in adult.bands] == [(0, 24.9), (25, 40)]
    assert 17 not in adult.ages
    assert ors.changes["reliable"].band_sets == ("adult", "young")
    assert ors.versions[-1].date == date(2000, 1, 1)


def test_cells_of_a_matrix_stand_in_its_place():
    diary = load_instrument("work_diary")
    cells = [item for item in diary.items.values() if item.matrix == "hours"]
    assert list(diary.items)[1] == "hours.client.mon"
    assert len(cells) == 9 * 5
    assert (cells[0].label_sv, cells[0].most, cells[0].decimals) == ("Möten med brukare, Måndag", 24, 1)
    assert diary.matrices["hours"].rows[1] == (
        "phone",
        "Telefon och meddelanden med brukare",
        "Calls and messages with clients",
    )


def test_own_instrument_is_loaded_beside_the_catalogues(tmp_path):
    trygghet(tmp_path)
    instrument = load_instrument("trygghet", tmp_path)
    assert (instrument.local, instrument.title_en) == (True, "Trygghet på boendet")
    assert instrument_ids(tmp_path) == tuple(sorted([*PUBLISHED.split(), "trygghet"]))
    assert not load_instrument("ors", tmp_path).local


def test_folder_may_be_given_instead_of_an_id(tmp_path, monkeypatch):
    trygghet(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert load_instrument(type(tmp_path)("trygghet")).id == "trygghet"
    assert load_instrument(CATALOGUE / "ors") is load_instrument("ors")


def test_unknown_id_is_told_with_the_nearest():
    error = refused(lambda: load_instrument("srk6"))
    assert error.text() == (
        "INSTR-040 Det finns inget instrument ”srk6”. Menade du ”skr6”? Se alla med ”skillnad instrument list”."
    )
    assert error.text("en") == (
        "INSTR-040 There is no instrument 'srk6'. Did you mean 'skr6'? See all with 'skillnad instrument list'."
    )


@pytest.mark.parametrize("name", ["../catalogue/ors", "_shared", "", "ors/texts"])
def test_id_is_never_a_way_to_another_folder(name):
    assert refused(lambda: folder_of(name)).code == "INSTR-040"


def test_all_problems_of_an_own_instrument_are_raised(tmp_path):
    trygghet(tmp_path, ('kind = "mean"', 'kind = "medel"'), ("step = 0.5", "stepp = 1"))
    assert [problem.code for problem in refused(lambda: load_instrument("trygghet", tmp_path)).problems] == [
        "INSTR-003",
        "INSTR-003",
    ]


def test_own_instrument_cannot_have_the_catalogues_id(tmp_path):
    damaged(tmp_path, "ors")
    error = refused(lambda: load_instrument("ors", tmp_path))
    assert error.text() == (
        "INSTR-026 ors/definition.toml, rad 2: ”ors” är katalogens instrument. Ge mappen och id ett annat namn, "
        'som ors_lokal, eller lägg till i katalogens med extends = "ors".'
    )
    assert error.text("en").endswith('or add to the catalogue\'s with extends = "ors".')


def test_files_come_with_the_texts_of_their_variants():
    loaded = load_with_files("skr6")
    assert loaded.instrument is load_instrument("skr6")
    assert loaded.files.texts["picture.sv.toml"].data["variant"] == "picture"


def test_municipality_may_sign_a_translation_of_its_own(tmp_path):
    texts = tmp_path / "skr6" / "texts"
    texts.mkdir(parents=True)
    shutil.copy(CATALOGUE / "skr6" / "texts" / "adult.ar.toml", texts)
    assert load_with_files("skr6", tmp_path).files.texts["adult.ar.toml"].local
    assert not load_with_files("skr6").files.texts["adult.ar.toml"].local


def test_licensed_words_are_refused_until_the_licence_is_stated(tmp_path):
    texts = tmp_path / "sdq" / "texts"
    texts.mkdir(parents=True)
    (texts / "adult.sv.toml").write_text('variant = "adult"\nlanguage = "sv"\nstatus = "original"\n', encoding="utf-8")
    error = refused(lambda: load_with_files("sdq", tmp_path))
    assert error.text().startswith("INSTR-028 sdq/texts: Orden i ”sdq” tillhör ")
    assert "läses in först när kommunen har uppgett sin licens" in error.text()
    assert load_instrument("sdq").items["sdq1"].text == ""


def kept(within):
    """Trygghet 2026.1 kept, and 2027.1 in use."""
    folder = trygghet(within, ('\nversion = "2026.1"\ntitle', '\nversion = "2027.1"\ntitle'), NOTE)
    trygghet(folder / "versions", name="2026.1")
    return folder


NOTE = (
    'sv = "Första versionen"\n',
    'sv = "Första versionen"\n\n[[version_note]]\nversion = "2027.1"\ndate = 2027-01-01\nsv = "Andra"\n',
)


def test_older_version_is_loaded_as_it_was(tmp_path):
    kept(tmp_path)
    assert [one.version for one in load_versions("trygghet", tmp_path)] == ["2026.1", "2027.1"]
    assert load_version("trygghet", "2026.1", tmp_path).version == "2026.1"
    assert load_instrument("trygghet", tmp_path).version == "2027.1"


def test_version_that_is_not_kept_says_where_to_put_it_back(tmp_path):
    kept(tmp_path)
    error = refused(lambda: load_version("trygghet", "2025.1", tmp_path))
    assert error.text() == (
        "INSTR-041 trygghet: Version 2025.1 finns inte. Här finns 2026.1 och 2027.1. "
        "Lägg tillbaka den i trygghet/versions/2025.1/."
    )

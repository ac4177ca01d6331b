"""The manual's page on words: what it shows holds when it is done."""

import re
from pathlib import Path

from instrument_folders import trygghet

from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import load_with_files
from skillnad.instruments.texts import words_of
from skillnad.instruments.wording import wording

PAGE = (Path(__file__).parents[3] / "docs" / "ord-och-sprak.md").read_text("utf-8")
FINNISH, SIGNED, LICENCE = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def translated(within, words):
    folder = trygghet(within, ('sv = "Grundform"', 'sv = "Grundform"\nlanguages = ["sv", "fi"]'))
    (folder / "texts").mkdir()
    (folder / "texts" / "adult.fi.toml").write_text(words, encoding="utf-8")
    return folder


def told(folder):
    return [problem.text("sv") for problem in check_folder(folder).problems]


def test_translation_of_the_page_is_whole_and_marked(tmp_path):
    folder = translated(tmp_path, FINNISH)
    assert told(folder) == []
    loaded = load_with_files(folder)
    form = wording(loaded.instrument, words_of(loaded.files), "adult", "fi").form("client")
    assert form.mark == "Konekäännös, jota ei ole tarkistettu."


def test_signature_gets_its_digest_from_the_check(tmp_path):
    signed = FINNISH.replace('status = "machine"\n', SIGNED)
    folder = translated(tmp_path, signed)
    (problem,) = told(folder)
    (digest,) = re.findall(r"[0-9a-f]{16}", problem)
    (folder / "texts" / "adult.fi.toml").write_text(signed.replace("0123456789abcdef", digest), encoding="utf-8")
    assert told(folder) == []


def test_licence_of_the_page_opens_its_words(tmp_path):
    texts = tmp_path / "sdq" / "texts"
    texts.mkdir(parents=True)
    words = 'variant = "adult"\nlanguage = "sv"\nstatus = "original"\n[items.sdq1]\ntext = "Påhittad"\n'
    (texts / "adult.sv.toml").write_text(words, encoding="utf-8")
    (tmp_path / "licences.toml").write_text(LICENCE, encoding="utf-8")
    assert load_with_files("sdq", tmp_path).licence.reference == "Avtal 2026/123"


def test_pictures_that_the_page_names_are_there():
    shared = Path(__file__).parents[3] / "src/skillnad/instruments/catalogue/_shared/pictures"
    named = set(re.findall(r"\w+\.svg", PAGE))
    assert len(named) == 5
    assert {name for name in named if not (shared / name).is_file()} == set()

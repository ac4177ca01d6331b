"""The folder's name, the licence and the notes of versions."""

import pytest
from instrument_folders import found, places, trygghet

NOTE = '[[version_note]]\nversion = "2026.1"\ndate = 2026-11-01\nsv = "Första versionen"\n'


def said(folder):
    (problem,) = found(folder, local=True)
    return problem.text("sv"), problem.text("en")


def test_id_and_folder_have_one_name(tmp_path):
    assert said(trygghet(tmp_path, name="trygg")) == (
        "INSTR-005 trygg/definition.toml, rad 2: Instrumentets id är ”trygghet”, men mappen heter ”trygg”. "
        "Skriv samma på båda ställena.",
        "INSTR-005 trygg/definition.toml, rad 2: The instrument's id is 'trygghet', but the folder is called 'trygg'. "
        "Write the same in both places.",
    )


def test_instrument_without_licence_is_refused(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "licence.md").unlink()
    assert said(folder)[0] == (
        "INSTR-019 trygghet/licence.md: Licensen saknas. Skriv licence.md med rubriken ”# Licens: …” "
        "och vem som har rätten."
    )


def test_licence_without_its_heading_is_refused(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "licence.md").write_text("Fritt.", encoding="utf-8")
    assert places(folder, local=True) == [("INSTR-019", "trygghet/licence.md")]


def test_words_that_need_permission_are_not_among_the_free(tmp_path):
    folder = trygghet(tmp_path, ('kind = "free"', 'kind = "permission"'))
    assert said(folder)[0].endswith("Skriv texts = false, eller confirm = true.")


def test_version_without_a_note_is_refused(tmp_path):
    folder = trygghet(tmp_path, ('\nversion = "2026.1"\ntitle', '\nversion = "2026.2"\ntitle'))
    assert said(folder) == (
        "INSTR-024 trygghet/definition.toml, rad 72: Den sista anteckningen är om 2026.1, men instrumentet är 2026.2. "
        "Lägg till en [[version_note]] om vad som är nytt i 2026.2.",
        "INSTR-024 trygghet/definition.toml, rad 72: The last note is about 2026.1, but the instrument is 2026.2. "
        "Add a [[version_note]] of what is new in 2026.2.",
    )


def test_instrument_without_notes_is_refused(tmp_path):
    assert places(trygghet(tmp_path, (NOTE, "")), local=True) == [("INSTR-003", "trygghet/definition.toml, rad 1")]


@pytest.mark.parametrize("earlier", ["2026.2", "2026.1", "2027.1"])
def test_notes_stand_in_order(tmp_path, earlier):
    before = NOTE.replace("2026.1", earlier, 1)
    assert [code for code, _ in places(trygghet(tmp_path, (NOTE, before + NOTE)), local=True)] == ["INSTR-024"]


def test_note_breaks_only_what_is_there(tmp_path):
    folder = trygghet(tmp_path, (NOTE, NOTE + 'breaks = ["dag"]\n'))
    assert said(folder)[0].endswith(
        "Frågan ”dag” finns inte. Menade du ”day”? Här finns day, night, why_not och safety."
    )

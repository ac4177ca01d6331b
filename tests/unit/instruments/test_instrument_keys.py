"""Keys, types and words of a definition: what is unknown is told with what would be right."""

import pytest
from instrument_folders import found, places, trygghet

from skillnad.instruments.keys import DEFINITION, KEYS, LISTED


def said(folder):
    (problem,) = found(folder, local=True)
    return problem.text("sv"), problem.text("en")


def test_every_listed_table_has_its_keys():
    assert set(LISTED) <= set(KEYS)
    assert set(LISTED) < set(DEFINITION)


def test_misspelt_key_is_told_with_the_nearest(tmp_path):
    sv, en = said(trygghet(tmp_path, ("step = 0.5", "stepp = 0.5")))
    assert sv.startswith("INSTR-003 trygghet/definition.toml, rad 67: Nyckeln ”stepp” finns inte. Menade du ”step”?")
    assert "There is no key 'stepp'. Did you mean 'step'? Allowed here: id, sv, en," in en


def test_text_where_a_number_should_stand_is_told(tmp_path):
    assert said(trygghet(tmp_path, ("step = 0.5", 'step = "0,5"'))) == (
        "INSTR-003 trygghet/definition.toml, rad 67: ”step” ska vara ett tal utan citattecken, som 24.9.",
        "INSTR-003 trygghet/definition.toml, rad 67: 'step' must be a number without quotes, such as 24.9.",
    )


def test_unknown_word_is_told_with_all_that_are_known(tmp_path):
    assert said(trygghet(tmp_path, ('kind = "mean"', 'kind = "medel"'))) == (
        "INSTR-003 trygghet/definition.toml, rad 63: ”medel” finns inte som kind. "
        "Skriv sum, mean, count, count_scores, difference, ratio eller weighted.",
        "INSTR-003 trygghet/definition.toml, rad 63: 'medel' is no kind. "
        "Write sum, mean, count, count_scores, difference, ratio or weighted.",
    )


def test_missing_word_is_told_with_one_that_fits(tmp_path):
    sv, en = said(trygghet(tmp_path, ('missing = "refuse"\n', "")))
    assert sv == 'INSTR-003 trygghet/definition.toml, rad 60: ”missing” saknas. Lägg till missing = "refuse" här.'
    assert en.endswith('"missing" is missing. Add missing = "refuse" here.')


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('title_sv = "Trygghet på boendet"\n', "", 1),
        ('purpose_sv = "Hur trygg den som bor hos oss känner sig."', 'purpose_sv = " "', 5),
        ('answered_by = ["client"]', 'answered_by = ["granne"]', 6),
        ('about = "intervention"', 'about = "house"', 7),
        ('holder = "Kommunen"\n', "", 11),
        ("texts = true\n", "", 11),
        ("date = 2026-11-01", 'date = "2026-11-01"', 73),
        ("schema = 1", "schema = 2", 1),
        ("range = [1, 4]", "range = [1]", 66),
        ('meaning = "dont_know"', 'meaning = "vet inte"', 36),
    ],
)
def test_part_that_is_missing_or_unknown_is_told_at_its_line(tmp_path, old, new, line):
    assert places(trygghet(tmp_path, (old, new)), local=True)[0] == (
        "INSTR-003",
        f"trygghet/definition.toml, rad {line}",
    )


@pytest.mark.parametrize("number", ["inf", "-inf", "nan"])
def test_number_that_is_not_finite_is_no_number(tmp_path, number):
    folder = trygghet(tmp_path, ("step = 0.5", f"step = {number}"))
    assert places(folder, local=True) == [("INSTR-003", "trygghet/definition.toml, rad 67")]


@pytest.mark.parametrize("name", ["Dag", "1dag", "dag-1", "dag__1", "dag_", "d" * 41, "å"])
def test_id_that_no_column_can_have_is_refused(tmp_path, name):
    folder = trygghet(tmp_path, ('id = "why_not"', f'id = "{name}"'))
    assert places(folder, local=True) == [("INSTR-005", "trygghet/definition.toml, rad 54")]


def test_id_is_told_with_how_to_write_one(tmp_path):
    sv, en = said(trygghet(tmp_path, ('id = "why_not"', 'id = "Varför inte"')))
    assert sv.endswith(
        "”Varför inte” kan inte vara ett id. Skriv små bokstäver a–z, siffror och enkla _, högst 40 tecken."
    )
    assert en.endswith("cannot be an id. Write lower case a–z, digits and single _, at most 40 characters.")


def test_code_with_a_space_is_refused(tmp_path):
    folder = trygghet(tmp_path, ('code = "9"', 'code = "vet ej"'))
    assert places(folder, local=True) == [("INSTR-005", "trygghet/definition.toml, rad 36")]


@pytest.mark.parametrize("version", ["1", "2026", "2026.1.1", "v2026.1"])
def test_version_is_a_year_and_a_number(tmp_path, version):
    folder = trygghet(tmp_path, ('\nversion = "2026.1"\ntitle', f'\nversion = "{version}"\ntitle'))
    assert places(folder, local=True)[0][0] == "INSTR-005"


def test_local_instrument_may_leave_english_out_and_the_catalogue_may_not(tmp_path):
    folder = trygghet(tmp_path)
    assert places(folder, local=True) == []
    assert ("INSTR-003", "trygghet/definition.toml, rad 1") in places(folder, local=False)


@pytest.mark.parametrize("compared", ['in = ["1"], at_most = 2', "in = []", ""])
def test_clause_has_one_comparison(tmp_path, compared):
    clause = f'{{ item = "day", {compared} }}' if compared else '{ item = "day" }'
    folder = trygghet(tmp_path, ('{ item = "day", in = ["1", "2"] }', clause))
    (problem,) = found(folder, local=True)
    assert problem.code == "INSTR-010"
    assert "in, not_in, at_least eller at_most (eller båda de sista)." in problem.sv


def test_all_problems_are_told_at_once(tmp_path):
    folder = trygghet(tmp_path, ("step = 0.5", "stepp = 0.5"), ('kind = "mean"', 'kind = "medel"'))
    assert len(found(folder, local=True)) == 2

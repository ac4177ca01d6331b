"""Perspectives, variants, options and items: one damage each, and what is said of it."""

import pytest
from instrument_folders import damaged, found, line_of, places, trygghet

LONG = "".join(
    f'[[item]]\nid = "q{number}"\nkind = "text"\nlabel_sv = "Fråga"\ntext = "Fråga {number}?"\n'
    for number in range(4997)
)


def said(folder, *, local=False):
    (problem,) = found(folder, local=local)
    return problem.text("sv"), problem.text("en")


def codes(folder):
    return {code for code, _ in places(folder, local=True)}


def test_option_code_twice_is_told_at_the_second(tmp_path):
    folder = damaged(tmp_path, "hvb_pilot_2022", ('{ code = "2", sv = "Godkänt"', '{ code = "1", sv = "Godkänt"'))
    line = line_of(folder, "Godkänt")
    assert said(folder) == (
        f"INSTR-006 hvb_pilot_2022/definition.toml, rad {line}: Koden ”1” står två gånger. "
        "Ge ett av svarsalternativen en annan kod.",
        f"INSTR-006 hvb_pilot_2022/definition.toml, rad {line}: The code '1' stands twice. "
        "Give one of the options another code.",
    )


def test_item_id_twice_names_the_line_of_the_first(tmp_path):
    folder = trygghet(tmp_path, ('id = "why_not"', 'id = "day"'))
    assert said(folder, local=True) == (
        "INSTR-006 trygghet/definition.toml, rad 54: [[item]] ”day” står redan på rad 39. "
        "Ge den här ett annat id, eller ta bort den ena.",
        "INSTR-006 trygghet/definition.toml, rad 54: [[item]] 'day' stands on line 39 already. "
        "Give this another id, or remove one.",
    )


def test_form_of_five_thousand_items_is_refused_with_one_problem(tmp_path):
    folder = trygghet(tmp_path, ("[[score]]", f"{LONG}[[score]]"))
    assert said(folder, local=True) == (
        "INSTR-023 trygghet/definition.toml, rad 39: Formuläret har 5000 frågor; ett instrument har högst 500. "
        "Dela upp det på flera.",
        "INSTR-023 trygghet/definition.toml, rad 39: The form has 5000 questions; an instrument has at most 500. "
        "Divide it into several.",
    )


def test_cells_of_a_matrix_count_as_questions(tmp_path):
    columns = ", ".join(f'{{ id = "c{number}", sv = "K", en = "C" }}' for number in range(100))
    folder = damaged(tmp_path, "work_diary", ("columns = [\n", f"columns = [\n    {columns},\n"))
    assert "Formuläret har " in said(folder)[0]


def test_matrix_that_is_no_table_is_told_and_not_counted(tmp_path):
    folder = trygghet(tmp_path, ('kind = "text"', 'kind = "matrix"\nrows = "client"\ncolumns = 3'))
    assert codes(folder) == {"INSTR-003"}


def test_item_of_an_option_set_that_is_not_there_is_told_with_the_nearest(tmp_path):
    folder = trygghet(
        tmp_path, ('option_set = "often"\ntext = "Känner du dig trygg här på natten?"', 'option_set = "oftn"')
    )
    problem = next(one for one in found(folder, local=True) if one.code == "INSTR-007")
    assert problem.text() == (
        "INSTR-007 trygghet/definition.toml, rad 50: Svarsskalan ”oftn” finns inte. Menade du ”often”? Här finns often."
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('kind = "text"', 'kind = "single"', "INSTR-011"),
        ('kind = "text"', 'kind = "text"\noption_set = "often"', "INSTR-011"),
        ('kind = "text"', 'kind = "date"\noptions = [{ code = "1", sv = "Ja" }]', "INSTR-011"),
        ('kind = "text"', 'kind = "text"\npartial = true', "INSTR-011"),
        ('kind = "text"', 'kind = "text"\nnot_asked = "none"', "INSTR-011"),
        ('kind = "text"', 'kind = "number"', "INSTR-003"),
        ('kind = "text"', 'kind = "vas"\nmin = 0', "INSTR-003"),
        ('kind = "text"', 'kind = "number"\nmin = 10\nmax = 0', "INSTR-011"),
        ('kind = "text"', 'kind = "number"\nmin = 0\ndecimals = 12', "INSTR-011"),
        ('kind = "text"', 'kind = "number"\nmin = 0\noption_set = "often"', "INSTR-011"),
        ('kind = "text"', 'kind = "text"\ngroup = "natt"', "INSTR-007"),
        ('kind = "text"', 'kind = "text"\nperspectives = ["staff"]', "INSTR-007"),
        ('kind = "text"', 'kind = "matrix"', "INSTR-003"),
        ('sv = "Alltid" }', 'sv = "Alltid", exclusive = true }', "INSTR-011"),
        ("base = true\n", "base = true\nages = { first = 18, last = 13 }\n", "INSTR-003"),
        ('sv = "Grundform"', 'sv = "Grundform"\nperspectives = ["staff"]', "INSTR-007"),
        ('answered_by = ["client"]\nabout', 'answered_by = ["staff"]\nabout', "INSTR-007"),
        ('text = "Vad skulle göra dig tryggare?"\n', "", "INSTR-003"),
    ],
)
def test_item_that_cannot_be_is_refused(tmp_path, old, new, code):
    assert codes(trygghet(tmp_path, (old, new))) == {code}


def test_choice_without_options_is_told_what_to_add(tmp_path):
    sv, en = said(trygghet(tmp_path, ('kind = "text"', 'kind = "multiple"')), local=True)
    assert sv.endswith(
        "En fråga av slaget multiple behöver svarsalternativ. "
        'Lägg till option_set = "…" eller options = [{ code = "1", sv = "…" }].'
    )
    assert "An item of kind multiple needs options." in en


def test_base_variant_is_needed(tmp_path):
    sentences = [problem.sv for problem in found(trygghet(tmp_path, ("base = true\n", "")), local=True)]
    assert "Precis en variant är grundformen, men 0 har base = true. Skriv det i en av dem." in sentences


def test_two_base_variants_are_told_at_the_second(tmp_path):
    more = '[[variant]]\nid = "easy"\nkind = "easy_read"\nbase = true\nsv = "Lättläst"\n\n[[option_set]]'
    sv, _ = said(trygghet(tmp_path, ("[[option_set]]", more)), local=True)
    assert "rad 31: Precis en variant är grundformen, men 2 har base = true." in sv


def test_number_may_have_a_letter_beside_it_that_is_no_value(tmp_path):
    letter = 'options = [{ code = "X", sv = "Rörs inte", meaning = "not_applicable" }]'
    assert codes(trygghet(tmp_path, ('kind = "text"', f'kind = "number"\nmin = 0\n{letter}'))) == set()


def test_code_beside_a_number_cannot_be_a_number_in_reach(tmp_path):
    code = 'options = [{ code = "99", sv = "Vet inte", meaning = "dont_know" }]'
    sv, _ = said(trygghet(tmp_path, ('kind = "text"', f'kind = "number"\nmin = 0\n{code}')), local=True)
    assert "Koden ”99” är också ett tal som kan vara svaret. Välj en bokstav, som X." in sv


def test_code_beside_a_number_may_lie_outside_its_reach(tmp_path):
    code = 'options = [{ code = "99", sv = "Vet inte", meaning = "dont_know" }]'
    assert codes(trygghet(tmp_path, ('kind = "text"', f'kind = "number"\nmin = 0\nmax = 30\n{code}'))) == set()


def test_cells_of_a_matrix_are_items_in_its_place(tmp_path):
    folder = damaged(tmp_path, "work_diary", ('cell = { kind = "number", min = 0,', 'cell = { kind = "number",'))
    line = line_of(folder, 'id = "hours"') - 1
    assert places(folder) == [("INSTR-003", f"work_diary/definition.toml, rad {line}")]


def test_cell_cannot_be_a_matrix(tmp_path):
    folder = damaged(
        tmp_path, "work_diary", ('cell = { kind = "number", min = 0,', 'cell = { kind = "matrix", min = 0,')
    )
    assert "En cell kan inte själv vara en matris." in " ".join(problem.sv for problem in found(folder))

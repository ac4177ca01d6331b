"""A municipality's folder on top of the standard: what it may add, and what each broken rule says."""

from datetime import date

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.lib.errors import UserError
from skillnad.lib.plain_json import plain

SHELTER = """
[[value]]
variable = "intervention_type"
code = "skyddat-boende"
sv = "Skyddat boende"
"""
OLD = """
[[variable]]
id = "old_type"
kind = "single"
entity = "intervention"
step = "decide"
sv = "Insats (gamla systemet)"
values = [
    { code = "HVB", sv = "HVB" },
    { code = "FH", sv = "Familjehem" },
]
maps_to = "intervention_type"
mapping = { HVB = "12", FH = ["10"] }
"""


@pytest.fixture
def folder(tmp_path):
    def write(text, name="lokalt.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(folder):
    """(code, where) of each problem."""
    with pytest.raises(UserError) as caught:
        load_codebook(folder)
    return [(problem.code, problem.where.split("/")[-1]) for problem in caught.value.problems]


def test_local_value_joins_the_standards(folder):
    variable = load_codebook(folder(SHELTER))["12"]
    assert variable.codes[-1] == "skyddat-boende"
    assert len(variable.values) == 36
    assert variable.value("skyddat-boende").local
    assert not variable.value("1").local


def test_local_policy_is_no_part_of_the_codebook(folder):
    folder("threshold = 7", "skydd.toml")
    assert load_codebook(folder(SHELTER))["12"].codes[-1] == "skyddat-boende"


def test_local_folder_of_a_policy_alone_is_the_standard(folder):
    assert list(load_codebook(folder("threshold = 7", "skydd.toml")).variables) == list(load_codebook().variables)


def test_local_value_borrows_its_swedish_label_where_it_has_no_english(folder):
    assert load_codebook(folder(SHELTER))["12"].value("skyddat-boende").en == "Skyddat boende"


def test_local_variable_comes_after_the_20_with_its_mapping(folder):
    codebook = load_codebook(folder(OLD))
    assert list(codebook.variables)[-1] == "old_type"
    assert codebook["old_type"].mapping == {"HVB": ("12",), "FH": ("10",)}
    assert codebook["old_type"].local
    assert codebook["old_type"].used


def test_local_mapping_leaves_the_standard_as_it_was(folder):
    assert load_codebook(folder(OLD))["intervention_type"] == load_codebook()["intervention_type"]


def test_local_mapping_may_point_at_a_local_value(folder):
    text = SHELTER + OLD.replace('FH = ["10"]', 'FH = ["10", "skyddat-boende"]').replace('"single"', '"multiple"')
    assert load_codebook(folder(text))["old_type"].mapping["FH"] == ("10", "skyddat-boende")


@pytest.mark.parametrize("text", ['not_used = ["origin", 15]', 'not_used = ["15", "6"]'])
def test_local_not_used_names_what_is_off(folder, text):
    codebook = load_codebook(folder(text))
    assert [variable.number for variable in codebook.standard if not variable.used] == [6, 15]


def test_local_use_names_all_that_is_on_of_the_standard(folder):
    codebook = load_codebook(folder('use = ["problem", 12]\n' + OLD))
    assert [variable.id for variable in codebook.used] == ["problem", "intervention_type", "old_type"]


def test_local_also_use_turns_stated_gender_on(folder):
    codebook = load_codebook(folder('also_use = ["stated_gender"]'))
    assert codebook["stated_gender"].used
    assert len(codebook.used) == 21


def test_local_age_bands_replace_the_standards(folder):
    text = 'age_band = [{ code = "barn", first = 0, last = 17 }, { code = "vuxna", first = 18 }]'
    assert [band.code for band in load_codebook(folder(text)).age_bands] == ["barn", "vuxna"]


def test_local_version_and_digest_name_the_content(folder):
    plain = load_codebook()
    local = load_codebook(folder('version = "kommun-3"\n' + SHELTER))
    assert local.version == f"{plain.version}+kommun-3"
    assert local.digest != plain.digest
    assert len(local.digest) == 64


def test_digest_does_not_depend_on_layout(folder):
    first = load_codebook(folder(SHELTER)).digest
    second = load_codebook(folder("# a comment\n\n" + SHELTER.replace("\n", "\r\n"))).digest
    assert first == second


def test_digest_depends_on_a_label(folder):
    first = load_codebook(folder(SHELTER)).digest
    assert load_codebook(folder(SHELTER.replace("Skyddat b", "Skyddade b"))).digest != first


def test_digest_has_sets_in_one_order():
    codes = [str(number) for number in range(50)]
    assert plain(frozenset(codes)) == sorted(codes)


def test_a_value_may_be_valid_for_a_single_day(folder):
    text = SHELTER + "valid_from = 2025-07-01\nvalid_to = 2025-07-01\n"
    assert load_codebook(folder(text))["12"].value("skyddat-boende").valid_to == date(2025, 7, 1)


def test_several_files_are_one_folder(folder):
    folder(SHELTER, "a.toml")
    codebook = load_codebook(folder(OLD, "b.toml"))
    assert "old_type" in codebook
    assert len(codebook["12"].values) == 36


def test_shared_set_follows_the_other_variable(folder):
    text = OLD.split("values")[0] + 'same_values_as = "closing_reason"'
    codebook = load_codebook(folder(text))
    assert codebook["old_type"].values == codebook["closing_reason"].values


VARIABLE = OLD.split("values")[0].replace('"single"', '"date"')
BANDS = 'age_band = [\n{ code = "a", first = 0, last = 17 },\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('a = "b\n', "CODE-004", 1),
        ("[[variable]]\nid = \n", "CODE-004", 2),
        ('[[variabel]]\nid = "x"\n', "CODE-005", 1),
        (VARIABLE + 'exclusiv = ["1"]\n', "CODE-005", 8),
        ('[[provision]]\ntext = "1 §"\n', "CODE-005", 1),
        ("version = 3\n", "CODE-006", 1),
        (VARIABLE + 'valid_from = "2025-01-01"\n', "CODE-006", 8),
        ("variable = 3\n", "CODE-006", 1),
        ("variable = [3]\n", "CODE-006", 1),
        (OLD.replace('"12"', "12"), "CODE-006", 13),
        (SHELTER.replace('sv = "Skyddat boende"', ""), "CODE-007", 2),
        (SHELTER.replace("Skyddat boende", " "), "CODE-007", 5),
        (SHELTER.replace('code = "skyddat-boende"', ""), "CODE-007", 2),
        (OLD.replace('kind = "single"\n', "", 1).replace("single", ""), "CODE-007", 2),
        (OLD.replace('"single"', '"singel"'), "CODE-008", 4),
        (OLD.replace('"intervention"', '"insats"'), "CODE-008", 5),
        (OLD.replace('"decide"', '"decided"'), "CODE-008", 6),
        (SHELTER + 'meaning = "vet ej"', "CODE-008", 6),
        (OLD.replace("old_type", "Old type"), "CODE-009", 3),
        (SHELTER.replace("skyddat-boende", "skyddat;boende"), "CODE-009", 4),
        (OLD + OLD, "CODE-010", 16),
        (OLD.replace("old_type", "unit"), "CODE-010", 3),
        (VARIABLE + "number = 21\n", "CODE-011", 8),
        (OLD.replace('code = "FH"', 'code = "HVB"'), "CODE-012", 10),
        (SHELTER.replace("skyddat-boende", "12"), "CODE-013", 4),
        (SHELTER + SHELTER, "CODE-013", 9),
        (OLD + 'exclusive = ["X"]\n', "CODE-014", 14),
        (OLD + 'order = ["HVB", "X"]\n', "CODE-014", 14),
        (SHELTER + "valid_from = 2025-07-01\nvalid_to = 2025-06-30\n", "CODE-015", 7),
        (
            OLD.replace("[\n", "[\n    { code = 'x', sv = 'x', valid_from = 2025-01-02, valid_to = 2025-01-01 },\n", 1),
            "CODE-015",
            9,
        ),
        (OLD.replace('"intervention_type"', '"intervention_typ"'), "CODE-016", 12),
        (OLD.replace('"intervention_type"', '"stated_gender"'), "CODE-016", 12),
        (OLD.replace('maps_to = "intervention_type"', ""), "CODE-016", 13),
        (SHELTER.replace("intervention_type", "interventions"), "CODE-016", 3),
        (OLD.replace('"12"', '"36"'), "CODE-017", 13),
        (OLD.replace("{ HVB =", "{ HBV ="), "CODE-017", 13),
        (OLD.replace("old_type", "intervention_type"), "CODE-018", 3),
        (BANDS + '{ code = "b", first = 19 }]', "CODE-019", 3),
        (BANDS + '{ code = "b", first = 17 }]', "CODE-019", 3),
        (BANDS + '{ code = "b", first = 18, last = 99 }]', "CODE-019", 3),
        ('age_band = [{ code = "a", first = 1 }]', "CODE-019", 1),
        (BANDS + '{ code = "b", first = 18, last = 17 }, { code = "c", first = 18 }]', "CODE-019", 3),
        (BANDS + '{ code = "a", first = 18 }]', "CODE-012", 3),
        (BANDS + '{ code = "b" }]', "CODE-007", 3),
        ('use = ["problem"]\nnot_used = ["origin"]', "CODE-020", 2),
        ('not_used = [\n"problem",\n"problm"]', "CODE-020", 3),
        ("use = [21]", "CODE-020", 1),
        (VARIABLE.replace('"date"', '"single"'), "CODE-021", 4),
        (OLD.replace('"single"', '"date"', 1), "CODE-021", 8),
        (VARIABLE.replace('"date"', '"identity"'), "CODE-021", 4),
        (SHELTER.replace("intervention_type", "start_date"), "CODE-021", 3),
        (VARIABLE.replace('"date"', '"single"') + 'same_values_as = "closing_reasons"', "CODE-022", 8),
        (OLD + 'order = ["HVB", "HVB"]\n', "CODE-012", 14),
        (SHELTER.replace("intervention_type", "old_type"), "CODE-016", 3),
        (OLD.replace('"intervention"', '"case"'), "CODE-023", 12),
    ],
)
def test_broken_rule_names_its_code_and_line(folder, text, code, line):
    assert (code, f"lokalt.toml, rad {line}") in refused(folder(text))


def test_unknown_key_suggests_the_nearest(folder):
    with pytest.raises(UserError, match="Menade du ”exclusive”"):
        load_codebook(folder(VARIABLE + 'exclusiv = ["1"]\n'))


def test_every_problem_is_shown_at_once(folder):
    folder(SHELTER.replace("skyddat-boende", "12"), "a.toml")
    assert refused(folder('use = ["nothing-like-it"]', "b.toml")) == [
        ("CODE-013", "a.toml, rad 4"),
        ("CODE-020", "b.toml, rad 1"),
    ]


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(UserError) as caught:
        load_codebook(tmp_path / "nowhere")
    assert caught.value.code == "CODE-003"


def test_folder_without_files(tmp_path):
    with pytest.raises(UserError, match=r"\.toml"):
        load_codebook(tmp_path)


def test_file_that_is_not_utf8(tmp_path):
    (tmp_path / "x.toml").write_bytes('version = "1"\n# Åre'.encode("cp1252"))
    assert refused(tmp_path) == [("CODE-004", "x.toml, rad 2")]


def test_file_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "x.toml").write_bytes(SHELTER.encode("utf-8-sig"))
    assert len(load_codebook(tmp_path)["12"].values) == 36


def test_messages_exist_in_both_languages(folder):
    with pytest.raises(UserError) as caught:
        load_codebook(folder(OLD.replace('"12"', '"36"')))
    assert "ingen kod" in caught.value.text("sv")
    assert "no code" in caught.value.text("en")

"""The 20 variables against the published appendix, written down here a second time."""

from collections import Counter

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Meaning, Step

IDS = [
    "intake_date",
    "intake_reason",
    "identity_number",
    "legal_sex",
    "age",
    "origin",
    "household_type",
    "previous_contact",
    "problem",
    "decision_date",
    "start_date",
    "intervention_type",
    "follow_up_date",
    "collaboration",
    "coordinated_plan",
    "parallel_interventions",
    "goal_attainment",
    "end_date",
    "adherence_to_plan",
    "closing_reason",
]
SIZES = {2: 14, 4: 2, 6: 5, 7: 9, 8: 4, 9: 14, 12: 35, 14: 12, 15: 3, 16: 3, 17: 6, 19: 3, 20: 9}


def test_standard_has_the_20_in_order():
    standard = load_codebook().standard
    assert [variable.id for variable in standard] == IDS
    assert [variable.number for variable in standard] == list(range(1, 21))


def test_standard_value_sets_have_their_sizes_and_codes():
    coded = {variable.number: variable.codes for variable in load_codebook().standard if variable.values}
    assert {number: len(codes) for number, codes in coded.items()} == SIZES
    assert all(codes == tuple(str(code) for code in range(1, len(codes) + 1)) for codes in coded.values())


@pytest.mark.parametrize(
    ("variable", "code", "label"),
    [
        ("2", "1", "Brister i och/eller behov av omvårdnad/omsorg"),
        ("9", "8", "Riskbruk/missbruk/beroende (alkohol, droger, spel etc.)"),
        ("6", "2", "Född i Sverige, med båda föräldrarna födda utomlands"),
        ("7", "9", "Övriga hushåll med barn 18+ år"),
        ("12", "1", "§ 12 LVU-hem"),
        ("12", "11", "Försörjningsstöd (4 kap. 3 § SoL)"),
        ("12", "25", "Mellantvång (Särskild kvalificerad kontaktperson eller behandling)"),
        ("12", "35", "Övriga kommunala arbetsmarknadsinsatser"),
        ("14", "12", "Ingen samverkan har skett med annan verksamhet och behov av samverkan har inte funnits"),
        ("17", "6", "Kan inte bedöma (vid t.ex. otydliga mål eller avsaknad av genomförandeplan)"),
        ("20", "9", "Andra orsaker"),
    ],
)
def test_standard_labels_are_the_published_ones(variable, code, label):
    assert load_codebook()[variable].value(code).sv == label


def test_standard_names_variable_12_without_the_scans_double_t():
    assert load_codebook()["12"].sv == "Insatstyp"


def test_standard_steps():
    steps = Counter(variable.step for variable in load_codebook().standard)
    assert steps == {
        Step.INTAKE: 2,
        Step.INVESTIGATE: 7,
        Step.DECIDE: 2,
        Step.CARRY_OUT: 1,
        Step.FOLLOW_UP: 5,
        Step.CLOSE: 3,
    }


def test_standard_moves_two_variables_to_carrying_out_for_a_provider():
    moved = {variable.number: variable.step_when_provider for variable in load_codebook().standard}
    assert {number: step for number, step in moved.items() if step} == {10: Step.CARRY_OUT, 12: Step.CARRY_OUT}


def test_standard_problem_has_the_intake_reasons_values():
    codebook = load_codebook()
    assert codebook["problem"].values == codebook["intake_reason"].values


def test_standard_has_one_scale_and_goal_attainment_is_none():
    assert {variable.number: variable.order for variable in load_codebook().standard if variable.order} == {
        19: ("1", "2", "3")
    }


def test_standard_says_that_nobody_knows_in_three_variables():
    unknown = {
        (variable.number, value.code)
        for variable in load_codebook().standard
        for value in variable.values
        if value.meaning == Meaning.UNKNOWN
    }
    assert unknown == {(6, "5"), (8, "4"), (16, "3")}
    assert load_codebook()["17"].value("6").meaning == Meaning.FINDING


def test_standard_is_written_in_both_languages():
    for variable in load_codebook().variables.values():
        assert variable.sv
        assert variable.en
        assert variable.definition_sv
        assert variable.definition_en
        assert all(value.sv and value.en for value in variable.values)


def test_standard_keeps_stated_gender_apart_and_off():
    codebook = load_codebook()
    stated = codebook["stated_gender"]
    assert not stated.used
    assert stated.number is None
    assert stated not in codebook.used
    assert codebook["legal_sex"].codes == ("1", "2")


def test_standard_marks_what_is_sensitive():
    assert {variable.number for variable in load_codebook().standard if variable.sensitive} == {2, 3, 6, 9, 12, 14}


def test_standard_age_bands_cover_every_age_once():
    codebook = load_codebook()
    assert all(sum(age in band for band in codebook.age_bands) == 1 for age in range(130))
    assert [band.code for band in codebook.age_bands][-1] == "80+"


@pytest.mark.parametrize(
    ("age", "code"),
    [(0, "0-6"), (6, "0-6"), (7, "7-12"), (17, "13-17"), (18, "18-20"), (20, "18-20"), (21, "21-24"), (80, "80+")],
)
def test_standard_age_band_of_an_age(age, code):
    assert load_codebook().age_band(age).code == code


def test_standard_is_read_once():
    assert load_codebook() is load_codebook()

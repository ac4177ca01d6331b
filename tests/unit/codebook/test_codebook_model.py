import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import AgeBand, Entity
from skillnad.codebook.wording import ENTITIES, FORMATS, STEPS, heading, in_cell, step_text
from skillnad.lib.errors import UserError

CODEBOOK = load_codebook()


@pytest.mark.parametrize("name", ["9", "problem"])
def test_variable_is_found_by_number_and_id(name):
    assert CODEBOOK[name].id == "problem"


@pytest.mark.parametrize("name", ["0", "21", "None", "Problematik", ""])
def test_variable_that_is_not_there_is_a_user_error(name):
    with pytest.raises(UserError, match="codebook show") as caught:
        CODEBOOK[name]
    assert caught.value.code == "CODE-001"


def test_value_that_is_not_there_is_a_user_error_naming_the_codes():
    with pytest.raises(UserError, match="1, 2") as caught:
        CODEBOOK["legal_sex"].value("3")
    assert caught.value.code == "CODE-002"


def test_labels_follow_the_language():
    value = CODEBOOK["legal_sex"].value("1")
    assert (value.label(), value.label("en")) == ("Flicka/Kvinna", "Girl/woman")
    assert CODEBOOK["age"].label("en") == "Age"


@pytest.mark.parametrize(
    ("entity", "numbers"),
    [
        (Entity.CLIENT, [3, 4, 5, 6]),
        (Entity.CASE, [1, 2, 7, 8, 9]),
        (Entity.INTERVENTION, [10, 11, 12, 18, 19, 20]),
        (Entity.FOLLOW_UP, [13, 14, 15, 16, 17]),
    ],
)
def test_variables_of_an_entity(entity, numbers):
    assert [variable.number for variable in CODEBOOK.of(entity)] == numbers


@pytest.mark.parametrize(
    ("codes", "conflicting"),
    [([], set()), (["11"], set()), (["1", "2"], set()), (["1", "11"], {"11"}), (["11", "12"], {"11", "12"})],
)
def test_codes_that_allow_no_other_beside_them(codes, conflicting):
    assert CODEBOOK["collaboration"].conflicting(codes) == conflicting


def test_age_band_holds_both_its_ends():
    band = AgeBand("7-12", 7, 12)
    assert [age for age in range(20) if age in band] == [7, 8, 9, 10, 11, 12]
    assert band.label == "7–12 år"
    assert AgeBand("80+", 80, None).label == "80 år och äldre"


def test_every_word_of_the_model_has_swedish():
    assert set(STEPS) == set(type(CODEBOOK["age"].step))
    assert set(ENTITIES) == set(Entity)
    assert set(FORMATS) == set(type(CODEBOOK["age"].kind))


def test_step_text_says_where_a_provider_records_it():
    assert step_text(CODEBOOK["11"]) == "Genomföra"
    assert step_text(CODEBOOK["12"]).startswith("Besluta (Genomföra när utföraren")


def test_heading_has_the_number_where_there_is_one():
    assert heading(CODEBOOK["9"]) == "9. Problematik"
    assert heading(CODEBOOK["stated_gender"]) == "Självangivet kön"


def test_cell_text_cannot_break_a_table():
    assert in_cell("a | b\nc") == "a \\| b c"

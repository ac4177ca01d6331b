"""What the made-up clients may answer: whole, and of codes that the instruments have."""

from datetime import date

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.instruments.loading import load_instrument
from skillnad.register.demo.municipality import FIRST_DAY, LAST_DAY
from skillnad.register.demo.opinions import MOODS, load_opinions
from skillnad.register.demo.places import PROVIDERS, UNITS
from skillnad.register.demo.profiles import load_profiles

OPINIONS = load_opinions()
SIX, PAIR = load_instrument("skr6"), load_instrument("hvb_pilot_2022")
ASKED_ABOUT = {
    "change": SIX.items["b1a"],
    "importance": SIX.items["b2"],
    "satisfaction": SIX.items["b3"],
    "treatment": SIX.items["b4"],
    "influence": SIX.items["b5"],
    "support": PAIR.items["c1"],
    "judgement": PAIR.items["w1"],
}


def test_each_unit_has_its_share_that_answers() -> None:
    assert set(OPINIONS.response) == {unit.code for unit in UNITS}
    assert all(0.4 < share < 0.75 for share in OPINIONS.response.values())


def test_no_form_makes_everyone_answer() -> None:
    most = max(OPINIONS.response.values()) * max(OPINIONS.response_by_variant.values())
    assert most < 1


def test_forms_are_those_of_the_six_questions() -> None:
    assert set(OPINIONS.response_by_variant) == set(SIX.variants) - {"stockholm"}
    offered = {variant for weights in OPINIONS.variants.values() for variant in weights}
    assert offered <= set(OPINIONS.response_by_variant)
    assert set(OPINIONS.variants) - {"other"} <= set(load_profiles().groups)


def test_languages_are_those_that_the_ordinary_form_is_in() -> None:
    spoken = {language for weights in OPINIONS.languages.values() for language in weights}
    assert spoken == set(SIX.variants["adult"].languages)
    assert set(OPINIONS.languages) == set(load_codebook()["origin"].codes)


def test_there_is_a_mood_for_every_goal_attainment() -> None:
    assert set(OPINIONS.moods) == set(load_codebook()["goal_attainment"].codes)
    assert all(set(weights) == set(MOODS) for weights in OPINIONS.moods.values())


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("about", ASKED_ABOUT)
def test_every_answer_has_a_weight_for_each_option(mood: str, about: str) -> None:
    assert len(OPINIONS.said[mood][about]) == len(ASKED_ABOUT[about].options)


def test_it_is_said_to_be_better_oftenest_where_it_is() -> None:
    shares = {mood: sum(OPINIONS.said[mood]["change"][code] for code in "12") for mood in MOODS}
    assert max(shares, key=lambda mood: shares[mood]) == "better"
    assert min(shares, key=lambda mood: shares[mood]) == "worse"


def test_units_and_providers_that_differ_are_there() -> None:
    assert set(OPINIONS.good) <= {unit.code for unit in UNITS}
    assert set(OPINIONS.poor) <= {provider.code for provider in PROVIDERS}


@pytest.mark.parametrize("mood", MOODS)
def test_comments_say_that_they_are_made_up(mood: str) -> None:
    assert all(comment.startswith("Påhittad kommentar: ") for comment in OPINIONS.comments[mood])
    assert not any(character.isdigit() for comment in OPINIONS.comments[mood] for character in comment)


@pytest.mark.parametrize("since", [OPINIONS.six_since, OPINIONS.pair_since])
def test_questions_began_within_the_five_years(since: date) -> None:
    assert FIRST_DAY < since < LAST_DAY

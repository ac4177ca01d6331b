from datetime import date, timedelta

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.statutes import Provision, provision_at, provisions

BREAK = date(2025, 7, 1)


def test_provision_changes_on_the_day_of_the_new_act():
    before = provision_at("intervention_type", "11", BREAK - timedelta(days=1))
    after = provision_at("intervention_type", "11", BREAK)
    assert (before.text, after.text) == ("4 kap. 3 § SoL (2001:453)", "12 kap. 1 § SoL (2025:400)")


def test_provision_of_a_value_that_cites_no_law_is_none():
    assert provision_at("intervention_type", "10", BREAK) is None


def test_provisions_speak_of_values_that_exist():
    codebook = load_codebook()
    assert all(one.code in codebook[one.variable].codes for one in provisions())


def test_provisions_of_a_value_have_exactly_one_answer_a_day():
    for day in (date(2019, 1, 1), BREAK - timedelta(days=1), BREAK, date(2030, 1, 1)):
        assert sum(one.applies(day) for one in provisions() if one.code == "11") == 1


def test_provision_says_that_nobody_has_checked_it():
    assert all(not one.verified and one.label().endswith("(ej kontrollerat)") for one in provisions())
    assert Provision("x", "1", "1 § X", verified=True).label("en") == "1 § X"

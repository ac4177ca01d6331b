"""Where nothing that is safe was found nothing is released, and it is said what stands in the way."""

from dataclasses import replace

import pytest
from tables_from_files import tables_of

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import Pattern
from skillnad.analysis.disclosure.table_set import protecting
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.lib.errors import UserError

ROWS = "a b n / x y 30 / x z 40 / u y 50 / u z 4711"
SAFE = Pattern(frozenset(), 0)


@pytest.fixture
def found(monkeypatch):
    """What the search is made to find, by what it is asked for."""

    def found(answer):
        asked = []

        def within(told, policy, **options):
            asked.append(options)
            return answer(options)

        monkeypatch.setattr(protecting, "protect_within", within)
        return asked

    return found


def refused(**options):
    with pytest.raises(UserError) as error:
        protect(tables_of(ROWS), DEFAULT, **options)
    assert "4711" not in error.value.text("sv") + error.value.text("en")
    return error.value


@pytest.mark.parametrize("pattern", [replace(SAFE, withheld=True), replace(SAFE, unmet=(("a=x",),))])
def test_pattern_that_is_not_safe_is_not_released(found, pattern):
    found(lambda _: pattern)
    assert refused().code == "DISC-053"


def test_nothing_is_searched_twice_where_nobody_is_to_blame(found):
    asked = found(lambda _: replace(SAFE, withheld=True))
    refused()
    assert len(asked) == 1


def test_search_is_given_its_time_and_seed(found):
    asked = found(lambda _: SAFE)
    protect(tables_of(ROWS), DEFAULT, seconds=3.0, seed=8)
    assert (asked[0]["seconds"], asked[0]["seed"]) == (3.0, 8)


def test_the_forced_cell_that_is_in_the_way_is_named(found):
    found(lambda options: replace(SAFE, withheld=("a=u",) in options["forced"]))
    error = refused(forced=[{"a": "x"}, {"a": "u"}])
    assert (error.code, error.problems[0].where) == ("DISC-051", "--force a=u")


def test_forced_cells_that_are_only_together_in_the_way_are_told_of(found):
    found(lambda options: replace(SAFE, withheld=len(options["forced"]) > 1))
    assert refused(forced=[{"a": "x"}, {"a": "u"}]).code == "DISC-051"


def test_the_release_that_is_in_the_way_is_named(found):
    before = protect(tables_of(ROWS), DEFAULT)
    other = protect(tables_of("a n / x 70 / u 4761"), DEFAULT)
    other = replace(other, tables=(replace(other.tables[0], name="other.csv"),))
    found(lambda options: replace(SAFE, withheld=("a=x", "b=y") in options["kept"]))
    assert refused(against=[other, before]).problems[0].where == "--against, t0.csv"


def test_pattern_that_hides_what_was_shown_is_not_released(found):
    before = protect(tables_of(ROWS), DEFAULT)
    found(lambda options: replace(SAFE, hidden=frozenset([("a=x",)]) & options["kept"]))
    assert refused(against=[before]).code == "DISC-056"


def test_every_refusal_says_what_can_be_done(found):
    found(lambda _: replace(SAFE, withheld=True))
    assert "slå ihop små grupper" in refused().text("sv")
    assert "join small groups" in refused().text("en")

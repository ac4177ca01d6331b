"""Municipalities compared by what each may show."""

from dataclasses import replace

import pytest
from snapshots_made import make_snapshot

import skillnad
from skillnad.analysis.asking import ask_municipalities
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.differences import share_difference
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.questions import Duration, Selection, Share, Where
from skillnad.lib.errors import UserError

QUESTION = Comparison(Share(Where("legal_sex", ("2",)), Selection(), ("municipality",)))


def _municipality(folder, name, women, men, codebook="1"):
    rows = [{"client": number, "legal_sex": "2" if number < women else "1"} for number in range(women + men)]
    made = make_snapshot(folder / name, interventions=rows)
    return replace(made, manifest=replace(made.manifest, municipality=name, codebook_version=codebook))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    return [_municipality(folder, *told) for told in (("Ale", 60, 40), ("Bro", 30, 70), ("Dal", 50, 50))]


def test_shares_are_each_municipalitys_own(three):
    table = ask_municipalities(three, QUESTION)
    assert [table.value("share", name) for name in ("Ale", "Bro", "Dal", "*")] == [0.6, 0.3, 0.5, 140 / 300]


def test_each_is_compared_with_all_the_others(three):
    table = ask_municipalities(three, QUESTION)
    expected = share_difference(Counted(60, 100), Counted(80, 200))
    assert table.value("difference", "Ale") == pytest.approx(expected.value)
    assert table.value("difference_low", "Ale") == pytest.approx(expected.interval.low)


def test_one_can_be_what_the_others_are_compared_with(three):
    table = ask_municipalities(three, replace(QUESTION, against="Dal"))
    assert table.value("difference", "Bro") == pytest.approx(-0.2)
    assert ("Dal",) not in table.cells["difference"]


def test_what_one_hides_is_hidden_and_so_is_the_sum(three, tmp_path):
    few = _municipality(tmp_path, "Ek", 2, 98)
    table = ask_municipalities([*three, few], QUESTION)
    assert table.value("part", "Ek") is None
    assert table.value("part") is None
    assert table.value("difference", "Ek") is None
    assert table.value("share", "Ale") == 0.6


def test_no_more_is_shown_than_each_shows_of_itself(three):
    table = ask_municipalities(three, QUESTION)
    for made in three:
        own = ask(made, replace(QUESTION.of, by=()))
        assert table.value("part", made.manifest.municipality) == own.value("count", "yes")


def test_provenance_names_every_snapshot(three):
    told = ask_municipalities(three, QUESTION).provenance
    assert told.snapshot.split("+") == [made.id for made in three]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (replace(QUESTION, of=replace(QUESTION.of, by=("unit",))), "ASK-060"),
        (replace(QUESTION, adjusted_for=("age_group",)), "ASK-060"),
        (Comparison(Duration("start_date", "end_date", by=("municipality",))), "ASK-060"),
    ],
)
def test_what_cannot_be_compared_is_refused(three, question, code):
    with pytest.raises(UserError) as refused:
        ask_municipalities(three, question)
    assert refused.value.code == code


def test_municipalities_are_compared_from_a_notebook(three):
    assert skillnad.ask_municipalities(three, QUESTION).value("share", "Ale") == 0.6


def test_one_municipality_alone_is_refused(three):
    with pytest.raises(UserError, match="ASK-061"):
        ask_municipalities(three[:1], QUESTION)


def test_municipality_is_not_compared_with_itself(three):
    with pytest.raises(UserError, match="ASK-062"):
        ask_municipalities([three[0], three[0]], QUESTION)


def test_snapshots_of_different_codebooks_are_not_compared(three, tmp_path):
    with pytest.raises(UserError, match="ASK-063"):
        ask_municipalities([three[0], _municipality(tmp_path, "Fors", 30, 30, codebook="2")], QUESTION)

"""Answers with noise through the door: the same each time, and never beside answers with gaps."""

import random
from datetime import date, timedelta

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.door import ask, ask_with_noise
from skillnad.analysis.questions import Count, CrossTable, Duration, Selection, Share, Where
from skillnad.analysis.results import TOTAL
from skillnad.lib.errors import UserError

NOISE = Policy(way=Way.CELL_KEYS)
SECRET = b"0123456789abcdef"
OF = Where("rating", ("3",))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rng = random.Random(4)
    rows = [
        {
            "client": number // 2,
            "unit": rng.choice("AAAABBBC"),
            "legal_sex": rng.choice("12"),
            "rating": rng.choice("123"),
            "start_date": date(2025, 1, 1) + timedelta(days=rng.randrange(300)),
            "end_date": date(2025, 12, 1),
        }
        for number in range(200)
    ]
    return make_snapshot(tmp_path_factory.mktemp("noise"), interventions=rows)


def noisy(snapshot, question, secret: bytes = SECRET):
    return ask_with_noise(snapshot, question, NOISE, secret)


def test_answer_with_noise_has_no_gaps_and_nothing_small(snapshot):
    table = noisy(snapshot, CrossTable("unit", "legal_sex"))
    assert table.gaps == 0
    assert not any(0 < count < 5 for count in table.cells["count"].values())


def test_numbers_are_near_the_true_ones_and_not_the_same(snapshot):
    true = ask(snapshot, Count(by=("legal_sex",))).cells["count"]
    shown = noisy(snapshot, Count(by=("legal_sex",))).cells["count"]
    assert max(abs(shown[key] - true[key]) for key in true) <= 10
    assert shown != true


def test_same_people_are_the_same_number_whatever_the_question(snapshot):
    unit = noisy(snapshot, Count(Selection(where=(Where("unit", ("B",)),)))).value("count")
    assert noisy(snapshot, Count(by=("legal_sex", "unit"))).value("count", TOTAL, "B") == unit
    assert noisy(snapshot, Share(OF, by=("unit",))).value("count", TOTAL, "B") == unit


def test_another_secret_gives_other_noise(snapshot):
    question = CrossTable("unit", "legal_sex")
    assert noisy(snapshot, question).cells != noisy(snapshot, question, SECRET[::-1]).cells


@pytest.mark.parametrize("question", [Duration("start_date", "end_date"), Count])
def test_what_noise_will_not_do_for_is_refused(snapshot, question):
    with pytest.raises(UserError, match="DISC-079"):
        noisy(snapshot, question)


@pytest.mark.parametrize("way", [Way.CELL_KEYS, Way.ROUND])
def test_answer_with_gaps_is_refused_by_a_policy_of_another_way(snapshot, way):
    with pytest.raises(UserError, match="DISC-076"):
        ask(snapshot, Count(by=("unit",)), Policy(way=way))


def test_noise_is_refused_by_a_policy_of_gaps(snapshot):
    with pytest.raises(TypeError, match="cell keys"):
        ask_with_noise(snapshot, Count(), Policy(), SECRET)


def test_no_secret_is_refused(snapshot):
    with pytest.raises(UserError, match="DISC-075"):
        noisy(snapshot, Count(), b"short")

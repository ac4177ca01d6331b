"""Chance that repeats itself."""

from collections import Counter
from datetime import date

from skillnad.register.demo.dice import Dice


def draws(dice: Dice) -> list[int]:
    return [dice.between(1, 1000) for _ in range(20)]


def test_dice_of_the_same_seed_and_name_agree() -> None:
    assert draws(Dice(7, "client 1")) == draws(Dice(7, "client 1"))


def test_dice_of_another_name_differ() -> None:
    assert draws(Dice(7, "client 1")) != draws(Dice(7, "client 2"))


def test_dice_of_another_seed_differ() -> None:
    assert draws(Dice(7, "client 1")) != draws(Dice(8, "client 1"))


def test_dice_give_the_same_numbers_on_every_machine() -> None:
    assert Dice(1, "fixed").between(0, 1_000_000) == 694327


def test_pick_follows_the_weights() -> None:
    dice = Dice(1, "weights")
    found = Counter(dice.pick({"often": 9, "seldom": 1}) for _ in range(2000))
    assert 1700 < found["often"] < 1900


def test_pick_never_takes_what_weighs_nothing() -> None:
    dice = Dice(1, "nothing")
    assert {dice.pick({"a": 1, "b": 0}) for _ in range(200)} == {"a"}


def test_chance_zero_never_and_one_always() -> None:
    dice = Dice(1, "ends")
    assert not any(dice.chance(0) for _ in range(100))
    assert all(dice.chance(1) for _ in range(100))


def test_days_have_their_median_and_a_long_tail() -> None:
    dice = Dice(1, "days")
    found = sorted(dice.days(100, 0.5) for _ in range(2001))
    assert 93 < found[1000] < 107
    assert sum(found) / len(found) > found[1000] * 1.05


def test_day_lies_within_both_ends() -> None:
    dice = Dice(1, "day")
    first, last = date(2025, 1, 1), date(2025, 1, 3)
    assert {dice.day(first, last) for _ in range(100)} == {date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3)}

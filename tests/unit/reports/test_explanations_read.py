"""What is written of differences, sorted by the difference and the period that it is of."""

from datetime import date

from skillnad.reports.explanations import Difference, Explanations, Written, of_which_figures, signature

GOALS = Difference("mal.legal_sex.1", "Alla mål uppnådda", "mal-legal-sex-1", "7 procentenheter lägre")
NOW, THEN = (Written("Text.", "Anna", date(2026, 2, 1), period, "5 lägre") for period in ("2025", "2024"))


def test_what_is_written_of_the_period_stands_apart_from_other_periods():
    explained = Explanations({GOALS.key: (NOW, THEN)}).of(GOALS, "2025")
    assert (explained.of, explained.written, explained.earlier) == (GOALS, (NOW,), (THEN,))


def test_difference_that_nobody_has_explained_has_nothing_written():
    explained = Explanations({"another": (NOW,)}).of(GOALS, "2025")
    assert (explained.written, explained.earlier) == ((), ())


def test_only_the_periods_own_is_told_of_what_is_no_longer_shown():
    told = Explanations({"gone": (NOW, THEN), "shown": (NOW,)})
    assert told.of_others({"shown"}, "2024") == (THEN,)
    assert told.of_others({"shown", "gone"}, "2025") == ()


def test_who_wrote_it_and_of_which_figures_stand_below():
    assert signature(NOW) == "Anna, 2026-02-01"
    assert of_which_figures(THEN) == "Skrivet om 2024: 5 lägre"

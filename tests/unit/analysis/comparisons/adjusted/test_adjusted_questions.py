"""What cannot be adjusted is refused, with what would do; through the door, as an analyst asks."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Adjusted, Comparison, Weight
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Duration, Share, Where
from skillnad.lib.errors import UserError

RATED = Share(Where("rating", ("3",)), by=("unit",))
TIME = Duration("start_date", "end_date", by=("unit",))
SEXES = (Weight(("1",), 500), Weight(("2",), 480.5))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [
        {"unit": "AB"[n % 2], "rating": "13"[n % 3 > 0], "legal_sex": "12"[n % 4 > 1], "problem": "1;2"}
        | {"age_group": ("13", "21")[n % 5 > 2], "start_date": "2023-12-01", "end_date": "2024-02-01"}
        for n in range(120)
    ]
    return make_snapshot(tmp_path_factory.mktemp("asked"), interventions=rows)


def codes(snapshot, question: Comparison) -> set[str]:
    with pytest.raises(UserError) as refused:
        ask(snapshot, question, engine="in_memory")
    return {problem.code for problem in refused.value.problems}


def standard(*weights: Weight, of: Share = RATED, columns: tuple[str, ...] = ("legal_sex",)) -> Comparison:
    return Comparison(of, adjusted_for=columns, way=Adjusted.STANDARD, standard=weights)


@pytest.mark.parametrize("column", ["unit", "rating", "start_date", "no_such"])
def test_background_is_a_coded_column_that_is_not_in_the_question(snapshot, column):
    assert codes(snapshot, Comparison(RATED, adjusted_for=(column,))) == {"ASK-041"}


def test_background_is_named_once(snapshot):
    assert codes(snapshot, Comparison(RATED, adjusted_for=("legal_sex", "legal_sex"))) == {"ASK-041"}


def test_time_is_adjusted_by_the_model_alone(snapshot):
    question = Comparison(TIME, adjusted_for=("legal_sex",), way=Adjusted.STANDARD)
    assert codes(snapshot, question) == {"ASK-040"}


def test_groups_that_overlap_are_not_adjusted(snapshot):
    by_problem = Share(Where("rating", ("3",)), by=("problem",))
    assert codes(snapshot, Comparison(by_problem, adjusted_for=("legal_sex",))) == {"ASK-042"}


def test_several_values_are_for_the_model_alone(snapshot):
    assert codes(snapshot, standard(columns=("problem",))) == {"ASK-043"}
    assert ask(snapshot, Comparison(RATED, adjusted_for=("problem",)), engine="in_memory")


@pytest.mark.parametrize(
    "weights",
    [
        (Weight(("1", "2"), 500),),
        (Weight((), 500),),
        (Weight(("9",), 500),),
        (Weight(("1",), 500), Weight(("1",), 400)),
        (Weight(("1",), -1), Weight(("2",), 400)),
        (Weight(("1",), 0), Weight(("2",), 0)),
    ],
    ids=["too many codes", "no codes", "no such code", "twice", "negative", "nobody"],
)
def test_weights_that_are_no_standard_population_are_refused(snapshot, weights):
    assert codes(snapshot, standard(*weights)) == {"ASK-044"}


def test_weights_of_the_strata_asked_for_will_do(snapshot):
    assert ask(snapshot, standard(*SEXES), engine="in_memory").value("adjusted", "A") is not None


def test_weights_belong_to_standardisation(snapshot):
    assert codes(snapshot, Comparison(RATED, adjusted_for=("legal_sex",), standard=SEXES)) == {"ASK-044"}


@pytest.mark.parametrize("weights", [SEXES, ()], ids=["weights", "no weights"])
def test_standardising_for_nothing_is_refused(snapshot, weights):
    assert codes(snapshot, standard(*weights, columns=())) == {"ASK-045"}

"""SDQ against a second source: the published scoring rules, written out once more without the instrument's data.

Each scale is the mean of its answered items times five, rounded half up, where at least three of five are answered
(`ifelse(missing < 3, floor(0.5 + 5 * mean), NA)` in the published syntax). Items 7, 11, 14, 21 and 25 count from the
other end. Impact is 0, 0, 1, 2 of each part's four answers; no difficulties are no impact.
"""

import random
from math import floor

import numpy as np
import pytest

from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.columns import column_of, refused
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.scoring import bands, score
from skillnad.instruments.vectors import NO_BAND, band_columns, score_columns

SCALES = {
    "emotion": (3, 8, 13, 16, 24),
    "conduct": (5, 7, 12, 18, 22),
    "hyper": (2, 10, 15, 21, 25),
    "peer": (6, 11, 14, 19, 23),
    "prosocial": (1, 4, 9, 17, 20),
}
REVERSED = (7, 11, 14, 21, 25)
TOTAL = ("emotion", "conduct", "hyper", "peer")
PARTS = ("distress", "home", "friends", "learning", "leisure")
TEACHER_PARTS = ("distress", "friends", "learning")
RATED = ("total", "emotion", "conduct", "hyper", "peer")
FOUR = {
    "parent": ((14, 17, 20), (4, 5, 7), (3, 4, 6), (6, 8, 9), (3, 4, 5), (6, 7, 8)),
    "teacher": ((12, 16, 19), (4, 5, 6), (3, 4, 5), (6, 8, 9), (3, 5, 6), (4, 5, 6)),
    "self": ((15, 18, 20), (5, 6, 7), (4, 5, 6), (6, 7, 8), (3, 4, 5), (5, 6, 7)),
}
"""Where the second, third and fourth band of each scale begin; of prosocial, which is last, more is better."""
THREE = {
    "parent": ((14, 17), (4, 5), (3, 4), (6, 7), (3, 4), (5, 6)),
    "teacher": ((12, 16), (5, 6), (3, 4), (6, 7), (4, 5), (5, 6)),
    "self": ((16, 20), (6, 7), (4, 5), (6, 7), (4, 6), (5, 6)),
}
CODES = {"four": ("close", "raised", "high", "very_high"), "three": ("normal", "borderline", "abnormal")}


def scale(name, answers):
    given = [answers.get(f"sdq{n}") for n in SCALES[name]]
    points = [
        2 - int(answer) if n in REVERSED else int(answer)
        for n, answer in zip(SCALES[name], given, strict=True)
        if answer is not None
    ]
    return floor(0.5 + 5 * sum(points) / len(points)) if len(points) >= 3 else None


def together(*parts):
    return None if None in parts else sum(parts)


def impact(answers, parts):
    if answers.get("difficulties") in (None, "0"):
        return None if answers.get("difficulties") is None else 0
    points = [max(0, int(answers[f"impact_{part}"]) - 1) for part in parts if f"impact_{part}" in answers]
    return sum(points) if points else None


def reference(answers, perspective):
    scales = {name: scale(name, answers) for name in SCALES}
    return {
        **scales,
        "total": together(*(scales[name] for name in TOTAL)),
        "externalising": together(scales["conduct"], scales["hyper"]),
        "internalising": together(scales["emotion"], scales["peer"]),
        **(
            {"impact_teacher": impact(answers, TEACHER_PARTS)}
            if perspective == "teacher"
            else {"impact": impact(answers, PARTS)}
        ),
    }


def random_answers(chance, perspective):
    missing = chance.choice([0, 0.1, 0.5])
    answers = {f"sdq{n}": chance.choice("012") for n in range(1, 26) if chance.random() >= missing}
    if chance.random() < 0.8:
        answers["difficulties"] = chance.choice("0123")
    if answers.get("difficulties", "0") != "0":
        parts = TEACHER_PARTS if perspective == "teacher" else PARTS
        answers |= {f"impact_{part}": chance.choice("0123") for part in parts if chance.random() < 0.7}
    return answers


@pytest.fixture(scope="module", params=["parent", "teacher", "self"])
def drawn(request):
    """700 sheets of a perspective."""
    chance = random.Random(request.param)
    return request.param, [random_answers(chance, request.param) for _ in range(700)]


def test_every_score_is_the_published_one(drawn):
    perspective, every = drawn
    sdq = load_instrument("sdq")
    for answers in every:
        sheet = AnswerSheet(sdq.id, sdq.version, perspective, answers)
        assert check_answers(sdq, sheet) == ()
        assert {name: result.value for name, result in score(sdq, sheet).items()} == reference(answers, perspective)


def cuts(perspective):
    """The cut-offs of each band set, by its id."""
    names = (*RATED, "prosocial")
    impact_name = "impact_teacher" if perspective == "teacher" else "impact"
    found = {f"four_{perspective}_{impact_name}": (impact_name, (1, 2, 3))}
    for kind, table in (("four", FOUR), ("three", THREE)):
        found |= {f"{kind}_{perspective}_{n}": (n, c) for n, c in zip(names, table[perspective], strict=True)}
    return found


def test_every_score_is_banded_where_the_published_cut_offs_stand(drawn):
    perspective, every = drawn
    sdq = load_instrument("sdq")
    for answers in every[:300]:
        sheet = AnswerSheet(sdq.id, sdq.version, perspective, answers)
        found = {name: band.code for name, band in bands(sdq, sheet, score(sdq, sheet)).items()}
        values = reference(answers, perspective)
        expected = {}
        for name, (scale_name, starts) in cuts(perspective).items():
            if (value := values[scale_name]) is not None:
                codes = CODES[name.split("_")[0]]
                place = sum(value >= start for start in starts)
                expected[name] = (codes[::-1] if scale_name == "prosocial" else codes)[place]
        assert found == expected


def test_columns_give_the_published_scores_too(drawn):
    perspective, every = drawn
    sdq = load_instrument("sdq")
    columns = {name: column_of(item, [answers.get(name) for answers in every]) for name, item in sdq.items.items()}
    assert not refused(sdq, perspective, columns).any()
    found = score_columns(sdq, perspective, columns)
    numbers = {name: column.values for name, column in found.items()}
    for row, answers in enumerate(every):
        values = {name: column[row] for name, column in numbers.items()}
        expected = {n: np.nan if v is None else v for n, v in reference(answers, perspective).items()}
        assert values == pytest.approx(expected, nan_ok=True)
    total = band_columns(sdq, perspective, found)[f"four_{perspective}_total"]
    assert ((total == NO_BAND) == ~found["total"].known).all()

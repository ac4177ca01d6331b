"""`answers.toml` as frozen data: who answers in the made-up municipality, in which form, and what."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from skillnad.register.demo.profiles import Weights

MOODS = ("better", "same", "worse", "unsure")
"""How it has gone for whom is asked, which all answers of one follow-up go with."""


@dataclass(frozen=True)
class Opinions:
    """`said` has for each mood the weights of an answer's codes, by what is asked about; `good` and `poor` are how much
    oftener the two best answers are chosen in a unit, and the two worst judgements made of a provider."""

    six_since: date
    pair_since: date
    response: Weights
    response_by_variant: Weights
    variants: Mapping[str, Weights]
    languages: Mapping[str, Weights]
    moods: Mapping[str, Weights]
    said: Mapping[str, Mapping[str, Weights]]
    good: Weights
    poor: Weights
    comments: Mapping[str, Sequence[str]]


@cache
def load_opinions() -> Opinions:
    text = files("skillnad.register.demo").joinpath("answers.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    beside = {name: data[name] for name in ("judgement", "support")}
    said = {
        mood: {
            **{what: _by_code(weights) for what, weights in data[mood].items()},
            **{what: _by_code(of_mood[mood]) for what, of_mood in beside.items()},
        }
        for mood in MOODS
    }
    plain = ("response", "response_by_variant", "variants", "languages", "moods", "good", "poor", "comments")
    since = {name: data[name] for name in ("six_since", "pair_since")}
    return Opinions(said=said, **since, **{name: data[name] for name in plain})


def _by_code(weights: Sequence[float]) -> Weights:
    return {str(code): weight for code, weight in enumerate(weights, start=1)}

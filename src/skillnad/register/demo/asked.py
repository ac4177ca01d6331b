"""Whom the made-up municipality asks at a follow-up, in which form, and what they answer.

The six questions (skr6) are put at every follow-up; at those in a home for care or residence the pair about the
provider (hvb_pilot_2022) too. Who is asked and does not answer has a sheet without answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from skillnad.codebook.periods import age_at
from skillnad.register.demo.courses import DIED
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import LAST_DAY, Case, Client, FollowUp, Intervention
from skillnad.register.demo.opinions import Opinions
from skillnad.register.demo.profiles import Weights

CLIENT, GUARDIAN, CASEWORKER = "client", "guardian", "caseworker"
OWN_VOICE, YOUNG, GROWN = 7, 13, 18
"""Ages from which one is asked oneself, in the form for young people, and in that for the grown."""
BLANK = 0.03
"""Share of questions that are skipped by someone who answers the others."""
COMMENTED = 0.35
CANNOT_JUDGE = {"5": "9"}
"""The caseworker's last code has another number than its place."""
WORKERS = {"lifecare": "social_worker", "procapita": "social_worker", "omsorg": "needs_assessor"}
_ASKED_ABOUT = {"b3": "satisfaction", "b4": "treatment", "b5": "influence"}


@dataclass(frozen=True)
class Occasion:
    """A follow-up with what it is of; `nth` of its intervention, from 0."""

    client: Client
    case: Case
    intervention: Intervention
    follow_up: FollowUp
    nth: int

    @property
    def age(self) -> int | None:
        born = self.client.birth_date
        return age_at(born, self.follow_up.day) if born else None

    @property
    def too_late(self) -> bool:
        """What is written when the client has died asks nobody."""
        return self.intervention.closing_reason == DIED and self.follow_up.day == self.intervention.end_date


@dataclass(frozen=True)
class Filled:
    """One sheet, filled in or not, as a file has it."""

    day: date
    perspective: str
    variant: str
    language: str
    answers: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)


def six_questions(dice: Dice, opinions: Opinions, occasion: Occasion) -> Iterator[Filled]:
    """The client's sheet from the age of seven, and the guardian's until thirteen."""
    age = occasion.age
    if age is None or occasion.too_late or occasion.follow_up.day < opinions.six_since:
        return
    mood = dice.pick(opinions.moods[occasion.follow_up.goal_attainment])
    if age >= OWN_VOICE:
        variant = _variant(dice, opinions, occasion, age)
        language = dice.pick(opinions.languages[occasion.client.origin]) if variant == "adult" else "sv"
        yield _six(dice, opinions, occasion, mood, (CLIENT, variant, language))
    if age < YOUNG:
        yield _six(dice, opinions, occasion, mood, (GUARDIAN, "guardian", "sv"))


def provider_pair(dice: Dice, opinions: Opinions, occasion: Occasion) -> Iterator[Filled]:
    """The client's answers, which are voluntary, and the caseworker's judgement, which is not."""
    follow_up, provider = occasion.follow_up, occasion.intervention.provider
    if not provider.startswith("HVB") or follow_up.day < opinions.pair_since:
        return
    mood = dice.pick(opinions.moods[follow_up.goal_attainment])
    said = opinions.said[mood]
    if (occasion.age or 0) >= YOUNG and not occasion.too_late:
        answered = dice.chance(_response(opinions, occasion, "adult"))
        answers = _of_provider(dice, said, opinions.comments[mood]) if answered else {}
        yield Filled(_some_day(dice, follow_up.day), CLIENT, "adult", "sv", answers)
    judgement = _tilted(said["judgement"], ("3", "4"), opinions.poor.get(provider, 1.0))
    found = {name: dice.pick(judgement) for name in ("w1", "w2", "w3", "w4")}
    judged = {name: CANNOT_JUDGE.get(code, code) for name, code in found.items()}
    yield Filled(follow_up.day, CASEWORKER, "adult", "sv", judged, {"plan": "order"})


def _of_provider(dice: Dice, said: Mapping[str, Weights], comments: Sequence[str]) -> dict[str, str]:
    support = {name: dice.pick(said["support"]) for name in ("c1", "c2")}
    comment = {"c4": dice.one_of(comments)} if dice.chance(COMMENTED) else {}
    return {**support, "c3": dice.pick(said["change"]), **comment}


def _variant(dice: Dice, opinions: Opinions, occasion: Occasion, age: int) -> str:
    if age < GROWN:
        return "young" if age >= YOUNG else "child"
    variant = dice.pick(opinions.variants.get(occasion.case.group, opinions.variants["other"]))
    return "adult" if variant == "telephone" and occasion.client.protected else variant


def _six(dice: Dice, opinions: Opinions, occasion: Occasion, mood: str, who: tuple[str, str, str]) -> Filled:
    perspective, variant, language = who
    slots = {
        "topic": "situation",
        "intervention": "support",
        "since": "previous" if occasion.nth else "start",
        "worker": WORKERS[occasion.case.system],
    }
    answers = {}
    if dice.chance(_response(opinions, occasion, variant)):
        answers = _six_answers(dice, opinions.said[mood], opinions.good.get(occasion.case.unit, 1.0))
    return Filled(_some_day(dice, occasion.follow_up.day), perspective, variant, language, answers, slots)


def _six_answers(dice: Dice, said: Mapping[str, Weights], good: float) -> dict[str, str]:
    """B2 is put to those whom it goes better for alone; a question now and then is skipped."""
    change = dice.pick(said["change"])
    answers = {"b1a": change, "b1b": change if dice.chance(0.6) else dice.pick(said["change"])}
    for name, about in _ASKED_ABOUT.items():
        answers[name] = dice.pick(_tilted(said[about], ("1", "2"), good))
    answers = {name: code for name, code in answers.items() if not dice.chance(BLANK)}
    if {answers.get("b1a"), answers.get("b1b")} & {"1", "2"} and not dice.chance(BLANK):
        answers["b2"] = dice.pick(_tilted(said["importance"], ("1", "2"), good))
    return answers


def _response(opinions: Opinions, occasion: Occasion, variant: str) -> float:
    return opinions.response[occasion.case.unit] * opinions.response_by_variant[variant]


def _tilted(weights: Weights, codes: tuple[str, ...], times: float) -> Weights:
    return {code: weight * times if code in codes else weight for code, weight in weights.items()}


def _some_day(dice: Dice, day: date) -> date:
    """Of the meeting itself, or within two weeks of it."""
    return min(day + timedelta(days=0 if dice.chance(0.5) else dice.between(1, 14)), LAST_DAY)

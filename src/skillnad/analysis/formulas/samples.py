"""What a sample says of all it was drawn from.

Simple random and stratified random samples without replacement, with the finite population correction: W. G. Cochran,
Sampling Techniques, 3rd ed. 1977, chapters 2, 5 and 5A. Means, and groups within a sample, are ratios of totals and are
linearised: T. Lumley, Complex Surveys, 2010, ch. 2 (R's survey: svymean, svytotal, svyby, degf). A share's interval is
the score interval of the effective sample size, corrected for few degrees of freedom: E. L. Korn and B. I. Graubard,
Survey Methodology 24 (1998), 193-201; C. Franco and others, Journal of Survey Statistics and Methodology 7 (2019),
334-364. It covers 95 % from ten answers in each stratum, and up to 99 % at three to five. A mean's and a total's are
Student's.

Those who were drawn and did not answer: those of their stratum who did are taken as drawn at random from it. That is an
assumption, and the response rate belongs beside the figure. Those who were not chosen at random get the plain figure
for themselves, and no interval whatever is assumed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum, inf, sqrt

from skillnad.analysis.formulas.intervals import Interval, MaybeInterval, NoInterval, Why, score_interval, t_quantile
from skillnad.analysis.formulas.means import Moments
from skillnad.analysis.formulas.proportions import Counted, checked


class Chosen(StrEnum):
    """How those who were asked were chosen."""

    BY_LOT = "by_lot"
    EVERYONE = "everyone"
    FIRST_MET = "first_met"  # "the first n who came", or whoever was there
    BY_HAND = "by_hand"  # somebody picked them
    THEMSELVES = "themselves"  # an open invitation

    @property
    def at_random(self) -> bool:
        """Everyone is a lot in which all are drawn."""
        return self in (Chosen.BY_LOT, Chosen.EVERYONE)


@dataclass(frozen=True)
class Stratum:
    """A part of the population: how many people it has, were drawn of it, and answered; and the moments of the answers
    in the group asked about, or of all, None where none is in it. A simple random sample is one stratum."""

    population: int
    drawn: int
    answered: int
    group: Moments | None

    def __post_init__(self) -> None:
        counts = (0 if self.group is None else self.group.n, self.answered, self.drawn, self.population)
        if list(counts) != sorted(counts):
            raise ValueError("no more in the group than answer, are drawn, and are in the population, in that order")

    def variance(self, less: float) -> float:
        """Of the weighted sum, over the answers, of value - `less` in the group and 0 outside it."""
        n, group = self.answered, self.group
        if group is None or n == self.population:
            return 0.0
        apart = group.n * (group.mean - less)
        squares = (group.n - 1) * group.variance + apart * apart * (1 / group.n - 1 / n)
        return self.population**2 * (1 - n / self.population) / (n * (n - 1)) * squares


@dataclass(frozen=True)
class Sample:
    strata: tuple[Stratum, ...]
    chosen: Chosen = Chosen.BY_LOT

    def weight(self, stratum: Stratum) -> float:
        """How many people each answer stands for."""
        return stratum.population / stratum.answered if self.chosen.at_random else 1.0

    @property
    def known(self) -> bool:
        """Whether there is a figure: somebody in the group answered, and somebody of each stratum drawn by lot."""
        silent = self.chosen.at_random and any(not each.answered for each in self.strata if each.population)
        return not silent and any(each.group for each in self.strata)

    def people(self) -> float:
        """How many there are in the group, by the answers."""
        return fsum(self.weight(each) * each.group.n for each in self.strata if each.group)

    def total(self) -> float:
        return fsum(self.weight(each) * each.group.n * each.group.mean for each in self.strata if each.group)

    def error(self, less: float = 0.0) -> float:
        return sqrt(fsum(each.variance(less) for each in self.strata))

    @property
    def degrees(self) -> int:
        """Answers in the group, less the strata that they are in (R's degf, of a subset too)."""
        return sum(each.group.n - 1 for each in self.strata if each.group)

    @property
    def complete(self) -> bool:
        """Whether everyone answered, so that nothing is unsure."""
        return all(each.answered == each.population for each in self.strata)

    def refusal(self) -> Why | None:
        """Why nothing is known of how sure its figures are."""
        if not self.chosen.at_random:
            return Why.NOT_RANDOM
        if not any(each.group for each in self.strata):
            return Why.NOBODY
        return Why.LONE_STRATUM if any(each.answered < 2 <= each.population for each in self.strata) else None


@dataclass(frozen=True)
class Sampled:
    """An estimate of the population, its standard error and interval, in the unit of the values (shares 0–1). `value`
    is None where nobody in the group answered, or nobody of a whole stratum. `effective` is how many answers, drawn
    alike from endlessly many, would make a share as sure: infinitely many where everyone answered, and None where it
    has no interval."""

    value: float | None
    error: float | None
    degrees: int
    interval: MaybeInterval
    answered: int
    drawn: int
    effective: float | None = None

    @property
    def response_rate(self) -> float:
        return self.answered / self.drawn if self.drawn else 0.0


def sample_total(sample: Sample, *, confidence: float = 0.95) -> Sampled:
    """The sum of the values in the population, or of its group; of `yes_or_no`, how many have it."""
    if not sample.known or sample.refusal():
        return _unsure(sample, sample.total() if sample.known else None)
    value, error = sample.total(), sample.error()
    return _sure(sample, value, error, _by_t(sample, value, error, confidence))


def sample_mean(sample: Sample, *, confidence: float = 0.95) -> Sampled:
    """The mean of the values in the population, or of its group."""
    if not sample.known or sample.refusal():
        return _unsure(sample, sample.total() / sample.people() if sample.known else None)
    value, error = _ratio(sample)
    return _sure(sample, value, error, _by_t(sample, value, error, confidence))


def sample_share(sample: Sample, *, confidence: float = 0.95) -> Sampled:
    """The share that has it, 0–1; the strata's moments are of `yes_or_no`."""
    if not sample.known or sample.refusal():
        return _unsure(sample, sample.total() / sample.people() if sample.known else None)
    value, error = _ratio(sample)
    interval, effective = _by_score(sample, value, confidence)
    return replace(_sure(sample, value, error, interval), effective=effective)


def yes_or_no(yes: int, answered: int) -> Moments | None:
    """The moments of 1 for each yes and 0 for each no; None of no answers."""
    share = checked(yes, answered).share
    return None if share is None else Moments(answered, share, answered * share * (1 - share) / max(1, answered - 1))


def nonresponse_bounds(of: Counted, asked: int) -> Interval | None:
    """The share of all the asked, 0–1, if everyone silent had said no, and if yes; None where nobody was asked. What it
    could be at worst, where nothing is assumed of them: C. F. Manski, Partial Identification, 2003, ch. 1."""
    if of.whole > asked:
        raise ValueError("no more answer than are asked")
    return Interval(of.part / asked, (of.part + asked - of.whole) / asked) if asked else None


def _ratio(sample: Sample) -> tuple[float, float]:
    people = sample.people()
    value = sample.total() / people
    return value, sample.error(less=value) / people


def _by_t(sample: Sample, value: float, error: float, confidence: float) -> MaybeInterval:
    reason = _unfit(sample, error)
    if reason:
        return NoInterval(reason)
    reach = t_quantile(confidence, sample.degrees) * error if error else 0.0
    return Interval(value - reach, value + reach)


def _unfit(sample: Sample, error: float) -> Why | None:
    if sample.complete:
        return None
    if not sample.degrees:
        return Why.TOO_FEW
    return None if error else Why.NO_SPREAD


def _by_score(sample: Sample, value: float, confidence: float) -> tuple[MaybeInterval, float | None]:
    """The interval, and the effective size that it is of."""
    likely, error = _ratio(Sample(tuple(_drawn_in(each) for each in sample.strata), sample.chosen))
    reason = _unfit(sample, error)
    if reason:
        return NoInterval(reason), None
    if not error:
        return Interval(value, value), inf
    answered = sum(each.group.n for each in sample.strata if each.group)
    few = t_quantile(confidence, answered - 1) / t_quantile(confidence, sample.degrees)
    effective = few * few * likely * (1 - likely) / (error * error)
    found = score_interval(value, effective, confidence)
    return Interval(0.0 if value == 0 else found.low, 1.0 if value == 1 else found.high), effective


def _drawn_in(stratum: Stratum) -> Stratum:
    """With the share drawn towards one half by one yes and one no (Laplace): a stratum where a few all agree does not
    show its spread, and without this 88 % is covered at five answers each in two strata. One stratum alone is as it
    was, and so are many answers."""
    if stratum.group is None:
        return stratum
    n = stratum.group.n
    share = (n * stratum.group.mean + 1) / (n + 2)
    moments = Moments(n, share, n * share * (1 - share) / max(1, n - 1))
    return Stratum(stratum.population, stratum.drawn, stratum.answered, moments)


def _sure(sample: Sample, value: float, error: float, interval: MaybeInterval) -> Sampled:
    return Sampled(value, error, sample.degrees, interval, _answered(sample), _drawn(sample))


def _unsure(sample: Sample, value: float | None) -> Sampled:
    reason = NoInterval(sample.refusal() or Why.LONE_STRATUM)
    return Sampled(value, None, sample.degrees, reason, _answered(sample), _drawn(sample))


def _answered(sample: Sample) -> int:
    return sum(each.answered for each in sample.strata)


def _drawn(sample: Sample) -> int:
    return sum(each.drawn for each in sample.strata)

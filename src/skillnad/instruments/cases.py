"""Works an instrument's own examples: what must come out of each sheet of answers, against what does.

An instrument without an example is refused, for nobody has then counted it by hand (INSTR-020). What an example names
must exist (INSTR-022), and what it expects must come out (INSTR-021).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.asked import Item
from skillnad.instruments.changing import ChangeResult, change
from skillnad.instruments.conditions import asked
from skillnad.instruments.counted import ChangeRule
from skillnad.instruments.exact import exact
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import Findings
from skillnad.instruments.scoring import ScoreResult, WhyMissing, bands, points_of, score, share_of
from skillnad.instruments.worked import Cases, ChangeCase, PoolCase, Published, WorkedCase, cases_of
from skillnad.lib.errors import Problem
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_files import Source

NEAR = Fraction(1, 20_000)
"""How far an expected score may be from what came out: four decimals are written."""

NOT_COUNTED = ("”inte räknad”", "'not counted'")
_WHY_MISSING: Final[Mapping[WhyMissing, tuple[str, str]]] = {
    WhyMissing.UNKNOWN: ("för få svar är kända", "too few answers are known"),
    WhyMissing.NEEDED: ("en fråga som krävs saknar värde", "a question that is needed has no value"),
    WhyMissing.CONDITION: ("den räknas inte av ett sådant svarsblad", "it is not counted of a sheet like this"),
    WhyMissing.NOTHING: ("den är en andel av ingenting", "it is a share of nothing"),
}
_WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "problem": ("Det som avvisas", "What is refused"),
    "asked": ("Det som frågas", "What is asked"),
}


@dataclass(frozen=True)
class Several:
    """Names to list in a message."""

    names: tuple[str, ...]


Words = Callable[[WorkedCase, str], str]
"""The Swedish sentence that an item is put with, of a case and an item's id."""
Pools = Callable[[PoolCase], bool]


def check_cases(
    instrument: Instrument, source: Source | None, folder: str, findings: Findings, *, words: Words, pools: Pools
) -> Cases:
    """Read and work the cases of a folder; all that is wrong is added to `findings`."""
    first = next(iter(instrument.perspectives), "")
    known = len(findings.problems)
    cases = cases_of(source, first, findings) if source else Cases(f"{folder}/cases.toml")
    if len(findings.problems) == known:
        findings.problems += work_cases(instrument, cases, words=words, pools=pools)
    return cases


def work_cases(instrument: Instrument, cases: Cases, *, words: Words, pools: Pools) -> tuple[Problem, ...]:
    """The problems of the cases, in the file's order; empty where everything comes out as it should."""
    if not cases.cases:
        return (_none(cases.name),)
    return (
        *_twice(cases),
        *(problem for case in cases.cases for problem in _worked(instrument, case, words)),
        *(problem for each in cases.changes for problem in _change_worked(instrument, each)),
        *(problem for each in cases.pools for problem in _pool_worked(instrument, each, pools)),
    )


def sheet_of(instrument: Instrument, case: WorkedCase) -> AnswerSheet:
    """A case as a sheet of answers on this version of the instrument."""
    return AnswerSheet(
        instrument.id,
        instrument.version,
        case.perspective,
        case.answers,
        variant=case.variant,
        age=case.age,
        slots=case.slots,
    )


def _worked(instrument: Instrument, case: WorkedCase, words: Words) -> Iterator[Problem]:
    if absent := list(_absent(instrument, case)):
        yield from absent
        return
    sheet = sheet_of(instrument, case)
    found = tuple(f"{problem.code} {problem.where}".strip() for problem in check_answers(instrument, sheet))
    if found != case.problems:
        yield _unmet(case.where, "problem", Several(found), Several(case.problems))
    if found:
        return
    yield from _asked_unmet(instrument, case)
    results = score(instrument, sheet, case.on)
    yield from _scores_unmet(case, results)
    banded = {name: band.code for name, band in bands(instrument, sheet, results).items()}
    yield from _differing(case.where, case.bands, {name: banded.get(name) for name in case.bands})
    yield from _shares_unmet(instrument, case, sheet)
    yield from _differing(case.where, case.filled, {name: words(case, name) for name in case.filled})


def _asked_unmet(instrument: Instrument, case: WorkedCase) -> Iterator[Problem]:
    """A matrix is named once, and not by its cells."""
    names = asked(instrument, case.perspective, case.answers)
    found = tuple(dict.fromkeys(instrument.items[name].matrix or name for name in names))
    if case.asked is not None and found != case.asked:
        yield _unmet(case.where, "asked", Several(found), Several(case.asked))


def _scores_unmet(case: WorkedCase, results: Mapping[str, ScoreResult]) -> Iterator[Problem]:
    for name, expected in case.scores.items():
        result = results.get(name)
        if result is None or result.value is None or abs(result.value - exact(expected)) > NEAR:
            yield _unmet(case.where, name, _told(result), _number(expected))
    for name in case.missing:
        if name in results and results[name].value is not None:
            yield _unmet(case.where, name, _told(results[name]), None)
    for name in case.off:
        if name in results:
            yield _unmet(case.where, name, _told(results[name]), NOT_COUNTED)


def _told(result: ScoreResult | None) -> tuple[str, str]:
    if result is None:
        return NOT_COUNTED
    if result.number is None:
        sv, en = _WHY_MISSING[result.why_missing] if result.why_missing else ("", "")
        return f"inget värde{sv and f' ({sv})'}", f"no value{en and f' ({en})'}"
    return _number(result.number)


def _shares_unmet(instrument: Instrument, case: WorkedCase, sheet: AnswerSheet) -> Iterator[Problem]:
    shares = {share.id: share_of(instrument, share, sheet) for share in instrument.shares}
    expected = {**{name: bool(inside) for name, inside in case.shares.items()}, **dict.fromkeys(case.outside, None)}
    yield from _differing(case.where, expected, {name: shares[name] for name in expected})


def _change_worked(instrument: Instrument, case: ChangeCase) -> Iterator[Problem]:
    if absent := list(_absent_of_change(instrument, case)):
        yield from absent
        return
    results = {name: _changed(instrument, instrument.changes[name], case) for name in (*case.expect, *case.outside)}
    verdicts = {name: result.verdict and str(result.verdict) for name, result in results.items()}
    yield from _differing(case.where, {**case.expect, **dict.fromkeys(case.outside, None)}, verdicts)
    steps = {name: results[name].steps for name in case.steps}
    yield from _differing(case.where, {name: exact(step) for name, step in case.steps.items()}, steps)


def _changed(instrument: Instrument, rule: ChangeRule, case: ChangeCase) -> ChangeResult:
    if rule.score:
        before, after = case.before_scores.get(rule.score), case.after_scores.get(rule.score)
        return change(instrument, rule, before, after, perspective=case.perspective, age=case.age)
    item = instrument.items[rule.item]
    first, later = (points_of(item, side.get(rule.item)) for side in (case.before, case.after))
    return change(instrument, rule, first, later, perspective=case.perspective, age=case.age)


def _pool_worked(instrument: Instrument, case: PoolCase, pools: Pools) -> Iterator[Problem]:
    slots = {name for choices in case.slots for name in choices}
    absent = [
        *_not_there(case.where, "item", [case.item], instrument.items),
        *_not_there(case.where, "slots", slots, instrument.slots),
        *_not_there(case.where, "perspectives", case.perspectives, instrument.perspectives),
    ]
    yield from absent
    if not absent and (found := pools(case)) != case.pools:
        yield _unmet(case.where, "pools", found, case.pools)


def _absent(instrument: Instrument, case: WorkedCase) -> Iterator[Problem]:
    items: Mapping[str, Item] = instrument.items
    scores = (*case.scores, *case.missing, *case.on, *case.off)
    shares = {share.id: share for share in instrument.shares}
    yield from _not_there(case.where, "perspective", [case.perspective], instrument.perspectives)
    yield from _not_there(case.where, "variant", [case.variant] if case.variant else [], instrument.variants)
    yield from _not_there(case.where, "slots", case.slots, instrument.slots)
    yield from _not_there(case.where, "answers", case.answers, items)
    yield from _not_there(case.where, "filled", case.filled, items)
    yield from _not_there(case.where, "scores", scores, instrument.scores)
    yield from _not_there(case.where, "bands", case.bands, [each.id for each in instrument.band_sets])
    yield from _not_there(case.where, "shares", (*case.shares, *case.outside), shares)


def _absent_of_change(instrument: Instrument, case: ChangeCase) -> Iterator[Problem]:
    rules = (*case.expect, *case.outside, *case.steps)
    yield from _not_there(case.where, "perspective", [case.perspective], instrument.perspectives)
    yield from _not_there(case.where, "answers", (*case.before, *case.after), instrument.items)
    yield from _not_there(case.where, "scores", (*case.before_scores, *case.after_scores), instrument.scores)
    yield from _not_there(case.where, "expect", rules, instrument.changes)


def _not_there(where: str, key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    known = list(known)
    for name in dict.fromkeys(names):
        if name not in known:
            guess = nearest(name, known)
            yield Problem(
                "INSTR-022",
                f"Exemplet nämner ”{shown(name)}” i {key}, som instrumentet saknar.{meant(guess)} Rätta namnet.",
                f"The example names '{shown(name)}' in {key}, which is not there.{meant(guess, 'en')} Mend the name.",
                where,
            )


def _differing(where: str, expected: Mapping[str, object], found: Mapping[str, object]) -> Iterator[Problem]:
    for name, wanted in expected.items():
        if found[name] != wanted:
            yield _unmet(where, name, found[name], wanted)


def _twice(cases: Cases) -> Iterator[Problem]:
    """The places of ids that an earlier case has."""
    every: tuple[WorkedCase | ChangeCase | PoolCase | Published, ...]
    every = (*cases.cases, *cases.changes, *cases.pools, *cases.published)
    seen = set()
    for case in every:
        if case.id in seen:
            yield Problem(
                "INSTR-006",
                f"Ett exempel till heter ”{shown(case.id)}”. Ge vart och ett sitt eget id.",
                f"Another example is called '{shown(case.id)}'. Give each its own id.",
                case.where,
            )
        seen.add(case.id)


def _unmet(where: str, what: str, found: object, expected: object) -> Problem:
    (sv, en), (wanted_sv, wanted_en) = _both(found), _both(expected)
    told_sv, told_en = _WHAT.get(what, (f"”{shown(what)}”", f"'{shown(what)}'"))
    return Problem(
        "INSTR-021",
        f"{told_sv} blev {sv}, men exemplet väntar {wanted_sv}. Räkna efter för hand, och rätta exemplet eller "
        "definitionen.",
        f"{told_en} became {en}, but the example expects {wanted_en}. Count it by hand, and mend the example or the "
        "definition.",
        where,
    )


def _both(thing: object) -> tuple[str, str]:
    """In Swedish and English."""
    if thing is None:
        return "inget värde", "no value"
    if isinstance(thing, bool):
        return ("ja", "yes") if thing else ("nej", "no")
    if isinstance(thing, Several):
        return listed(thing.names), listed(thing.names, "en")
    if isinstance(thing, Fraction):
        return _number(thing)
    if isinstance(thing, str) and (not thing or " " in thing):  # words, and not a code
        return f"”{thing}”", f"'{thing}'"
    return thing if isinstance(thing, tuple) else (str(thing), str(thing))


def _number(number: Fraction | float) -> tuple[str, str]:
    """With a decimal comma in Swedish, and a point in English."""
    text = f"{float(number):.6g}"
    return text.replace(".", ","), text


def _none(where: str) -> Problem:
    return Problem(
        "INSTR-020",
        "Instrumentet har inga räknade exempel. Lägg till minst ett [[case]] med svar och väntade poäng.",
        "The instrument has no worked examples. Add at least one [[case]] with answers and expected scores.",
        where,
    )

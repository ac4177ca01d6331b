"""The part of an instrument's page that is about numbers: scores, shares, limits, change, worked examples."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skillnad.cli.kernel.instrument_words import (
    DIRECTIONS,
    band_set_sv,
    change_sv,
    either,
    label,
    marks,
    number_sv,
    of_perspectives,
    rule_sv,
)
from skillnad.codebook.wording import in_cell
from skillnad.instruments.changing import Changed
from skillnad.instruments.conditions import Answer, belongs
from skillnad.instruments.counted import Score
from skillnad.instruments.loading import Loaded
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import Findings
from skillnad.instruments.worked import Cases, ChangeCase, PoolCase, WorkedCase, cases_of
from skillnad.lib.text import listed

MOST: Final = 12
"""Answers of an example that are written out."""
CHANGES: Final[Mapping[str, str]] = {
    Changed.BETTER: "bättre",
    Changed.SAME: "oförändrat",
    Changed.WORSE: "sämre",
    Changed.CLINICALLY_IMPROVED: "kliniskt säkerställd förbättring",
    Changed.IMPROVED: "tillförlitlig förbättring",
    Changed.NO_RELIABLE_CHANGE: "ingen tillförlitlig förändring",
    Changed.DETERIORATED: "tillförlitlig försämring",
}


def counts(loaded: Loaded) -> Iterator[str]:
    """The sections, each only where there is something to say."""
    instrument = loaded.instrument
    yield from _scores(instrument)
    yield from _shares(instrument)
    yield from _bands(instrument)
    yield from _changes(instrument)
    yield from _pairs(instrument)
    yield from _rules(instrument)
    if loaded.files.cases:
        yield from _cases(instrument, cases_of(loaded.files.cases, next(iter(instrument.perspectives)), Findings()))


def _row(*cells: str) -> str:
    return f"| {' | '.join(in_cell(cell) for cell in cells)} |"


def _scores(instrument: Instrument) -> Iterator[str]:
    if not instrument.scores:
        return
    yield "## Poäng\n"
    yield "| Poäng | id | Går från–till | Så räknas den | Källa |\n|---|---|---|---|---|"
    for score in instrument.scores.values():
        rule = rule_sv(instrument, score)
        yield _row(score.sv, f"`{score.id}`", _span(score), f"{rule}{_whose(instrument, score)}", _source(score))
    yield ""


def _span(score: Score) -> str:
    direction = DIRECTIONS[score.direction]
    return f"{number_sv(score.low)}–{number_sv(score.high)}{f', {direction}' if direction else ''}"


def _whose(instrument: Instrument, score: Score) -> str:
    who = of_perspectives(instrument, score.perspectives)
    return f" Bara för: {who}." if who else ""


def _source(score: Score) -> str:
    return f"{score.source}{marks(verified=score.verified)}"


def _shares(instrument: Instrument) -> Iterator[str]:
    if not instrument.shares:
        return
    yield "## Andelar\n"
    yield "Vad en rapport visar först: hur många av dem som har en uppfattning som har svarat så.\n"
    yield "| Andel | id | Räknas om |\n|---|---|---|"
    for share in instrument.shares:
        codes = either([option.code for option in instrument.items[share.item].options if option.code in share.codes])
        yield _row(share.sv, f"`{share.id}`", f"{label(instrument, share.item)} är {codes}")
    yield ""


def _bands(instrument: Instrument) -> Iterator[str]:
    if not instrument.band_sets:
        return
    yield "## Gränser\n"
    yield "Varje gräns hör till det band där den står.\n"
    yield "| Poäng | id | Gäller | Gränser | Källa |\n|---|---|---|---|---|"
    for bands in instrument.band_sets:
        limits = "; ".join(f"{band.sv} {_limits(band.low, band.high)}" for band in bands.bands)
        source = f"{bands.source}{marks(verified=bands.verified)}"
        yield _row(instrument.scores[bands.score].sv, f"`{bands.id}`", band_set_sv(instrument, bands), limits, source)
    yield ""


def _limits(low: float, high: float) -> str:
    return number_sv(low) if low == high else f"{number_sv(low)}–{number_sv(high)}"


def _changes(instrument: Instrument) -> Iterator[str]:
    if not instrument.changes:
        return
    yield "## Förändring mellan två tillfällen\n"
    for rule in instrument.changes.values():
        source = f" Källa: {rule.source}.{marks(verified=rule.verified)}"
        yield f"- **{rule.sv}** (`{rule.id}`). {change_sv(instrument, rule)}{source}"
    yield ""


def _pairs(instrument: Instrument) -> Iterator[str]:
    if instrument.pairs:
        yield "## Bredvid varandra\n"
        yield "Två svar från olika håll om samma sak, vid samma tillfälle.\n"
        yield from (f"- **{pair.sv}** (`{pair.first}` bredvid `{pair.second}`)" for pair in instrument.pairs)
        yield ""


def _rules(instrument: Instrument) -> Iterator[str]:
    if instrument.rules:
        yield "## Svar som måste stämma med varandra\n"
        for rule in instrument.rules:
            yield f"- {rule.sv}: {listed(rule.sum_of)} tillsammans högst {rule.at_most_item}."
        yield ""


def _cases(instrument: Instrument, cases: Cases) -> Iterator[str]:
    yield "## Räknade exempel\n"
    yield "Räknade för hand, och prövade mot programmet varje gång det ändras.\n"
    yield "| Exempel | Svar | Ger |\n|---|---|---|"
    for case in cases.cases:
        who = f"*{instrument.perspectives[case.perspective].sv}.* " if len(instrument.perspectives) > 1 else ""
        age = f"{case.age} år: " if case.age is not None else ""
        yield _row(case.sv, f"{who}{age}{_answers(case.answers)}", "; ".join(_given(instrument, case)) or "godtas")
    for change in cases.changes:
        yield _row(change.sv, _two(change), "; ".join(_changed(change)))
    for pool in cases.pools:
        yield _row(pool.sv, _pooled(pool), _verdict(pool))
    yield ""


def _verdict(case: PoolCase) -> str:
    if case.pools:
        return "läggs ihop"
    return "läggs aldrig ihop" if case.perspectives else "läggs inte ihop utan att det sägs"


def _answers(answers: Mapping[str, Answer]) -> str:
    told = [f"{name} = {_answer(answer)}" for name, answer in answers.items()]
    if len(told) > MOST and len({_answer(answer) for answer in answers.values()}) == 1:
        names = list(answers)
        return f"{names[0]} till {names[-1]} = {_answer(answers[names[0]])} ({len(told)} svar)"
    more = f" … {len(told)} svar" if len(told) > MOST else ""
    return (", ".join(told[:MOST]) + more) or "inget"


def _answer(answer: Answer) -> str:
    if isinstance(answer, str):
        return answer if len(answer) <= 10 else "text"
    if isinstance(answer, Mapping):
        return ", ".join(f"{code}: {rank}" for code, rank in answer.items())
    if isinstance(answer, Iterable):
        return " och ".join(answer) or "inget valt"
    return number_sv(float(answer))


def _given(instrument: Instrument, case: WorkedCase) -> Iterator[str]:
    """What must come out, in words."""
    yield from (f"{_score(instrument, name)} {number_sv(value)}" for name, value in case.scores.items())
    yield from (f"{_score(instrument, name)} saknas" for name in case.missing)
    yield from (f"{_score(instrument, name)} räknas inte" for name in case.off)
    yield from (f"{name}: {_band(instrument, name, code)}" for name, code in case.bands.items())
    for word, names in _inside(case).items():
        yield f"{word}: {', '.join(names)}"
    yield from (f"avvisas: {problem}" for problem in case.problems)
    yield from (f"{name}: ”{words}”" for name, words in case.filled.items())
    unasked = _unasked(instrument, case)
    if unasked:
        yield f"frågas inte: {', '.join(unasked[:MOST])}{' …' if len(unasked) > MOST else ''}"


def _inside(case: WorkedCase) -> dict[str, list[str]]:
    """The shares by how the answers stand to them."""
    found: dict[str, list[str]] = {}
    for name, inside in case.shares.items():
        found.setdefault("räknas i" if inside else "räknas inte i", []).append(name)
    return {**found, "utanför": list(case.outside)} if case.outside else found


def _unasked(instrument: Instrument, case: WorkedCase) -> list[str]:
    """What the case says is not put to someone who answers so."""
    if case.asked is None:
        return []
    mine = [item for item in instrument.items.values() if belongs(item, case.perspective)]
    return [name for name in dict.fromkeys(item.matrix or item.id for item in mine) if name not in case.asked]


def _score(instrument: Instrument, name: str) -> str:
    return instrument.scores[name].sv


def _band(instrument: Instrument, band_set: str, code: str) -> str:
    bands = next(each for each in instrument.band_sets if each.id == band_set)
    return next(band.sv for band in bands.bands if band.code == code)


def _two(case: ChangeCase) -> str:
    age = f"{case.age} år: " if case.age is not None else ""
    before, after = (_side(answers, scores) for answers, scores in _sides(case))
    return f"{age}först {before}; sedan {after}"


def _sides(case: ChangeCase) -> list[tuple[Mapping[str, Answer], Mapping[str, float]]]:
    return [(case.before, case.before_scores), (case.after, case.after_scores)]


def _side(answers: Mapping[str, Answer], scores: Mapping[str, float]) -> str:
    return _answers(answers) if answers else ", ".join(f"{name} {number_sv(value)}" for name, value in scores.items())


def _changed(case: ChangeCase) -> Iterator[str]:
    for name, verdict in case.expect.items():
        steps = f" ({number_sv(case.steps[name])} steg)" if name in case.steps else ""
        yield f"{CHANGES[verdict]}{steps}"
    yield from ("ingen förändring kan räknas" for _ in case.outside)


def _pooled(case: PoolCase) -> str:
    if case.perspectives:
        return f"{case.item}: {listed(case.perspectives)}"
    sides = [", ".join(f"{name} = {code}" for name, code in slots.items()) for slots in case.slots]
    return f"{case.item}: {' mot '.join(sides)}"

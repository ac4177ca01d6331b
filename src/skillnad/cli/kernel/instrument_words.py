"""What an instrument's data says, in Swedish, for the terminal and the pages: who, about what, when, how counted."""

from collections.abc import Iterable, Mapping
from typing import Final

from skillnad.instruments.asked import Ages, Clause, Condition, Direction, Item, ItemKind, Means, Option
from skillnad.instruments.counted import BandSet, ChangeRule, Score, Term
from skillnad.instruments.model import Instrument, Licence, Occasion
from skillnad.instruments.vocabulary import LICENCES, UNITS
from skillnad.lib.text import capitalised, listed

MOST_NAMED: Final = 12
"""Parts that are named one by one; of more, the first and the last."""
UNVERIFIED: Final = "**(overifierat)**"

ANSWERS: Final[Mapping[ItemKind, str]] = {
    ItemKind.SINGLE: "ett svar",
    ItemKind.SCALE: "ett svar på en skala",
    ItemKind.MULTIPLE: "ett eller flera svar",
    ItemKind.NUMBER: "ett tal",
    ItemKind.ANALOGUE: "ett märke på en linje",
    ItemKind.DATE: "ett datum",
    ItemKind.DURATION: "en tid",
    ItemKind.RANK: "en rangordning",
    ItemKind.MATRIX: "en tabell",
    ItemKind.TEXT: "fri text",
}
DIRECTIONS: Final[Mapping[Direction, str]] = {
    Direction.LOW_IS_GOOD: "lågt är bra",
    Direction.HIGH_IS_GOOD: "högt är bra",
    Direction.HIGH_IS_BAD: "högt är dåligt",
    Direction.NONE: "",
}
MEANS: Final[Mapping[Means, str]] = {
    Means.VALUE: "",
    Means.DONT_KNOW: "vet inte: utanför nämnaren, visas bredvid",
    Means.NOT_APPLICABLE: "inte tillämpligt: utanför nämnaren, visas bredvid",
    Means.MISSING: "obesvarat: utanför nämnaren",
}


def number_sv(value: float) -> str:
    """25 and 24,9, with a minus that is one."""
    return f"{value:.10g}".replace(".", ",").replace("-", "−")


def ages_sv(ages: Ages) -> str:
    return f"från {ages.first} år" if ages.last is None else f"{ages.first}–{ages.last} år"


def occasion_sv(occasion: Occasion) -> str:
    told = []
    if occasion.every_days:
        told.append(f"var {occasion.every_days}:e dag")
    if occasion.days is not None:
        told.append(f"{occasion.days} dagar {'efteråt' if occasion.when == 'after' else 'in'}")
    return occasion.sv + (f" ({', '.join(told)})" if told else "")


def licence_sv(licence: Licence) -> str:
    """What it takes to use the instrument, in a few words."""
    texts = "texterna ingår" if licence.texts else "texterna ingår inte"
    return f"{LICENCES[licence.kind]}; {texts}{'; licensen ska anges' if licence.confirm else ''}"


def label(instrument: Instrument, name: str) -> str:
    """How a question is spoken of: "B1a", "fråga 1 (`q1`)", or by what it is about."""
    item = instrument.items[name]
    if item.number.isdigit():
        return f"fråga {item.number} (`{name}`)"
    return item.number or f"”{item.label_sv}”"


def short(item: Item) -> str:
    """The same in a list: the number where it is no mere number, else the id."""
    return item.number if item.number and not item.number.isdigit() else f"`{item.matrix or item.id}`"


def condition_sv(instrument: Instrument, condition: Condition) -> str:
    """ "B1a är 1 eller 2, eller B1b är 1 eller 2"; nothing where nothing has to hold."""
    every = [_clause(instrument, clause) for clause in condition.all]
    some = [_clause(instrument, clause) for clause in condition.any]
    either = ", eller ".join(some)
    return ", och ".join([*every, either] if either else every)


def _clause(instrument: Instrument, clause: Clause) -> str:
    item, told = instrument.items[clause.item], []
    if clause.in_:
        told.append(f"är {_codes(item, clause.in_)}")
    if clause.not_in:
        told.append(f"inte är {_codes(item, clause.not_in)}")
    if clause.at_least is not None:
        told.append(f"är minst {number_sv(clause.at_least)}")
    if clause.at_most is not None:
        told.append(f"är högst {number_sv(clause.at_most)}")
    return f"{label(instrument, item.id)} {' och '.join(told)}"


def _codes(item: Item, codes: frozenset[str]) -> str:
    """The codes in the options' order; one alone with its words."""
    chosen = [option for option in item.options if option.code in codes]
    if len(chosen) == 1 and chosen[0].code not in chosen[0].sv.split():
        return f"{chosen[0].code} ({chosen[0].sv})"
    return either([option.code for option in chosen])


def either(words: list[str]) -> str:
    """`a`, `a eller b`, `a, b eller c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} eller {words[-1]}"


def answer_sv(item: Item) -> str:
    """What can be answered, in words: kind, limits, unit."""
    told = ANSWERS[item.kind]
    if item.least is not None or item.most is not None:
        told += f" {_limits(item.least, item.most)}"
    if item.decimals:
        told += f" med {item.decimals} decimal{'er' if item.decimals > 1 else ''}"
    if item.unit_of_measure:
        told += f", {UNITS.get(item.unit_of_measure, item.unit_of_measure)}"
    if item.partial:
        told += "; några får utelämnas"
    direction = DIRECTIONS[item.direction]
    return f"{told}; {direction}" if direction else told


def _limits(least: float | None, most: float | None) -> str:
    if least is None or most is None:
        return f"högst {number_sv(most)}" if most is not None else f"minst {number_sv(least or 0)}"
    return f"{number_sv(least)}–{number_sv(most)}"


def option_sv(option: Option) -> str:
    """What is to be said of an option beside its words."""
    told = [MEANS[option.means]] if MEANS[option.means] else []
    if option.points is not None and str(option.points).removesuffix(".0") != option.code:
        told.append(f"räknas som {number_sv(option.points)}")
    told += ["utesluter de andra"] if option.exclusive else []
    told += ["med egna ord"] if option.specify else []
    return "; ".join(told)


def parts_of(instrument: Instrument, score: Score) -> str:
    """What a score is made of, in words."""
    if score.terms:
        return " ".join(_term(term, first=not place and not score.constant) for place, term in enumerate(score.terms))
    if score.scores:
        return _together([f"”{instrument.scores[name].sv}”" for name in score.scores], "poängen")
    return _of_matrix(instrument, score.items) or _together(
        [_part(instrument, name) + (" (omvänd)" if name in score.reverse else "") for name in score.items], "frågorna"
    )


def _together(parts: list[str], what: str) -> str:
    """All of them, or of many the first and the last."""
    return listed(parts) if len(parts) <= MOST_NAMED else f"de {len(parts)} {what} från {parts[0]} till {parts[-1]}"


def _of_matrix(instrument: Instrument, names: tuple[str, ...]) -> str:
    """ "alla celler i `hours`", or a whole row of it; nothing of what is neither."""
    matrix = instrument.items[names[0]].matrix
    if not matrix or any(instrument.items[name].matrix != matrix for name in names):
        return ""
    for row, sv, _ in instrument.matrices[matrix].rows:
        if set(names) == {name for name in instrument.items if name.startswith(f"{matrix}.{row}.")}:
            return f"raden ”{sv}” i `{matrix}`"
    whole = [item.id for item in instrument.items.values() if item.matrix == matrix]
    return f"alla celler i `{matrix}`" if set(names) == set(whole) else ""


def _part(instrument: Instrument, name: str) -> str:
    item = instrument.items[name]
    return f"`{name}`" if item.matrix else short(item)


def _term(term: Term, *, first: bool) -> str:
    sign = "−" if term.divide < 0 else "" if first else "+"
    answer = f"ln(`{term.item}`)" if term.ln else f"`{term.item}`"
    return f"{sign} {answer} / {number_sv(abs(term.divide))}".strip()


def rule_sv(instrument: Instrument, score: Score) -> str:
    """How a score is counted, in a sentence or two."""
    parts = parts_of(instrument, score)
    several = len(score.items) + len(score.scores) + len(score.terms) > 1
    told = [capitalised(_counted(score, parts)) + "."]
    if several and score.kind not in ("difference", "ratio", "weighted"):
        told.append(_missing(score))
    if score.needs:
        told.append(f"Kräver svar på {listed([_part(instrument, name) for name in score.needs])}.")
    if score.zero_when:
        told.append(f"Är 0 om {condition_sv(instrument, score.zero_when)}.")
    if score.only_when:
        told.append(f"Räknas bara om {condition_sv(instrument, score.only_when)}.")
    if score.round:
        told.append("Avrundas till heltal, halva uppåt.")
    if score.off:
        told.append(f"Räknas bara när någon ber om det: `--with {score.id}`.")
    return " ".join(told)


def _counted(score: Score, parts: str) -> str:
    codes = either(sorted(score.codes)) if score.codes else ""
    times, among = score.factor
    factor = f", gånger {number_sv(times)}/{number_sv(among)}" if (times, among) != (1, 1) else ""
    constant = f"{number_sv(score.constant)} " if score.constant else ""
    most = "" if score.at_most is None else f" som är högst {number_sv(score.at_most)}"
    words = {
        "sum": f"summan av {parts}",
        "mean": f"medelvärdet av {parts}",
        "count": f"hur många av {parts} som är {codes}",
        "count_scores": f"hur många av {parts}{most or ' som är kända'}",
        "difference": parts.replace(" och ", " minus "),
        "ratio": parts.replace(" och ", " delat med ") + factor,
        "weighted": f"{constant}{parts}",
    }
    return words[score.kind]


def _missing(score: Score) -> str:
    known = "kända" if score.scores else "besvarade"
    least = (
        f"minst {score.minimum} är {known}"
        if score.minimum > 1
        else f"något är {'känt' if score.scores else 'besvarat'}"
    )
    return {
        "refuse": "Saknas något av dem blir det inget värde.",
        "prorate": f"Det som saknas räknas som medelvärdet av resten, om {least}.",
        "zero": f"Det som saknas räknas som 0, om {least}.",
        "known": f"Räknas av dem som är {known}, om {least}.",
    }[score.missing]


def band_set_sv(instrument: Instrument, bands: BandSet) -> str:
    """For whom a set of bands holds: perspectives, ages, norm group."""
    who = [instrument.perspectives[name].sv for name in bands.perspectives]
    told = [listed(who)] if who else []
    told += [ages_sv(bands.ages)] if bands.ages else []
    return "; ".join([*told, f"normgrupp: {bands.norm_group}"] if bands.norm_group else told)


def change_sv(instrument: Instrument, rule: ChangeRule) -> str:
    """What a change rule says, in words."""
    of = f"”{instrument.scores[rule.score].sv}”" if rule.score else label(instrument, rule.item)
    rater = " Båda gångerna måste samma person ha skattat." if rule.same_rater else ""
    if rule.kind != "reliable":
        least = (
            f"om skillnaden är minst {number_sv(rule.threshold)}" if rule.threshold else "så snart svaren skiljer sig"
        )
        return f"Av {of}: bättre eller sämre {least}.{rater}"
    points = number_sv(rule.reliable)
    cut = (
        " En förbättring är kliniskt säkerställd om värdet också har lämnat det kliniska bandet."
        if rule.clinical
        else ""
    )
    return f"Av {of}: tillförlitlig om skillnaden är minst {points}.{cut}{rater}"


def marks(*, verified: bool) -> str:
    """What stands after a fact that has not been read in its source."""
    return "" if verified else f" {UNVERIFIED}"


def of_perspectives(instrument: Instrument, names: Iterable[str]) -> str:
    """Whom something holds for; nothing where it holds for all."""
    return listed([instrument.perspectives[name].sv for name in names]) if names else ""

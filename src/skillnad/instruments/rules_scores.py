"""What must hold of scores: what they are made of, in which order, and that their range holds what can come of it."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final

from skillnad.instruments.asked import Item, ItemKind, Means, Option
from skillnad.instruments.counted import Score
from skillnad.instruments.exact import exact, read_number
from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import CODE, ITEM, PERSPECTIVE, SCORE, refer
from skillnad.instruments.rules_items import MEASURED
from skillnad.lib.text import listed, shown
from skillnad.lib.toml_files import Checked

COUNTED: Final = (*MEASURED, ItemKind.SCALE, ItemKind.SINGLE)
"""The kinds of item whose answer can be a number."""

Span = tuple[Fraction, Fraction | None]


def check_scores(parsed: Parsed) -> None:
    """Every `[[score]]`: INSTR-004, 007, 013 and 014."""
    instrument = parsed.instrument
    earlier: list[str] = []
    for score in instrument.scores.values():
        place = parsed.place("score", score.id)
        _check_allowed(score, instrument, place)
        if _check_names(score, instrument, place, earlier):
            _check_made(score, instrument, place)
            _check_together(score, instrument, place)
            _check_range(score, parsed, place)
        earlier.append(score.id)


def _check_allowed(score: Score, instrument: Instrument, place: Checked) -> None:
    if instrument.no_sum:
        _add(
            place,
            "INSTR-014",
            "id",
            sv="Instrumentet har no_sum = true: dess svar läggs aldrig ihop. Ta bort poängen.",
            en="The instrument has no_sum = true: its answers are never added up. Remove the score.",
        )
    elif instrument.never_average and score.kind == "mean":
        _add(
            place,
            "INSTR-014",
            "kind",
            sv="Instrumentet har never_average = true: inget medelvärde räknas. Ta bort poängen.",
            en="The instrument has never_average = true: no mean is counted. Remove the score.",
        )


def _check_names(score: Score, instrument: Instrument, place: Checked, earlier: list[str]) -> bool:
    """Whether all that the score names is there, and before it."""
    known = [
        refer(place, score.items, instrument.items, ITEM, "items"),
        refer(place, score.needs, instrument.items, ITEM, "needs"),
        refer(place, [term.item for term in score.terms], instrument.items, ITEM, "terms"),
        refer(place, score.perspectives, instrument.perspectives, PERSPECTIVE, "perspectives"),
        refer(place, score.scores, instrument.scores, SCORE, "scores"),
    ]
    for name in score.scores:
        if name in instrument.scores and name not in earlier:
            known.append(False)
            _add(
                place,
                "INSTR-013",
                "scores",
                sv=f"”{score.id}” bygger på ”{name}”, som står senare. Flytta ”{score.id}” så att den står efter.",
                en=f"'{score.id}' is built on '{name}', which comes later. Move '{score.id}' to after it.",
            )
    return all(known)


def _check_made(score: Score, instrument: Instrument, place: Checked) -> None:
    """The parts that its kind needs, and that each can be a number."""
    _check_parts(score, place)
    _check_reverse(score, place)
    most = len(score.items) or len(score.scores) or len(score.terms)
    if not 1 <= score.minimum <= max(most, 1):
        _add(
            place,
            "INSTR-013",
            "minimum",
            sv=f"”minimum” är {score.minimum}, men poängen har {most} delar. Skriv 1–{most}.",
            en=f"'minimum' is {score.minimum}, but the score has {most} parts. Write 1–{most}.",
        )
    names = {*score.items, *(term.item for term in score.terms)} if score.kind != "count" else set()
    for item in _in_order(instrument, names):
        _check_counted(item, score, place)
    if score.kind == "count":
        codes = {option.code for item in _in_order(instrument, set(score.items)) for option in item.options}
        refer(place, sorted(score.codes), sorted(codes), CODE, "codes")


_NEEDS: Final[Mapping[str, tuple[Callable[[Score], bool], str, str]]] = {
    "sum": (lambda score: bool(score.items) != bool(score.scores), "items eller scores", "items or scores"),
    "mean": (lambda score: bool(score.items) != bool(score.scores), "items eller scores", "items or scores"),
    "count": (lambda score: bool(score.items and score.codes), "items och codes", "items and codes"),
    "count_scores": (lambda score: bool(score.scores), "scores", "scores"),
    "difference": (
        lambda score: 2 in (len(score.items), len(score.scores)),
        "två items eller två scores",
        "two items or two scores",
    ),
    "ratio": (lambda score: len(score.items) == 2, "två items", "two items"),
    "weighted": (lambda score: bool(score.terms), "terms", "terms"),
}


def _check_parts(score: Score, place: Checked) -> None:
    if score.kind not in _NEEDS:
        return  # said already: the kind is no known word
    right, sv, en = _NEEDS[score.kind]
    if not right(score):
        _add(
            place,
            "INSTR-013",
            "kind",
            sv=f"En poäng av slaget {score.kind} görs av {sv}. Skriv dem här, eller ändra kind.",
            en=f"A score of kind {score.kind} is made of {en}. Write them here, or change kind.",
        )
    if score.missing == "prorate" and score.kind != "sum":
        _add(
            place,
            "INSTR-013",
            "missing",
            sv='missing = "prorate" räknar upp en summa. Skriv kind = "sum", eller missing = "refuse".',
            en='missing = "prorate" scales a sum up. Write kind = "sum", or missing = "refuse".',
        )


def _check_reverse(score: Score, place: Checked) -> None:
    outside = sorted(score.reverse - set(score.items))
    if outside:
        _add(
            place,
            "INSTR-013",
            "reverse",
            sv=f"”reverse” nämner {shown(listed(outside), 100)}, som items saknar. Lägg till dem där, eller ta bort.",
            en=f"'reverse' names {shown(listed(outside, 'en'), 100)}, which items lacks. Add to items, or remove.",
        )


def _check_counted(item: Item, score: Score, place: Checked) -> None:
    if item.kind not in COUNTED:
        _add(
            place,
            "INSTR-013",
            "items" if score.items else "terms",
            sv=f"”{item.id}” är av slaget {item.kind} och har inget värde att räkna med. Ta bort den ur poängen.",
            en=f"'{item.id}' is of kind {item.kind} and has no value to count with. Take it out of the score.",
        )
    elif without := [
        option.code for option in item.options if option.means is Means.VALUE and points_of(option) is None
    ]:
        _add(
            place,
            "INSTR-013",
            "items" if score.items else "terms",
            sv=f"Svaret ”{shown(without[0])}” i ”{item.id}” är inget tal. Ge alternativet ett tal, som score = 1.",
            en=f"The answer '{shown(without[0])}' of '{item.id}' is no number. Give the option score = 1, or another.",
        )


def points_of(option: Option) -> Fraction | None:
    """What an option counts as: its points, or its code where that is a number."""
    return exact(option.points) if option.points is not None else read_number(option.code)


def _check_together(score: Score, instrument: Instrument, place: Checked) -> None:
    """Perspectives are never put together: one of them answers all that the score is made of."""
    names = {*score.items, *score.needs, *(term.item for term in score.terms)}
    items = _in_order(instrument, names)
    for perspective in score.perspectives or _anyone(items, instrument):
        lacking = [item.id for item in items if item.perspectives and perspective not in item.perspectives]
        if lacking:
            _add(
                place,
                "INSTR-013",
                "perspectives" if score.perspectives else "items",
                sv=f"”{lacking[0]}” ställs inte till ”{perspective}”: svar av olika slags personer läggs aldrig ihop. "
                "Gör en poäng för varje perspektiv.",
                en=f"'{lacking[0]}' is not put to '{perspective}': answers of different raters are never added up. "
                "Make one score for each perspective.",
            )
            return


def _anyone(items: Iterable[Item], instrument: Instrument) -> list[str]:
    """Those who may have the score where it does not say: whoever is asked the first of its items."""
    first = next(iter(items), None)
    return list(first.perspectives or instrument.perspectives)[:1] if first else []


def _check_range(score: Score, parsed: Parsed, place: Checked) -> None:
    """The range holds what the items can give (INSTR-004), and for a sum of items nothing more."""
    low, high = exact(score.low), exact(score.high)
    if high <= low or score.step <= 0:
        _add(
            place,
            "INSTR-004",
            "range",
            sv="”range” ska gå från ett lägre till ett högre tal, och ”step” vara större än noll. Skriv till exempel "
            "range = [0, 10] och step = 1.",
            en="'range' must go from a lower to a higher number, and 'step' be above zero. Write for example "
            "range = [0, 10] and step = 1.",
        )
        return
    spans = {item.id: span for item in _in_order(parsed.instrument, set(score.items)) if (span := span_of(item))}
    if len(spans) < len(set(score.items)) or not spans:
        return
    if score.kind == "mean":
        _check_mean(score, spans, parsed, place)
    elif score.kind == "sum":
        _check_sum(score, spans, place)


def _check_mean(score: Score, spans: Mapping[str, Span], parsed: Parsed, place: Checked) -> None:
    low, high = exact(score.low), exact(score.high)
    line = place.source.lines.of(*place.path, "range")
    for name, (least, most) in spans.items():
        if most is None or (low <= least and most <= high):
            continue
        allowed, end = (most, high) if most > high else (least, low)
        sv, en = ("slutar", "ends") if most > high else ("börjar", "begins")
        parsed.place("item", name).add(
            "INSTR-004",
            sv=f"Frågan {name} tillåter {_plain(allowed)}, men skalan ”{score.id}” {sv} vid {_plain(end)}. "
            f"Ändra svarsalternativet, eller vidga skalan på rad {line}.",
            en=f"Item {name} allows {_plain(allowed, '.')}, but scale '{score.id}' {en} at {_plain(end, '.')}. "
            f"Change the option, or widen the scale on line {line}.",
        )


def _check_sum(score: Score, spans: Mapping[str, Span], place: Checked) -> None:
    least = sum((span[0] for span in spans.values()), Fraction(0))
    tops = [span[1] for span in spans.values()]
    if None in tops:
        return
    most = sum((top for top in tops if top is not None), Fraction(0))
    if (exact(score.low), exact(score.high)) != (least, most):
        can, now = (least, most), (exact(score.low), exact(score.high))
        right = f"[{_plain(least, '.')}, {_plain(most, '.')}]"
        _add(
            place,
            "INSTR-004",
            "range",
            sv=f"Frågorna ger {_from_to(can)}, men skalan ”{score.id}” är {_from_to(now)}. "
            f"Skriv range = {right}, eller rätta frågorna.",
            en=f"The items give {_from_to(can, '.')}, but scale '{score.id}' is {_from_to(now, '.')}. "
            f"Write range = {right}, or mend the items.",
        )


def span_of(item: Item) -> Span | None:
    """The least and the most that an answer counts as; None where it cannot be told."""
    if item.kind in MEASURED:
        return (exact(item.least or 0), None if item.most is None else exact(item.most))
    points = [points_of(option) for option in item.options if option.means is Means.VALUE]
    known = [point for point in points if point is not None]
    return (min(known), max(known)) if known and len(known) == len(points) else None


def _in_order(instrument: Instrument, names: set[str]) -> list[Item]:
    return [item for name, item in instrument.items.items() if name in names]


def _from_to(ends: tuple[Fraction, Fraction], point: str = ",") -> str:
    return f"{_plain(ends[0], point)}–{_plain(ends[1], point)}"


def _plain(number: Fraction, point: str = ",") -> str:
    """As it is written: 24,9 in a sentence, 24.9 in TOML."""
    return f"{float(number):.10g}".replace(".", point)


def _add(place: Checked, code: str, key: str, *, sv: str, en: str) -> None:
    place.add(code, key, sv=sv, en=en)

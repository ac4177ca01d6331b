"""Instruments made in Python, for tests that need one and no file.

`small()` is the manual's own instrument: two scales, a question with a condition, a mean. `scored()` has every kind of
item and most kinds of score, two perspectives, bands and change rules. `with_slots()` has words that the case decides.
"""

from dataclasses import replace
from datetime import date

from skillnad.instruments.asked import (
    Ages,
    Choice,
    Clause,
    Condition,
    Direction,
    Item,
    ItemKind,
    Means,
    Option,
    OptionSet,
    Perspective,
    Slot,
    Variant,
)
from skillnad.instruments.counted import Band, BandSet, ChangeRule, Score, Term
from skillnad.instruments.model import Instrument, Licence, Occasion, Rule, Share, VersionNote

OFTEN = OptionSet(
    "often",
    Direction.HIGH_IS_GOOD,
    (
        Option("1", "Aldrig", "Never"),
        Option("2", "Ibland", "Sometimes"),
        Option("3", "Ofta", "Often"),
        Option("4", "Alltid", "Always"),
        Option("9", "Vet inte", "Don't know", Means.DONT_KNOW),
    ),
)
AGREES = OptionSet(
    "agrees",
    Direction.HIGH_IS_BAD,
    (Option("0", "Nej", "No"), Option("1", "Delvis", "Partly"), Option("2", "Ja", "Yes")),
)
NOT_NUMBERS = (
    Option("X", "Inte besvarad", "Not answered", Means.MISSING),
    Option("N", "Inte tillämplig", "Not applicable", Means.NOT_APPLICABLE),
)
FREE = Licence("free", "Kommunen", texts=True, confirm=False)
CLIENT = Perspective("client", "Den boende", "The resident", "client")
STAFF = Perspective("staff", "Personalen", "The staff", "staff")
BASE = Variant("adult", "adult", "Grundform", "Base form", base=True)


def _named(*things):
    return {thing.id: thing for thing in things}


def scale(name: str, options: OptionSet = OFTEN, **more: object) -> Item:
    """An item with the options and direction of a set."""
    asked = {"label_sv": f"Om {name}", "label_en": f"On {name}", "text": f"Hur är det med {name}?", **more}
    return Item(
        name, ItemKind.SCALE, **asked, options=options.options, option_set=options.id, direction=options.direction
    )


def number(name: str, most: float | None = 10, **more: object) -> Item:
    asked = {"kind": ItemKind.NUMBER, "label_sv": f"Antal {name}", "label_en": f"Number of {name}", "least": 0, **more}
    return Item(name, most=most, text=f"Hur många {name}?", **asked)


def score(name: str, kind: str = "sum", **more: object) -> Score:
    """A score of 0–10 in whole steps, unless told otherwise."""
    counted = {"direction": Direction.HIGH_IS_BAD, "low": 0, "high": 10, "step": 1, "source": "Eget mått", **more}
    return Score(name, f"Poäng {name}", f"Score {name}", kind, **counted)


def bands(name: str, counted: str, *cuts: tuple[str, float, float], step: float = 1, **more: object) -> BandSet:
    made = tuple(Band(code, code, code, low, high) for code, low, high in cuts)
    return BandSet(name, counted, made, **{"norm_group": "Påhittad", "source": "Eget mått", "step": step, **more})


def _instrument(name: str, **more: object) -> Instrument:
    told = {
        "version": "2026.1",
        "kind": "local",
        "title_sv": name.capitalize(),
        "title_en": name.capitalize(),
        "purpose_sv": "För personalmötet.",
        "purpose_en": "For the staff meeting.",
        "answered_by": ("client",),
        "about": "intervention",
        "licence": FREE,
        "source": "Boendestödet, egna frågor",
        "perspectives": _named(CLIENT),
        "variants": _named(BASE),
        "occasions": (Occasion("month", "En gång i månaden", "Once a month", "during", every_days=30),),
        "versions": (VersionNote("2026.1", date(2026, 11, 1), "Första versionen"),),
        "local": True,
        "digest": f"made-{name}",
    }
    return Instrument(name, **{**told, **more})


def small() -> Instrument:
    """Three questions to a resident; the third only of who is unsafe; a mean of the first two."""
    unsafe = Condition(any=(Clause("day", frozenset("12")), Clause("night", frozenset("12"))))
    why = Item("why_not", ItemKind.TEXT, "Vad som saknas", "What is missing", text="Vad gör dig tryggare?", when=unsafe)
    safety = score("safety", "mean", items=("day", "night"), low=1, high=4, step=0.5, direction=Direction.HIGH_IS_GOOD)
    return _instrument(
        "trygghet",
        items=_named(scale("day", required=True), scale("night"), why),
        option_sets=_named(OFTEN),
        scores=_named(safety),
        shares=(Share("safe_by_day", "Trygga på dagen", "Safe by day", "day", frozenset("34")),),
    )


def scored() -> Instrument:
    """Every kind of item, and scores that build on each other: what a caseworker's form could be at its worst."""
    return _instrument(
        "samlat",
        answered_by=("client", "staff"),
        perspectives=_named(replace(CLIENT, ages=Ages(13)), STAFF),
        items=_named(*_scored_items()),
        option_sets=_named(AGREES, OFTEN),
        scores=_named(*_scored_scores()),
        band_sets=_scored_bands(),
        changes=_named(*_scored_changes()),
        shares=(Share("often_safe", "Ofta trygga", "Often safe", "safe", frozenset("34")),),
        rules=(Rule("within", "Delarna ryms i helheten", "Parts fit the whole", ("good_words", "bad_words"), "words"),),
    )


def _scored_items() -> tuple[Item, ...]:
    places = tuple(Option(code, code.upper(), code.upper()) for code in ("a", "b", "c"))
    none = Option("none", "Inget", "None", exclusive=True)
    asks = {"label_sv": "Om hjälpen", "label_en": "On the help", "text": "Vilken hjälp?"}
    helped = Condition(all=(Clause("help", not_in=frozenset({"none"})), Clause("p1", at_least=1)))
    line = {"kind": ItemKind.ANALOGUE, "decimals": 1, "direction": Direction.HIGH_IS_GOOD, "perspectives": ("client",)}
    return (
        *(scale(f"p{n}", AGREES) for n in range(1, 6)),
        scale("safe"),
        number("mood", **line),
        number("rest", **line),
        number("days", 30, options=NOT_NUMBERS, direction=Direction.HIGH_IS_BAD),
        number("money", None),
        number("words"),
        number("good_words"),
        number("bad_words"),
        Item("help", ItemKind.MULTIPLE, **asks, options=(*places, none)),
        scale("helped", AGREES, when=helped),
        Item("order", ItemKind.RANK, **asks, options=places),
        Item("place", ItemKind.SINGLE, **asks, options=places, perspectives=("staff",), required=True),
        Item("met", ItemKind.DATE, **asks),
        Item("minutes", ItemKind.DURATION, **asks, least=0, most=1440, unit_of_measure="minutes"),
        number("hours.mon.day", 24, decimals=1, matrix="hours"),
        number("hours.tue.day", 24, decimals=1, matrix="hours"),
        Item("said", ItemKind.TEXT, **asks),
    )


def _scored_scores() -> tuple[Score, ...]:
    parts = ("p1", "p2", "p3", "p4", "p5")
    good = Direction.HIGH_IS_GOOD
    terms = (Term("days", 60), Term("money", 20, ln=True))
    enough = Condition(all=(Clause("words", at_least=5),))
    none = Condition(all=(Clause("p1", frozenset("0")),))
    return (
        score("problems", items=parts, reverse=frozenset({"p5"}), missing="prorate", minimum=3, round="half_up"),
        score("line", items=("mood", "rest"), high=20, step=0.1, direction=good, perspectives=("client",)),
        score("hours", items=("hours.mon.day", "hours.tue.day"), high=48, step=0.1, missing="zero"),
        score("mean", "mean", items=parts, high=2, missing="known", minimum=2),
        score("yes", "count", items=parts, codes=frozenset("2"), high=5),
        score("share", "ratio", items=("good_words", "words"), factor=(85, 18), decimals=4, only_when=enough),
        score("gap", "difference", items=("good_words", "bad_words"), low=-10),
        score("burden", items=("p2", "p3"), missing="zero", needs=("p1",), zero_when=none),
        score("index", "weighted", terms=terms, constant=0.25, decimals=4, off=True, verified=False),
        score("both", scores=("problems", "yes"), high=15),
        score("known", "count_scores", scores=("problems", "line", "gap"), high=3, missing="known"),
        score("low", "count_scores", scores=("problems", "line", "gap"), high=3, at_most=4, missing="known", minimum=2),
    )


def _scored_bands() -> tuple[BandSet, ...]:
    cut = (("clinical", 0, 12.4), ("not_clinical", 12.5, 20))
    young = (("clinical", 0, 13.9), ("not_clinical", 14, 20))
    return (
        bands("three", "problems", ("normal", 0, 3), ("borderline", 4, 5), ("abnormal", 6, 10)),
        bands("adult", "line", *cut, step=0.1, ages=Ages(18), perspectives=("client",)),
        bands("young", "line", *young, step=0.1, ages=Ages(13, 17), perspectives=("client",), verified=False),
    )


def _scored_changes() -> tuple[ChangeRule, ...]:
    told = {"sv": "Förändring", "en": "Change", "source": "Eget mått"}
    cut = {"band_sets": ("adult", "young"), "clinical": frozenset({"clinical"})}
    return (
        ChangeRule("safe_change", kind="step", item="safe", **told),
        ChangeRule("problems_change", kind="step", score="problems", threshold=2, **told),
        ChangeRule("days_change", kind="step", item="days", same_rater=True, **told),
        ChangeRule("reliable", kind="reliable", score="line", reliable=5, verified=False, **cut, **told),
    )


def with_slots() -> Instrument:
    """Two questions whose words the case decides: since when (a point of reference) and what has changed."""
    since = Slot(
        "since",
        "påbörjades/senaste uppföljningen",
        "case.reference_point",
        "start",
        (
            Choice("start", "stödet påbörjades", "stödet påbörjades den {date}"),
            Choice("previous", "den senaste uppföljningen", "uppföljningen den {date}"),
        ),
        reference=True,
    )
    topic = Slot(
        "topic",
        "situation/problematik",
        "plan",
        "situation",
        (Choice("situation", "situation"), Choice("problem", "problematik")),
    )
    changed = scale(
        "changed",
        text="Hur har din {topic} förändrats sedan {since}?",
        standard="Hur har din situation/problematik förändrats sedan påbörjades/senaste uppföljningen?",
    )
    easy = Variant("easy", "easy_read", "Lättläst", "Easy to read", languages=("sv", "ar"))
    return _instrument(
        "forandring",
        items=_named(changed, scale("well", text="Hur mår du?", standard="Hur mår du?")),
        option_sets=_named(OFTEN),
        slots=_named(since, topic),
        variants=_named(BASE, easy),
    )

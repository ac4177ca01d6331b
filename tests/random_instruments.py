"""Random small instruments and sheets of answers, for two ways of counting that must agree."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st
from made_instruments import bands, number, scale, score, scored

from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Ages, Clause, Condition, Direction, Item, ItemKind, Means, Option, OptionSet
from skillnad.instruments.counted import Term
from skillnad.instruments.model import Instrument, Rule

MISSING_CODES = (Option("X", "X", "X", Means.MISSING), Option("N", "N", "N", Means.NOT_APPLICABLE))
UNKNOWN = Option("9", "Vet inte", "Don't know", Means.DONT_KNOW)
POINTS = st.one_of(st.none(), st.sampled_from([0, 1, -2, 0.5, 2.25, 7]))
CHOICES = tuple(Option(code, code, code) for code in "abc")
NOBODY = Option("d", "Vet inte", "Don't know", Means.DONT_KNOW, exclusive=True)


@st.composite
def _items(draw) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for place in range(draw(st.integers(2, 6))):
        more = {"when": draw(_conditions(found)), "required": draw(st.booleans())}
        more["perspectives"] = draw(st.sampled_from([(), (), ("client",), ("staff",)]))
        item = draw(_item(f"i{place}"))
        found[item.id] = replace(item, **more)
    return found


@st.composite
def _item(draw, name: str) -> Item:
    kind = draw(st.sampled_from(["scale", "scale", "scale", "number", "number", "multiple"]))
    if kind == "scale":
        options = tuple(Option(str(code), "a", "a", points=draw(POINTS)) for code in range(draw(st.integers(2, 5))))
        unknown = draw(st.sampled_from([(), (UNKNOWN,), MISSING_CODES]))
        return scale(name, OptionSet("any", Direction.HIGH_IS_BAD, options + unknown))
    if kind == "number":
        options = draw(st.sampled_from([(), MISSING_CODES]))
        most = draw(st.sampled_from([None, 10, 30]))
        return number(name, most, decimals=draw(st.integers(0, 2)), options=options)
    return Item(name, ItemKind.MULTIPLE, name, name, options=(*CHOICES, NOBODY))


@st.composite
def _conditions(draw, earlier: dict[str, Item]) -> Condition:
    if not earlier or draw(st.integers(0, 2)):
        return Condition()
    clauses = draw(st.lists(_clauses(earlier), min_size=1, max_size=2))
    return Condition(all=tuple(clauses)) if draw(st.booleans()) else Condition(any=tuple(clauses))


@st.composite
def _clauses(draw, earlier: dict[str, Item]) -> Clause:
    item = earlier[draw(st.sampled_from(sorted(earlier)))]
    codes = frozenset(option.code for option in item.options[:2])
    limit = draw(st.sampled_from([0, 1, 1.5, 4]))
    kinds = [Clause(item.id, at_least=limit), Clause(item.id, at_most=limit)]
    return draw(
        st.sampled_from([Clause(item.id, in_=codes), Clause(item.id, not_in=codes), *kinds] if codes else kinds)
    )


@st.composite
def instruments(draw) -> Instrument:
    """An instrument of a few items with conditions, two perspectives, and scores of every kind on them."""
    items = draw(_items())
    counted = [name for name, item in items.items() if item.kind is not ItemKind.MULTIPLE]
    numbers = [name for name, item in items.items() if item.kind is ItemKind.NUMBER]
    scores = {}
    for place in range(draw(st.integers(1, 4)) if len(counted) > 1 else 0):
        made = draw(_scores(f"s{place}", items, counted, tuple(scores)))
        scores[made.id] = made
    sets = draw(st.lists(_bands(tuple(scores)), max_size=2)) if scores else []
    rules = (Rule("within", "Ryms", "Fits", (numbers[0],), numbers[1]),) if len(numbers) > 1 else ()
    named = tuple(replace(each, id=f"b{place}") for place, each in enumerate(sets))
    return replace(scored(), items=items, scores=scores, band_sets=named, rules=rules, changes={}, shares=())


@st.composite
def _scores(draw, name: str, items: dict[str, Item], counted: list[str], earlier: tuple[str, ...]):
    kind = draw(st.sampled_from(["sum", "sum", "mean", "count", "difference", "ratio", "weighted", "count_scores"]))
    told = {
        "missing": draw(st.sampled_from(["refuse", "prorate", "zero", "known"])),
        "minimum": draw(st.integers(1, 3)),
        "needs": draw(st.sampled_from([(), (), tuple(items)[:1]])),
        "zero_when": draw(st.one_of(st.none(), _conditions(items))),
        "only_when": draw(st.one_of(st.none(), _conditions(items))),
        "perspectives": draw(st.sampled_from([(), (), ("staff",)])),
        **draw(st.sampled_from([{}, {"round": "half_up"}, {"decimals": 2}])),
    }
    return score(name, kind, **told, **draw(_made_of(kind, items, counted, earlier)))


@st.composite
def _made_of(draw, kind: str, items: dict[str, Item], counted: list[str], earlier: tuple[str, ...]) -> dict:
    two = st.lists(st.sampled_from(counted), min_size=2, max_size=2, unique=True).map(tuple)
    some = st.lists(st.sampled_from(counted), min_size=1, max_size=5, unique=True).map(tuple)
    if kind == "count_scores" or (kind in ("sum", "mean") and earlier and draw(st.booleans())):
        chosen = draw(st.lists(st.sampled_from(earlier), min_size=1, unique=True)) if earlier else ["absent"]
        return {"scores": tuple(chosen), "at_most": draw(st.sampled_from([None, 0, 2.5]))}
    if kind == "count":
        return {"items": tuple(items), "codes": frozenset({"0", "1", "9", "a"})}
    if kind in ("difference", "ratio"):
        return {"items": draw(two), "factor": draw(st.sampled_from([(1, 1), (85, 18)]))}
    if kind == "weighted":
        divides = st.sampled_from([1, -4, 2.5, 90, 0.1])
        terms = [Term(name, draw(divides), ln=draw(st.booleans())) for name in draw(some)]
        return {"terms": tuple(terms), "constant": draw(st.sampled_from([0, 1, 0.25]))}
    return {
        "items": (names := draw(some)),
        "reverse": _reversible(items, names) if draw(st.booleans()) else frozenset(),
    }


def _reversible(items: dict[str, Item], names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in names if items[name].kind is ItemKind.SCALE)


@st.composite
def _bands(draw, scores: tuple[str, ...]):
    cuts = sorted(draw(st.lists(st.integers(-4, 12), min_size=2, max_size=4, unique=True)))
    made = [(f"b{low}", low, high - 0.5) for low, high in pairwise(cuts)]
    ages = draw(st.sampled_from([None, Ages(18), Ages(0, 17)]))
    return bands("any", draw(st.sampled_from(scores)), *made, step=0.5, ages=ages)


@st.composite
def sheets(draw, instrument: Instrument, perspective: str) -> AnswerSheet:
    """Answers of which most are well given, and some are not."""
    answers = {}
    for name, item in instrument.items.items():
        if draw(st.integers(0, 4)):
            answers[name] = draw(_answers(item))
    age = draw(st.sampled_from([None, 12, 13, 17, 18, 40]))
    return AnswerSheet(instrument.id, instrument.version, perspective, answers, age=age)


def _answers(item: Item):
    codes = [option.code for option in item.options]
    if item.kind is ItemKind.MULTIPLE:
        return st.lists(st.sampled_from(codes), max_size=3, unique=True)
    given = [st.sampled_from(codes)] * 4 if codes else []
    if item.kind is ItemKind.NUMBER:
        steps = st.integers(0, 10 * 10**item.decimals)
        given += [steps.map(lambda step: round(step / 10**item.decimals, item.decimals))] * 4
    return st.one_of(*given, st.sampled_from(["", "7", 31.5, -1]))

"""How answers are counted, as the model has it: scores, bands, changes, shares, pairs and rules of one file."""

from typing import Final

from skillnad.instruments.counted import Band, BandSet, ChangeRule, Score, Term
from skillnad.instruments.keys import KEYS
from skillnad.instruments.model import Pair, Rule, Share
from skillnad.instruments.parsing_items import (
    ages_from,
    condition_from,
    identifier,
    named,
    needed_direction,
    needed_word,
)
from skillnad.lib.toml_files import Checked, tables
from skillnad.lib.toml_words import code_of, english

SCORES: Final = ("sum", "mean", "count", "count_scores", "difference", "ratio", "weighted")
MISSING: Final = ("refuse", "prorate", "zero", "known")
CHANGES: Final = ("step", "reliable")
ROUNDINGS: Final = ("half_up",)


def score_from(table: Checked) -> Score:
    """One `[[score]]`. `range` and `missing` are required, as whoever reads a score must know both."""
    name, sv, en = named(table)
    low, high = _range(table)
    return Score(
        id=name,
        sv=sv,
        en=en,
        kind=needed_word(table, "kind", SCORES),
        direction=needed_direction(table),
        low=low,
        high=high,
        step=float(table.get("step", 1)),
        source=table.required("source"),
        items=tuple(table.get("items", ())),
        scores=tuple(table.get("scores", ())),
        reverse=frozenset(table.get("reverse", ())),
        codes=frozenset(table.get("codes", ())),
        terms=tuple(map(_term_from, tables(table, "terms", KEYS["term"]))),
        constant=float(table.get("constant", 0)),
        factor=_factor(table),
        at_most=None if table.get("at_most") is None else float(table.get("at_most")),
        missing=needed_word(table, "missing", MISSING) or "refuse",
        minimum=table.get("minimum", 1),
        round=table.word("round", ROUNDINGS, ""),
        decimals=table.get("decimals", 0),
        perspectives=tuple(table.get("perspectives", ())),
        needs=tuple(table.get("needs", ())),
        zero_when=condition_from(table, "zero_when") if "zero_when" in table.data else None,
        only_when=condition_from(table, "only_when") if "only_when" in table.data else None,
        off=table.get("off", False),
        verified=table.get("verified", True),
    )


def band_set_from(table: Checked) -> BandSet:
    """One `[[band_set]]`: whose norms they are and who published them is never left out."""
    return BandSet(
        id=identifier(table),
        score=table.required("score"),
        bands=tuple(map(_band_from, tables(table, "bands", KEYS["band"]))),
        norm_group=table.required("norm_group"),
        source=table.required("source"),
        step=float(table.get("step", 1)),
        perspectives=tuple(table.get("perspectives", ())),
        ages=ages_from(table, "ages"),
        verified=table.get("verified", True),
    )


def change_from(table: Checked) -> ChangeRule:
    name, sv, en = named(table)
    return ChangeRule(
        id=name,
        sv=sv,
        en=en,
        kind=needed_word(table, "kind", CHANGES),
        source=table.required("source"),
        item=table.get("item", ""),
        score=table.get("score", ""),
        threshold=float(table.get("threshold", 0)),
        reliable=float(table.get("reliable", 0)),
        band_sets=tuple(table.get("band_set", ())),
        clinical=frozenset(table.get("clinical", ())),
        same_rater=table.get("same_rater", False),
        verified=table.get("verified", True),
    )


def share_from(table: Checked) -> Share:
    return Share(*named(table), item=table.required("item"), codes=frozenset(table.get("codes", ())))


def pair_from(table: Checked) -> Pair:
    return Pair(*named(table), first=table.required("first"), second=table.required("second"))


def rule_from(table: Checked) -> Rule:
    return Rule(*named(table), sum_of=tuple(table.get("sum_of", ())), at_most_item=table.required("at_most_item"))


def _band_from(table: Checked) -> Band:
    for key in ("from", "to"):
        if key not in table.data:
            table.missing(key, "0")
    sv, en = table.required("sv"), english(table)
    return Band(code_of(table), sv, en, float(table.get("from", 0)), float(table.get("to", 0)))


def _term_from(table: Checked) -> Term:
    if not table.get("divide"):
        table.missing("divide", "10")
    return Term(table.required("item"), float(table.get("divide", 1)), table.get("ln", False))


def _range(table: Checked) -> tuple[float, float]:
    if "range" not in table.data:
        table.missing("range", "[0, 40]")
    low, high = table.get("range", (0, 0))
    return float(low), float(high)


def _factor(table: Checked) -> tuple[int, int]:
    """Two whole numbers, a fraction: 85/18. A zero below the line would divide by nothing."""
    above, below = table.get("factor", (1, 1))
    if above != int(above) or below != int(below) or below == 0:
        table.add(
            "INSTR-003",
            "factor",
            sv="”factor” ska vara två heltal, täljare och nämnare, och nämnaren inte noll. Skriv till exempel "
            "factor = [85, 18].",
            en="'factor' must be two whole numbers, above and below the line, the second not zero. Write for example "
            "factor = [85, 18].",
        )
        return 1, 1
    return int(above), int(below)

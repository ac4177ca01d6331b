"""How answers are counted, written back as tables of definition.toml: the reverse of `instruments.parsing_scores`."""

from typing import Any, Final

from skillnad.exchange.forms.definition_words import ages_table, condition_table, filled
from skillnad.instruments.counted import Band, BandSet, ChangeRule, Score, Term
from skillnad.instruments.model import Pair, Rule

Table = dict[str, Any]

_LISTS: Final = ("items", "scores", "perspectives", "needs")


def score_table(score: Score) -> Table:
    lists = {key: list(getattr(score, key)) for key in _LISTS}
    sets = {"reverse": sorted(score.reverse), "codes": sorted(score.codes)}
    return {
        "id": score.id,
        "sv": score.sv,
        "en": score.en,
        "kind": score.kind,
        **filled(lists | sets),
        **filled({"terms": [_term_table(term) for term in score.terms], "constant": score.constant}),
        **({} if score.factor == (1, 1) else {"factor": list(score.factor)}),
        **({} if score.at_most is None else {"at_most": score.at_most}),
        "missing": score.missing,
        **({} if score.minimum == 1 else {"minimum": score.minimum}),
        **filled({"round": score.round, "decimals": score.decimals}),
        "range": [score.low, score.high],
        **({} if score.step == 1 else {"step": score.step}),
        "direction": str(score.direction),
        **_when(score),
        **filled({"off": score.off}),
        "source": score.source,
        **_verified(score.verified),
    }


def _when(score: Score) -> Table:
    conditions = {"zero_when": score.zero_when, "only_when": score.only_when}
    return {key: condition_table(condition) for key, condition in conditions.items() if condition is not None}


def _term_table(term: Term) -> Table:
    return {"item": term.item, "divide": term.divide, **filled({"ln": term.ln})}


def band_set_table(band_set: BandSet) -> Table:
    return {
        "id": band_set.id,
        "score": band_set.score,
        **filled({"perspectives": list(band_set.perspectives)}),
        **ages_table("ages", band_set.ages),
        "norm_group": band_set.norm_group,
        "source": band_set.source,
        **_verified(band_set.verified),
        **({} if band_set.step == 1 else {"step": band_set.step}),
        "bands": [_band_table(band) for band in band_set.bands],
    }


def _band_table(band: Band) -> Table:
    return {"code": band.code, "sv": band.sv, "en": band.en, "from": band.low, "to": band.high}


def change_table(rule: ChangeRule) -> Table:
    return {
        "id": rule.id,
        "sv": rule.sv,
        "en": rule.en,
        "kind": rule.kind,
        **filled({key: getattr(rule, key) for key in ("item", "score", "threshold", "reliable", "same_rater")}),
        **filled({"band_set": list(rule.band_sets), "clinical": sorted(rule.clinical)}),
        "source": rule.source,
        **_verified(rule.verified),
    }


def pair_table(pair: Pair) -> Table:
    return {"id": pair.id, "sv": pair.sv, "en": pair.en, "first": pair.first, "second": pair.second}


def rule_table(rule: Rule) -> Table:
    return {
        "id": rule.id,
        "sv": rule.sv,
        "en": rule.en,
        "sum_of": list(rule.sum_of),
        "at_most_item": rule.at_most_item,
    }


def _verified(verified: bool) -> Table:
    return {} if verified else {"verified": False}

"""Shares: denominators, what nobody knows, several values, and what follows from a gap."""

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import nonresponse_bounds
from skillnad.analysis.formulas.shares import cross_shares, known, outcome_share, share, steady_percent, total
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import number, percent, percents
from skillnad.analysis.questions import Percent
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES, Axis, Key, Level, LevelKind

_OUTCOME: dict[Key, int] = {(YES,): 30, (NO,): 50, (UNKNOWN_OUTCOME,): 15, (MISSING_LEVEL,): 5}
_SEX = Axis("legal_sex", "Kön", (Level("1", "Kvinna"), Level("2", "Man")))
_PROBLEM = Axis(
    "problem",
    "Problem",
    (Level("a", "Ekonomi"), Level("b", "Boende"), Level(MISSING_LEVEL, "Uppgift saknas", LevelKind.MISSING)),
    multiple=True,
)
_SEVERAL: dict[Key, int] = {
    **{("1", "a"): 40, ("1", "b"): 30, ("1", MISSING_LEVEL): 10, ("1", TOTAL): 60},
    **{("2", "a"): 20, ("2", "b"): 25, ("2", MISSING_LEVEL): 0, ("2", TOTAL): 40},
    **{(TOTAL, "a"): 60, (TOTAL, "b"): 55, (TOTAL, MISSING_LEVEL): 10, (TOTAL, TOTAL): 100},
}


def share_of_known() -> Figures:
    yes, no = _OUTCOME[(YES,)], _OUTCOME[(NO,)]
    return {
        "yes": str(yes),
        "no": str(no),
        "outside": str(sum(_OUTCOME.values()) - yes - no),
        "all": str(sum(_OUTCOME.values())),
        "known": str(yes + no),
        "share": percent(outcome_share(_OUTCOME, ())),
    }


def unknown() -> Figures:
    yes, answered, everyone = _OUTCOME[(YES,)], _OUTCOME[(YES,)] + _OUTCOME[(NO,)], sum(_OUTCOME.values())
    bounds = nonresponse_bounds(Counted(yes, answered), everyone)
    return {
        "share": percent(share(yes, answered)),
        "outside": str(everyone - answered),
        "bounds": "finns inte" if bounds is None else percents(bounds),
    }


def several_values() -> Figures:
    made = cross_shares(_SEVERAL, (_SEX, _PROBLEM), Percent.ROWS)
    first, second = made[("1", "a")] or 0.0, made[("1", "b")] or 0.0
    return {
        "women": str(_SEVERAL[("1", TOTAL)]),
        "missing": str(_SEVERAL[("1", MISSING_LEVEL)]),
        "known": str(total(_SEVERAL, known((_SEX, _PROBLEM), ("1", TOTAL), (1,)))),
        "economy": str(_SEVERAL[("1", "a")]),
        "housing": str(_SEVERAL[("1", "b")]),
        "economy_share": percent(first, 0),
        "housing_share": percent(second, 0),
        "together": percent(first + second, 0),
    }


def share_of_all() -> Figures:
    part, everyone = 120, 412
    likely = [share(part, everyone - outside) for outside in range(1, 5)]
    return {
        "part": str(part),
        "all": str(everyone),
        "share": percent(share(part, everyone)),
        "low": percent(min(one for one in likely if one is not None)),
        "high": percent(max(one for one in likely if one is not None)),
    }


def beside_gap() -> Figures:
    steady, moving = (100, 1001, 1013), (31, 61, 68)
    return {
        "part": number(steady[0], 0),
        "low": number(steady[1], 0),
        "high": number(steady[2], 0),
        "share": percent(steady_percent(*steady), 0),
        "other": number(moving[0], 0),
        "other_low": number(moving[1], 0),
        "other_high": number(moving[2], 0),
        "least": percent(share(moving[0], moving[2]), 0),
        "most": percent(share(moving[0], moving[1]), 0),
        "answer": "visas inte" if steady_percent(*moving) is None else "visas",
    }


def small_counts() -> Figures:
    return {"least": str(DEFAULT.threshold), "highest": str(DEFAULT.threshold - 1)}


def few_behind() -> Figures:
    return {
        "rows": str(DEFAULT.rows_for(0.5)),
        "quartile": str(DEFAULT.rows_for(0.25)),
        "p90": str(DEFAULT.rows_for(0.9)),
        "people": str(DEFAULT.sum_clients),
        "largest": percent(DEFAULT.largest_share, 0),
        "margin": percent(DEFAULT.sum_margin, 0),
    }


EXAMPLES = {
    "small-counts": small_counts,
    "derived": few_behind,
    "share": share_of_known,
    "unknown": unknown,
    "several-values": several_values,
    "share-of-all": share_of_all,
    "beside-gap": beside_gap,
}

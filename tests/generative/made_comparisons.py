"""Random registers large enough to compare, and random comparative questions of them, for Hypothesis."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from generative.made_questions import AXES, CODES, SEVERAL, durations, selections, shares
from hypothesis import strategies as st
from snapshots_made import Row

from skillnad.analysis.comparisons.questions import (
    REST,
    Chart,
    Comparison,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
)
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where

ONE_VALUE = ["unit", "legal_sex", "origin", "adherence_to_plan"]
MONTHS = ["month:start_date", "quarter:end_date", "year:decision_date"]
KNOWN = {"unit": ["A", "B"], "legal_sex": ["1"], "origin": ["1", "3"], "adherence_to_plan": ["1", "2"]}
HELD = KNOWN | {"problem": ["1", "35"], "language": ["sv", "ar"]}
FIRST, DAYS = date(2024, 1, 1), 720


def registers() -> st.SearchStrategy[list[Row]]:
    """Of 100 to 400 rows over two years, some codes more common than others; every third has not ended."""
    return st.builds(_register, st.integers(0, 2**32), st.sampled_from([100, 250, 400]))


def _register(seed: int, rows: int) -> list[Row]:
    chance = Random(seed)
    common = {name: [chance.random() ** 2 for _ in codes] for name, codes in CODES.items()}
    return [_row(chance, common) for _ in range(rows)]


def _row(chance: Random, common: dict[str, list[float]]) -> Row:
    start = FIRST + timedelta(chance.randrange(DAYS))
    ended = chance.random() < 2 / 3
    row = {name: chance.choices(codes, common[name])[0] for name, codes in CODES.items()}
    row |= {name: ";".join(code for code in codes if chance.random() < 0.4) for name, codes in SEVERAL.items()}
    row |= {"start_date": start, "end_date": start + timedelta(chance.randrange(120)) if ended else ""}
    return row | {"client": chance.randrange(1, 200), "amount": "", "decision_date": start}


def _selections(*, people: bool = False) -> st.SearchStrategy[Selection]:
    return st.one_of(st.just(Selection()), selections(people=people))


def _by(columns: list[str]) -> st.SearchStrategy[Share]:
    """A share by one of the columns."""
    return st.builds(
        lambda share, selection, column: Share(share.of, selection, (column,), share.outside),
        shares(),
        _selections(),
        st.sampled_from(columns),
    )


def _against(share: Share) -> st.SearchStrategy[str]:
    return st.sampled_from([REST, *(code for code in KNOWN.get(share.by[0], []))])


def comparisons() -> st.SearchStrategy[Comparison]:
    return _by(AXES).flatmap(lambda share: st.builds(Comparison, st.just(share), _against(share)))


def places() -> st.SearchStrategy[Ranking | Funnel]:
    return st.one_of(
        st.builds(Ranking, _by(ONE_VALUE), st.booleans()),
        st.builds(Funnel, _by(ONE_VALUE), st.sampled_from([None, 0.2, 0.5])),
    )


def courses() -> st.SearchStrategy[OverTime]:
    months = st.sampled_from(MONTHS).map(lambda column: (column,))
    counts = st.builds(Count, _selections(people=True), months)
    times = st.builds(
        lambda of, selection, by: Duration(of.start, of.end, selection, by), durations(), _selections(), months
    )
    of = st.one_of(counts, times, _by(MONTHS)).map(_of_its_own_date)
    return st.builds(OverTime, of, st.sampled_from(Chart), st.sampled_from([0, 12]))


def _of_its_own_date(of: Count | Share | Duration) -> Count | Share | Duration:
    """A period of another date than the followed one is refused."""
    if of.selection.period is None:
        return of
    return replace(of, selection=replace(of.selection, event=stored_behind(of.by[0])[0]))


def _held(column: str) -> st.SearchStrategy[Where]:
    codes = st.lists(st.sampled_from(HELD[column]), min_size=1, unique=True)
    return codes.map(lambda held: Where(column, tuple(held)))


def pairs() -> st.SearchStrategy[Paired]:
    two = st.permutations(ONE_VALUE).flatmap(
        lambda names: st.tuples(_held(names[0]), _held(names[1]), st.sampled_from([(), (names[2],), ("problem",)]))
    )
    return st.builds(lambda asked, selection: Paired(*asked[:2], selection, asked[2]), two, _selections())


def response_rates() -> st.SearchStrategy[ResponseRate]:
    asked = st.sampled_from(sorted(HELD)).flatmap(lambda column: st.one_of(st.just(Where(column, ())), _held(column)))
    by = st.sampled_from([(), ("unit",), ("month:start_date",)])
    return st.builds(
        lambda of, selection, by: ResponseRate(of.column, of.codes, selection, by), asked, selections(), by
    )


KINDS = {
    "comparisons": comparisons(),
    "places": places(),
    "courses": courses(),
    "pairs": pairs(),
    "response rates": response_rates(),
}
assert set(KNOWN) == set(CODES)

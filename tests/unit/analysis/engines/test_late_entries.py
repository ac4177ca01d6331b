"""How long what was ongoing in a period lasted: with those who could be seen, on every day, and as R has it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples
from r_figures import assert_same, r_figures
from snapshots_made import make_snapshot

from skillnad.analysis.engines import RowEngine
from skillnad.analysis.engines.bits import answers
from skillnad.analysis.engines.cells import Dimension, spread
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.lasting import Lasted, lasting
from skillnad.analysis.engines.lasting_rows import Stay
from skillnad.analysis.engines.lasting_rows import lasting as by_rows
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.formulas.survival import Curve, kaplan_meier, share_within, time_until
from skillnad.analysis.measures import fewest_within
from skillnad.analysis.questions import ONGOING, Duration, Selection
from skillnad.analysis.results import TOTAL, Axis, Level, LevelKind
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

REGISTERS = r_figures("late_entries")
YEAR = Period.parse("2025")
WENT_ON = Selection(period=YEAR, event=ONGOING)
QUANTILES = ("km_q1", "km_median", "km_q3", "km_p90")
UNIT = Axis("unit", "Enhet", (Level("A", "Norr"), Level("", "Uppgift saknas", LevelKind.MISSING)))
STAYS = st.lists(st.builds(Stay, st.integers(0, 20), st.booleans(), st.integers(0, 12)), min_size=1, max_size=40)


@pytest.fixture(params=[InMemoryEngine, DuckDBEngine], scope="module", ids=["in_memory", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[RowEngine]:
    engine = request.param()
    yield engine
    if isinstance(engine, DuckDBEngine):
        engine.close()


def rows_of(register: dict) -> list[dict[str, object]]:
    """R's days of the year as dates."""
    days = [
        tuple("" if day is None else YEAR.start + timedelta(day) for day in row)
        for row in zip(register["began"], register["over"], strict=True)
    ]
    return [{"start_date": start, "end_date": end} for start, end in days]


def table(engine: RowEngine, folder: Path, register: dict) -> dict[str, float | None]:
    question = Duration("start_date", "end_date", WENT_ON, within=tuple(register["limits"]))
    raw = engine.count(make_snapshot(folder, interventions=rows_of(register)), question)
    return {name: values[()] for name, values in raw.values.items()}


@pytest.mark.parametrize("name", REGISTERS)
def test_quantiles_and_shares_are_rs(engine: RowEngine, name: str, tmp_path: Path) -> None:
    right = REGISTERS[name]
    found = table(engine, tmp_path, right)
    assert_same([found[each] for each in QUANTILES], right["quantile"])
    assert_same([found[each.removeprefix("km_")] for each in QUANTILES], right["naive"])
    told = {f"within_{limit}": share for limit, share in zip(right["limits"], right["within"], strict=True)}
    shares = {each: share for each, share in told.items() if found[each] is not None}
    assert shares
    assert_same([found[each] for each in shares], list(shares.values()))


@pytest.mark.parametrize("name", REGISTERS)
def test_formula_has_rs_numbers_at_risk(name: str) -> None:
    """A late entry of the formulas is at risk from the day after, one of the engines on the day itself."""
    right = REGISTERS[name]
    last = [YEAR.days - 1 if over is None else over for over in right["over"]]
    days = [end - began for began, end in zip(right["began"], last, strict=True)]
    entry = [-began - 1 if began < 0 else None for began in right["began"]]
    made = from_rows(days, [over is not None for over in right["over"]], entry)
    assert (made.days.tolist(), made.at_risk.tolist()) == (right["day"], right["at_risk"])


def in_cells(stays: list[Stay], *limits: int, late: bool = True) -> dict[str, list[float | None]]:
    """Of the fast engines, in one cell that is a level and in the total."""
    signed = np.array([stay.days if stay.ended else -1 - stay.days for stay in stays])
    came = np.array([stay.late for stay in stays]) if late else None
    dimension = Dimension.of(UNIT, [(0,)])
    found = spread([dimension], [np.zeros(len(stays), np.int64)], len(stays))
    question = Duration("a", "b", WENT_ON if late else Selection(), within=limits)
    return lasting(question, found, Lasted.of(signed, np.ones(len(stays), np.int64), came))


@examples(200, 4_000)
@given(stays=STAYS, limits=st.lists(st.integers(0, 25), max_size=2, unique=True))
def test_fast_engines_have_the_exact_fractions(stays: list[Stay], limits: list[int]) -> None:
    right = by_rows(Duration("a", "b", WENT_ON, within=tuple(limits)), stays)
    found = in_cells(stays, *limits)
    assert found.keys() == right.keys()
    for name, value in right.items():
        assert (found[name][0], found[name][2]) == (pytest.approx(value, abs=1e-12), pytest.approx(value, abs=1e-12))


@examples(100, 2_000)
@given(stays=STAYS, limit=st.integers(0, 25))
def test_curve_is_the_formulas(stays: list[Stay], limit: int) -> None:
    seen = [stay for stay in stays if stay.late <= stay.days]
    entries = [stay.late - 1 if stay.late else None for stay in seen]
    curve = kaplan_meier(from_rows([stay.days for stay in seen], [stay.ended for stay in seen], entries))
    found = in_cells(stays, limit)
    if isinstance(curve, Curve):
        right = [time_until(curve, p) for p in (0.25, 0.5, 0.75, 0.9)], share_within(curve, limit)
        assert [found[each][0] for each in QUANTILES] == [getattr(each, "value", None) for each in right[0]]
        assert found[f"within_{limit}"][0] == pytest.approx(getattr(right[1], "value", None), abs=1e-12)
    else:
        assert {found[each][0] for each in (*QUANTILES, f"within_{limit}")} == {None}


@examples(100, 2_000)
@given(stays=STAYS, limit=st.integers(0, 25))
def test_with_no_late_entries_it_is_the_ordinary_curve(stays: list[Stay], limit: int) -> None:
    first = [Stay(stay.days, stay.ended) for stay in stays]
    late, ordinary = in_cells(first, limit), in_cells(first, limit, late=False)
    late.pop(fewest_within(limit))
    assert late == ordinary


def test_what_ended_before_it_could_be_seen_is_never_at_risk() -> None:
    """As where a case was decided before the year in which it was still open."""
    seen = [Stay(4, True), Stay(9, True), Stay(12, False)]
    hidden = [Stay(3, True, late=5), Stay(6, True, late=7)]
    found, alone = in_cells([*seen, *hidden]), in_cells(seen)
    assert [found[each] for each in QUANTILES] == [alone[each] for each in QUANTILES]
    assert found["median"][0] == 5


@pytest.mark.parametrize(
    ("stays", "limit", "fewest"),
    [
        ([Stay(9, True)] * 3, 5, 3),
        ([Stay(9, True, late=2)] * 3, 5, 0),  # nobody was seen on the first two days
        ([Stay(1, True), *[Stay(9, True, late=4)] * 8], 9, 0),  # from day 2 to day 3
        ([Stay(1, True), *[Stay(9, True, late=2)] * 8], 9, 1),
        (
            [*[Stay(3, True)] * 7, *[Stay(9, True, late=2)] * 6, Stay(30, True)],
            30,
            8,
        ),  # later ones have gone, as they do
    ],
)
def test_fewest_at_risk_are_those_of_the_early_days(stays: list[Stay], limit: int, fewest: int) -> None:
    question = Duration("a", "b", WENT_ON, within=(limit,))
    assert by_rows(question, stays)[fewest_within(limit)] == fewest
    assert in_cells(stays, limit)[fewest_within(limit)][0] == fewest


MIDDLE = 60


def test_median_of_the_ongoing_is_that_of_those_who_begin(tmp_path: Path) -> None:
    """A stream of rows, half of them gone after 60 days. Those of one year are a sample that the long ones stand more
    often in: without late entries the median is far too long."""
    chance = Random(SEED)
    began = [date(2023, 1, 1) + timedelta(chance.randrange(3 * 365)) for _ in range(6_000)]
    lasted = [round(chance.expovariate(np.log(2) / MIDDLE)) for _ in began]
    ended = [start + timedelta(days) for start, days in zip(began, lasted, strict=True)]
    rows = [
        {"start_date": start, "end_date": "" if end > date(2025, 12, 31) else end}
        for start, end in zip(began, ended, strict=True)
    ]
    period = Period.parse("2025-10-01..2025-12-31")
    question = Duration("start_date", "end_date", Selection(period=period, event=ONGOING))
    engine = DuckDBEngine()
    raw = engine.count(make_snapshot(tmp_path, interventions=rows), question)
    engine.close()
    touching = [days for start, end, days in zip(began, ended, lasted, strict=True) if end >= period.start > start]
    assert raw.values["km_median"][()] == pytest.approx(MIDDLE, rel=0.1)
    assert np.median(touching) > 1.4 * MIDDLE


def test_rows_chosen_by_a_day_that_all_pass_are_followed_from_the_first(tmp_path: Path) -> None:
    """Nobody ends before the decision: at risk from then alone, half would be gone in the time from it to the end."""
    chance = Random(SEED)
    waits = [(chance.randrange(60), round(chance.expovariate(0.1))) for _ in range(800)]
    began = [date(2025, 6, 1) - timedelta(wait) for wait, _ in waits]
    rows = [
        {"start_date": start, "decision_date": start + timedelta(wait), "end_date": start + timedelta(wait + rest)}
        for start, (wait, rest) in zip(began, waits, strict=True)
    ]
    question = Duration("start_date", "end_date", Selection(period=YEAR, event="decision_date"))
    engine = DuckDBEngine()
    values = engine.count(make_snapshot(tmp_path, interventions=rows), question).values
    engine.close()
    assert abs(values["km_median"][()] - np.median([sum(wait) for wait in waits])) <= 0.5
    assert np.median([rest for _, rest in waits]) < 10


def test_bits_leave_what_was_ongoing_to_another() -> None:
    assert not answers(Duration("start_date", "end_date", WENT_ON))
    assert answers(Duration("start_date", "end_date", Selection(period=YEAR, event="end_date")))


def test_rows_that_come_late_are_not_told_of_one_by_one(engine: RowEngine, tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path, interventions=rows_of(REGISTERS["by_hand"]))
    rows = engine.rows(snapshot, Duration("start_date", "end_date", WENT_ON))
    for told in (rows.lasting, lambda: rows.lasting_by(())):
        with pytest.raises(UserError) as refused:
            told()
        assert refused.value.problems[0].code == "ASK-080"


def test_total_is_of_all_and_each_unit_of_its_own(engine: RowEngine, tmp_path: Path) -> None:
    rows = [
        {"unit": unit, **row}
        for unit, name in (("A", "by_hand"), ("B", "ends_on_the_first_day"))
        for row in rows_of(REGISTERS[name])
    ]
    question = Duration("start_date", "end_date", WENT_ON, ("unit",))
    values = engine.count(make_snapshot(tmp_path, interventions=rows), question).values["km_median"]
    right = [REGISTERS[name]["quantile"][1] for name in ("by_hand", "ends_on_the_first_day")]
    assert [values["A",], values["B",]] == right
    assert values[TOTAL,] is not None

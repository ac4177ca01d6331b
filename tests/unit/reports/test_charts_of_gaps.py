"""A hidden number changes nothing in a picture: two registers that show the same table have the same picture, byte for
byte, from their rows through the door to the SVG. And where a number is hidden nothing is drawn but the symbol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from xml.etree import ElementTree

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import (
    Asked,
    Comparison,
    Funnel,
    OverTime,
    Ranking,
    ResponseRate,
)
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Percent, Selection, Share, Sum, Where
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports import charts
from skillnad.reports.numbers import GAP
from skillnad.reports.outline import Draw
from skillnad.reports.pictures import picture
from skillnad.reports.table_charts import svg_of

GROUP = "household_type"
EIGHT = "12345678"
MONTHS = [date(2025, month, 15) for month in range(1, 9)]
HALF = Selection(period=Period.through(date(2025, 1, 1), date(2025, 8, 31)))
GOALS = Where("rating", ("3",))
ROUND = [60, 70, 80, 30, 45, 44, 66, 52, 71, 70, 39, 90]
"""What is shown of the other groups."""
ENDS = (date(2025, 2, 1), date(2025, 3, 15))
FOUR_MONTHS = Period.through(date(2025, 1, 1), date(2025, 4, 30))


@dataclass(frozen=True)
class Twins:
    """Rows of each kind, as many as one register has and as many as the other."""

    columns: str
    kinds: Sequence[tuple[object, ...]]
    one: Sequence[int]
    other: Sequence[int]
    question: Asked
    population: str = "interventions"

    def tables(self, folder) -> tuple[ProtectedTable, ProtectedTable]:
        return self.table(folder / "one", self.one), self.table(folder / "other", self.other)

    def table(self, folder, counts: Sequence[int]) -> ProtectedTable:
        kinds = (kind for kind, times in zip(self.kinds, counts, strict=True) for _ in range(times))
        rows = [dict(zip(self.columns.split(), kind, strict=True)) for kind in kinds]
        return ask(make_snapshot(folder, **{self.population: rows}), self.question)


def shares(question: Asked, one: Sequence[int], other: Sequence[int]) -> Twins:
    """Groups by what they have: two small numbers, the rest of their groups, and the others."""
    kinds = list(product(EIGHT, ("3", "1")))
    return Twins(f"{GROUP} rating", kinds, [*one, *ROUND], [*other, *ROUND], question)


def crossed(question: Asked) -> Twins:
    rest = [60, 70, 80, 90, 44, 55, 66, 77, 88, 99]
    kinds = list(product(EIGHT[:7], "12"))
    return Twins(f"{GROUP} legal_sex", kinds, [3, 40, 2, 50, *rest], [2, 41, 3, 49, *rest], question)


BY_GROUP = Share(GOALS, by=(GROUP,))
TIMES = Duration("start_date", "end_date", by=(GROUP,))
LONG = [60, 40, 30, 70, 20, 30, 40, 50, 33, 44, 55, 66]
TWINS = {
    "bars": Twins(
        GROUP,
        [(code,) for code in EIGHT],
        [3, 2, 100, 50, 90, 95, 110, 120],
        [2, 3, 100, 50, 90, 95, 110, 120],
        Count(by=(GROUP,)),
    ),
    "months": Twins(
        "start_date",
        [(day,) for day in MONTHS],
        [3, 2, 100, 50, 90, 95, 110, 120],
        [2, 2, 100, 51, 90, 95, 110, 120],
        Count(HALF, ("month:start_date",)),
    ),
    "grouped bars of shares": crossed(CrossTable(GROUP, "legal_sex", percent=Percent.COLUMNS)),
    "grouped bars of counts": crossed(CrossTable(GROUP, "legal_sex")),
    "bars by group": crossed(CrossTable("legal_sex", GROUP, percent=Percent.COLUMNS)),
    "heat": Twins(
        f"origin {GROUP}",
        list(product("123", EIGHT[:5])),
        [3, 40, 30, 31, 32, 2, 50, 33, 34, 35, 60, 70, 36, 37, 38],
        [4, 40, 29, 31, 32, 1, 50, 34, 34, 35, 60, 70, 36, 37, 38],
        CrossTable("origin", GROUP),
    ),
    "bars of a share": shares(BY_GROUP, [3, 40, 2, 50], [2, 41, 3, 49]),
    "amounts": Twins(
        f"{GROUP} amount",
        list(product(EIGHT, (100, 200))),
        [2, 1, 1, 2, 30, 25, 40, 30, 20, 35, 30, 31, 32, 33, 34, 35],
        [3, 0, 0, 3, 30, 25, 40, 30, 20, 35, 30, 31, 32, 33, 34, 35],
        Sum("amount", Selection(Population.COSTS), (GROUP,)),
        "costs",
    ),
    "spans": Twins(
        f"{GROUP} start_date end_date",
        [(group, date(2025, 1, 1), end) for group, end in product(EIGHT, ENDS)],
        [2, 1, 1, 2, *LONG],
        [2, 1, 2, 1, *LONG],
        TIMES,
    ),
    "flow": Twins(
        "start_date end_date",
        list(
            product(
                (date(2024, 11, 15), date(2025, 1, 15), date(2025, 2, 15), date(2025, 3, 15)),
                (date(2025, 3, 20), date(2025, 4, 15), ""),
            )
        ),
        [20, 30, 5, 10, 12, 30, 1, 2, 1, 30, 3, 50],
        [20, 30, 5, 10, 12, 31, 1, 2, 0, 30, 3, 50],
        Flow(FOUR_MONTHS, monthly=True),
    ),
    "differences": shares(Comparison(BY_GROUP), [3, 40, 2, 50], [3, 39, 2, 51]),
    "places": shares(Ranking(BY_GROUP), [3, 40, 2, 50], [4, 40, 1, 50]),
    "funnel": shares(Funnel(BY_GROUP), [3, 40, 2, 50], [3, 41, 2, 49]),
    "course": Twins(
        "start_date rating",
        list(product(MONTHS, ("3", "1"))),
        [3, 40, 2, 50, *ROUND],
        [3, 41, 2, 49, *ROUND],
        OverTime(Share(GOALS, HALF, ("month:start_date",))),
    ),
    "rates": Twins(
        f"{GROUP} rating",
        list(product(EIGHT, ("3", ""))),
        [40, 3, 50, 2, *ROUND],
        [41, 2, 49, 3, *ROUND],
        ResponseRate("rating", (), Selection(), (GROUP,)),
    ),
    "differences of days": Twins(
        f"{GROUP} start_date end_date",
        [(group, date(2025, 1, 1), end) for group, end in product(EIGHT[:6], (date(2025, 1, 20), *ENDS))],
        [2, 1, 1, 1, 1, 2, 60, 40, 30, 30, 40, 20, 10, 30, 50, 33, 22, 44],
        [2, 1, 0, 1, 1, 3, 60, 40, 30, 30, 40, 20, 10, 30, 50, 33, 22, 44],
        Comparison(TIMES),
    ),
}
WITHOUT_THE_HIDDEN = {"funnel"}
"""Groups that are hidden have no place in it at all."""
SVG = "{http://www.w3.org/2000/svg}"
MARKS = {
    "bars": ("rect", 9 - 3),
    "months": ("rect", 8 - 3),
    "grouped bars of shares": ("rect", 16 - 6),
    "grouped bars of counts": ("rect", 16 - 6),
    "bars by group": ("rect", 14 - 6),
    "heat": ("rect", 24 - 6),
    "bars of a share": ("rect", 8 - 3),
    "amounts": ("rect", 8 - 2),
    "spans": ("rect", 2 * (9 - 2)),
    "flow": ("rect", 8 - 2),
    "differences": ("symbol", 8 - 3),
    "places": ("symbol", 8 - 3),
    "funnel": ("symbol", 8 - 3),
    "course": ("symbol", 8 - 3),
    "rates": ("symbol", 8 - 3),
    "differences of days": ("symbol", 6 - 2),
}
"""The marks that would be drawn, less those of gaps. Of a span there are two: the middle half and the median."""
OF_REPORTS: dict[str, tuple[str, Draw]] = {
    "in the codebook's order": ("bars", charts.bars(sort=False, counts=True)),
    "the most common": ("bars", charts.bars(counts=True)),
    "beside each other": ("bars", charts.paired_bars(("Före", "Efter"))),
    "by group": ("bars by group", charts.group_bars(("1",), "Andel")),
    "grid of columns": ("heat", charts.heat(along=0, counts=True)),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Both answers of each pair, asked once."""
    known: dict[str, tuple[ProtectedTable, ProtectedTable]] = {}

    def of(name: str) -> tuple[ProtectedTable, ProtectedTable]:
        if name not in known:
            known[name] = TWINS[name].tables(tmp_path_factory.mktemp("twins"))
        return known[name]

    return of


@pytest.mark.parametrize("name", TWINS)
def test_both_registers_show_the_same_table_and_have_other_numbers_behind_its_gaps(asked, name):
    one, other = asked(name)
    assert TWINS[name].one != TWINS[name].other
    assert one.cells == other.cells
    assert one.gaps


@pytest.mark.parametrize("name", TWINS)
def test_hidden_number_changes_no_byte_of_the_picture(asked, name):
    one, other = asked(name)
    assert svg_of(one).startswith("<svg")
    assert svg_of(one) == svg_of(other)


@pytest.mark.parametrize("name", sorted(TWINS.keys() - WITHOUT_THE_HIDDEN))
def test_hidden_number_is_the_symbol_of_a_gap(asked, name):
    assert f">{GAP}<" in svg_of(asked(name)[0])


@pytest.mark.parametrize(("name", "draw"), OF_REPORTS.values(), ids=OF_REPORTS)
def test_hidden_number_changes_no_byte_of_a_reports_picture(asked, name, draw):
    one, other = (draw((table, table) if "paired" in draw.__qualname__ else (table,)) for table in asked(name))
    assert f">{GAP}<" in picture(one, "x")
    assert picture(one, "x") == picture(other, "x")


@pytest.mark.parametrize("name", TWINS)
def test_shown_number_changes_the_picture(tmp_path, asked, name):
    twins = TWINS[name]
    more = twins.table(tmp_path / "more", [*twins.one[:-2], twins.one[-2] + 90, twins.one[-1]])
    assert svg_of(more) != svg_of(asked(name)[0])


@pytest.mark.parametrize(("name", "mark", "many"), [(name, *drawn) for name, drawn in MARKS.items()])
def test_hidden_number_has_no_mark(asked, name, mark, many):
    root = ElementTree.fromstring(svg_of(asked(name)[0]))
    of_layers = (each for each in root.iter(f"{SVG}g") if f"mark-{mark} role-mark layer" in each.get("class", ""))
    assert sum(len(each) for each in of_layers) == many

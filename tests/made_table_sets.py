"""Random tables to protect: two to four columns, groupings that may overlap, up to four fifths of the cells zero."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

POLICIES = (
    Policy(),
    Policy(attacker=Attacker.NOT_NEGATIVE),
    Policy(attacker=Attacker.PRIMARY_KNOWN),
    Policy(threshold=3),
    Policy(zeros_printed=False),
)
CONTRIBUTORS = Policy(contributors=True)
SHAPES = ((4, 4), (6, 3), (3, 3, 2), (2, 3, 4), (2, 2, 2, 3))


@st.composite
def table_sets(draw, shapes=SHAPES, groupings=2, name="t.csv"):
    """One table of inner cells; its first column has up to so many groupings of its codes, drawn one by one."""
    shape, seed = draw(st.sampled_from(shapes)), draw(st.integers(0, 10**6))
    zeros, mean = draw(st.floats(0, 0.8)), draw(st.sampled_from([2, 5, 12, 40]))
    kinds = draw(st.integers(0, groupings))
    random = np.random.default_rng(seed)
    counts = random.poisson(mean * random.exponential(1, shape)) * (random.random(shape) >= zeros)
    groups = [[f"g{kind}{random.integers(0, 2)}" for _ in range(shape[0])] for kind in range(kinds)]
    return made(counts, groups, name)


def made(counts, groups=(), name="t.csv"):
    """Columns a, b, …, and h0, h1 for the groups that each code of a lies in."""
    columns = (*"abcd"[: counts.ndim], *(f"h{kind}" for kind in range(len(groups))))
    told = {
        (
            *(f"{column}{code}" for column, code in zip("abcd", place, strict=False)),
            *(group[place[0]] for group in groups),
        ): int(counts[place])
        for place in product(*map(range, counts.shape))
    }
    table = GivenTable(name, Layout((*columns, "n"), "n"), told)
    return TableSet((table,), tuple(("a", f"h{kind}") for kind in range(len(groups))))


def over(told, columns, name):
    """Another table of the same people, by some of the columns."""
    (table,) = told.tables
    places = [table.columns.index(column) for column in columns]
    counts: dict[tuple[str, ...], int] = {}
    for values, count in table.counts.items():
        place = tuple(values[at] for at in places)
        counts[place] = counts.get(place, 0) + count
    kept = tuple(edge for edge in told.groupings if set(edge) <= set(columns))
    return TableSet((GivenTable(name, Layout((*columns, "n"), "n"), counts),), kept)

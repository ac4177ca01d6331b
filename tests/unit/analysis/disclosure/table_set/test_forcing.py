import pytest
from tables_from_files import tables_of

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.table_set.forcing import forced_cells
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.lib.errors import UserError

TOLD = publication_of(
    tables_of("muni region sex n / A 1 k 30 / A 1 m 20 / B 1 k 40", "age n / o 90", groupings=[("muni", "region")])
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"muni": "A", "sex": "m"}, ("muni=A", "sex=m")),
        ({"sex": "k"}, ("sex=k",)),
        ({"region": "1"}, ("Total",)),
        ({"age": "o"}, ("Total",)),
    ],
)
def test_cell_is_found_by_what_is_said_of_it(asked, name):
    assert forced_cells(TOLD, [asked], DEFAULT) == {name}


@pytest.mark.parametrize("asked", [{"muni": "Z"}, {"town": "A"}, {"sex": "k", "age": "o"}])
def test_cell_that_is_not_there_is_refused_by_its_name(asked):
    with pytest.raises(UserError, match="DISC-051") as refused:
        forced_cells(TOLD, [asked], DEFAULT)
    assert refused.value.problems[0].where == "--force " + ", ".join(f"{one}={other}" for one, other in asked.items())


def test_zero_cannot_be_hidden_where_zeros_are_printed():
    empty = {"muni": "B", "sex": "m"}
    with pytest.raises(UserError, match="zeros_printed = false"):
        forced_cells(TOLD, [empty], DEFAULT)
    assert forced_cells(TOLD, [empty], Policy(zeros_printed=False)) == {("muni=B", "sex=m")}

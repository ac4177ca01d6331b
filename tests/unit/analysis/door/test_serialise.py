import json
from math import inf

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask, restore
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Percent, Share, Sum, Where
from skillnad.analysis.serialise import GAP_NOTE, table_as_data
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

QUESTIONS = [
    Count(by=("unit",)),
    CrossTable("unit", "problem", percent=Percent.ROWS),
    Share(Where("legal_sex", ("1",)), by=("unit",)),
    Duration("start_date", "end_date", by=("unit",)),
    Flow(Period.year(2025), by=("unit",), monthly=True),
    Sum("amount", by=("unit",)),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [
        {
            "unit": "ABC"[n % 3],
            "legal_sex": ["1", "2", ""][n % 5 % 3],
            "problem": "1;2" if n % 4 else "3",
            "start_date": f"2025-0{1 + n % 8}-03",
            "end_date": f"2025-10-1{n % 9}" if n % 3 else "",
            "amount": 100 + n,
        }
        for n in range(90)
    ]
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), interventions=rows)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_table_comes_back_exactly_through_json(snapshot, question):
    table = ask(snapshot, question)
    again = restore(json.loads(json.dumps(table_as_data(table))))
    for part in ("question", "axes", "measures", "cells", "left_out", "provenance"):
        assert getattr(again, part) == getattr(table, part)


def test_data_says_what_a_gap_means(snapshot):
    assert ask(snapshot, QUESTIONS[0]).as_data()["gap"] == GAP_NOTE


@pytest.mark.parametrize("lost", ["question", "axes", "cells", "provenance", "format"])
def test_data_that_lacks_a_part_is_refused(snapshot, lost):
    data = ask(snapshot, QUESTIONS[0]).as_data()
    del data[lost]
    with pytest.raises(UserError, match="DISC-004"):
        restore(data)


def test_data_of_another_format_is_refused(snapshot):
    with pytest.raises(UserError, match="DISC-004"):
        restore(ask(snapshot, QUESTIONS[0]).as_data() | {"format": 99})


def test_infinite_end_is_a_text_that_strict_json_can_hold(tmp_path):
    data = table_as_data(ask(make_snapshot(tmp_path, interventions=[{"client": 1}] * 6), Count()))
    data["cells"]["count"][0]["value"] = "-inf"
    table = restore(data)
    assert table.value("count") == -inf
    assert json.loads(json.dumps(table_as_data(table), allow_nan=False)) == data


def test_text_in_a_cell_is_damage(tmp_path):
    data = table_as_data(ask(make_snapshot(tmp_path, interventions=[{"client": 1}] * 6), Count()))
    data["cells"]["count"][0]["value"] = "6"
    with pytest.raises(UserError, match="DISC-004"):
        restore(data)

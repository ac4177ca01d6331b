import io
import json

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from compared_tables import FOUR, compared, course
from made_tables import frequency

from skillnad.analysis.comparisons.questions import Chart
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow
from skillnad.analysis.results import TOTAL
from skillnad.codebook.periods import Period
from skillnad.exchange.results.frames import METADATA, as_parquet, to_frame


@pytest.fixture(scope="module")
def frame(table):
    return to_frame(table)


@pytest.fixture(scope="module")
def rows(frame):
    return {(row["unit"], row["legal_sex"]): row for row in frame.to_pylist()}


def test_frame_has_every_cell_of_the_table_once(table, frame, rows):
    assert frame.num_rows == len(rows) == len(table.cells["count"])
    shown = {key: row["count"] for key, row in rows.items()}
    assert shown == dict(table.cells["count"])


def test_frame_says_gap_where_a_number_is_protected_and_has_none(table, rows):
    hidden = {key for key, value in table.cells["count"].items() if value is None}
    assert ("B", "1") in hidden
    assert {key for key, row in rows.items() if row["count_status"] == "gap"} == hidden
    assert all(rows[key]["count"] is None for key in hidden)


def test_share_without_meaning_is_no_gap(rows):
    assert rows["A", ""]["share_status"] == "none"
    assert (rows["C", "1"]["share_status"], rows["C", "1"]["share"]) == ("shown", pytest.approx(28 / 55))


def test_frame_has_codes_labels_and_kinds(rows):
    row = rows["A", TOTAL]
    assert (row["unit_label"], row["unit_kind"]) == ("Norr", "value")
    assert (row["legal_sex_label"], row["legal_sex_kind"]) == ("Alla", "total")


def test_pandas_takes_the_frame_and_keeps_where_it_comes_from(table, frame):
    data = frame.to_pandas()
    inner = data[(data.unit_kind == "value") & (data.legal_sex_kind == "value")]
    assert len(inner) == 6
    assert data.attrs["ledger_key"] == table.provenance.ledger_key


@pytest.mark.parametrize(
    "take", [pl.from_arrow, pl.DataFrame, pd.DataFrame.from_arrow, pd.api.interchange.from_dataframe, nw.from_native]
)
def test_every_data_frame_library_takes_the_frame(frame, take):
    assert take(frame).shape == frame.shape


def test_narwhals_counts_the_frame_as_it_is(frame):
    inner = nw.from_native(frame).filter(nw.col("unit_kind") == "value", nw.col("legal_sex_kind") == "total")
    assert inner.select(nw.col("count").sum()).item() == 94


def test_counts_are_whole_numbers_and_shares_are_not(frame):
    assert frame.schema.field("count").type == pa.int64()
    assert frame.schema.field("share").type == pa.float64()


def test_metadata_of_the_frame_finds_the_answer_again(table, frame):
    told = json.loads(frame.schema.metadata[METADATA])
    assert told["snapshot"] == table.provenance.snapshot
    assert told["population"] == "interventions"
    assert frame.schema.field("legal_sex").metadata[b"label"] == b"legal_sex"


def test_overlapping_levels_say_that_they_do_not_add_up(snapshot):
    field = to_frame(ask(snapshot, CrossTable("problem", "legal_sex"))).schema.field("problem")
    assert b"multiple" in field.metadata


def test_table_without_axes_is_a_row(snapshot):
    assert to_frame(ask(snapshot, Count())).to_pylist() == [{"count": 94, "count_status": "shown"}]


def test_flow_has_its_own_levels(snapshot):
    codes = to_frame(ask(snapshot, Flow(Period.year(2025)))).column("flow").to_pylist()
    assert codes[:4] == ["ongoing_start", "new", "closed", "ongoing_end"]


def test_third_column_of_a_table_is_a_column_of_the_frame(snapshot):
    table = ask(snapshot, CrossTable("legal_sex", "unit", by=("origin",)))
    rows = {(row["legal_sex"], row["unit"], row["origin"]): row["count"] for row in to_frame(table).to_pylist()}
    assert rows == dict(table.cells["count"])


def test_every_measure_of_a_duration_has_its_column_and_status(snapshot):
    table = ask(snapshot, Duration("start_date", "end_date", within=(90,)))
    names = to_frame(table).column_names
    assert names == [name for measure in table.measures for name in (measure.id, f"{measure.id}_status")]
    assert {"count", "median"} <= set(names)


def test_column_called_as_a_measure_keeps_its_name_and_the_measure_gets_a_number():
    names = to_frame(frequency({"1": 20}, column="count")).column_names
    assert names == ["count", "count_label", "count_kind", "count_2", "count_status"]


def test_parquet_holds_the_frame_and_where_it_comes_from(table, frame):
    read = pq.read_table(io.BytesIO(as_parquet(table)))
    assert read.equals(frame)
    assert json.loads(read.schema.metadata[METADATA])["ledger_key"] == table.provenance.ledger_key


def test_verdict_stands_in_the_frame_as_number_and_words():
    rows = {row["legal_sex"]: row for row in to_frame(compared(FOUR)).to_pylist()}
    assert (rows["1"]["verdict"], rows["1"]["verdict_label"]) == (0, "skillnad visad")
    assert (rows["4"]["verdict"], rows["4"]["verdict_label"], rows["4"]["verdict_status"]) == (None, None, "gap")
    assert (rows[TOTAL]["verdict_label"], rows[TOTAL]["verdict_status"]) == (None, "none")


def test_frame_has_every_figure_of_a_comparison():
    table = compared(FOUR)
    frame = to_frame(table)
    assert {measure.id for measure in table.measures} <= set(frame.column_names)
    assert frame.schema.field("difference").metadata[b"kind"] == b"points"


def test_middle_of_a_course_of_counts_is_no_whole_number():
    table = course([30, 35] * 12, chart=Chart.CONTROL)
    frame = to_frame(table)
    assert frame.schema.field("value").type == pa.int64()
    assert frame.column("centre").to_pylist()[0] == 32.5

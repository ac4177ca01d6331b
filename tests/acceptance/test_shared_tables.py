"""The tables that others protect: every one of them goes through, adds up, and is safe for who reads it."""

import csv
import json

import pytest
from disclosure_tables import SHARED
from tables_from_files import inner_file, recounted

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release_folder import read_release, write_release
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.verify.verifying import verify

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")

NORWEGIAN = [("region", "fylke"), ("region", "kostragr")]
COUNTIES = [("region", "county"), ("region", "k_group")]
SERVICES = [("muni", "region"), ("service", "sgroup")]
TABLES = {
    # file: the column of counts, groupings, how many cells with all margins, how many sets of people
    "published/z1.csv": ("ant", [], 45, 45),
    "published/z2.csv": ("ant", NORWEGIAN, 100, 95),
    "published/d1.csv": ("freq", [], 45, 45),
    "published/d2.csv": ("freq", COUNTIES, 100, 95),
    "published/d2s.csv": ("freq", [("region", "county"), ("region", "size")], 60, 60),
    "published/example1.csv": ("freq", [("geo", "eu")], 72, 60),
    "published/gauss_doc_3x5.csv": ("values", [], 24, 24),
    "published/issue133_linked.csv": ("n", [("region", "county"), ("region", "group")], 11, 10),
    "published/issue135_singletons.csv": ("values", [], 18, 18),
    "published/sdctable_4x4_wb.csv": ("freq", [], 75, 75),
    "made/f2_20x12.csv": ("freq", [], 273, 273),
}
LARGE = {
    "made/f3_8x6x5.csv": ("freq", [], 378, 378),
    "made/h2_s.csv": ("freq", SERVICES, 464, 464),
    "made/h3_s.csv": ("freq", SERVICES, 1235, 1235),
    "published/z3.csv": ("ant", [*NORWEGIAN, ("mnd", "mnd2")], 1350, 1125),
    "published/sosialFiktiv.csv": ("ant", [*NORWEGIAN, ("mnd", "mnd2")], 14160, 11775),
}
SECONDS = 0.5


def told(file):
    count, groupings, *_ = (TABLES | LARGE)[file]
    return read_tables([SHARED / file], count, groupings)


@pytest.mark.parametrize("file", [*TABLES, *LARGE])
def test_same_people_are_counted_once(file):
    *_, cells, people = (TABLES | LARGE)[file]
    publication = publication_of(told(file))
    assert (publication.named[0].size, len(publication.told.cells)) == (cells, people)


@pytest.fixture(scope="module", params=TABLES)
def written(request, tmp_path_factory):
    tables = told(request.param)
    release = protect(tables, Policy(), seconds=SECONDS)
    out = tmp_path_factory.mktemp("out") / "release"
    write_release(release, out)
    return request.param, tables, out


def test_each_row_is_the_sum_of_its_inner_rows_or_a_gap(written):
    file, _, out = written
    count = TABLES[file][0]
    inner = inner_file(SHARED / file, count)
    with (out / file.partition("/")[2]).open(encoding="utf-8") as stream:
        rows = [*csv.DictReader(stream)]
    assert len(rows) == TABLES[file][2]
    for row in rows:
        shown = row.pop(count)
        assert shown in ("", str(recounted(inner, row)))
        assert shown not in {"1", "2", "3", "4"}


def test_report_finds_nothing_unmet(written):
    report = json.loads((written[2] / "report.json").read_text(encoding="utf-8"))
    assert report["unmet"] == []
    assert bool(report["primary"]) == (written[0] != "published/sdctable_4x4_wb.csv")
    assert report["bound"] <= report["cost"] + 1e-3


def test_what_was_written_is_safe(written):
    _, tables, out = written
    assert verify(read_release(out), Policy(), tables.tables) == []


def test_tables_with_margins_of_their_own_are_compared_with_them(tmp_path):
    """Every row of it is there, margins too."""
    with (SHARED / "published/checktauargus_ex1.csv").open(encoding="utf-8") as stream:
        rows = [(row["region"], row["gender"], row["freq"]) for row in csv.DictReader(stream)]
    file = tmp_path / "t.csv"
    file.write_text("region,gender,freq\n" + "".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    release = protect(read_tables([file], "freq"), Policy(), forced=[{"region": "A", "gender": "female"}])
    gaps = {row for row, count in release.tables[0].rows if count is None}
    assert gaps == {("A", "female"), ("A", "male"), ("C", "male"), ("C", "female")}

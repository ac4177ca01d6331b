import pytest

from skillnad.analysis.results import MeasureKind
from skillnad.lib.errors import UserError
from skillnad.reports.context import load_context, unplaced, with_context
from skillnad.reports.render.html import report_page

FIGURES = """kpi;municipality;period;gender;value
N1;0000;2022;T;80
N1;0000;2023;T;76
N1;0000;2023;K;75
N1;2281;2023;T;91
N2;0000;2023;T;34,5
"""
TOLD = """version = 1

[areas]
"0000" = "Riket"
"2281" = "Provköping"

[[series]]
title = "Utredningstid, medelvärde"
source = "Kolada, N1"
file = "figures.csv"
kpi = "N1"
unit = "dagar"
beside = "utredningstid"
note = "Barn och unga 0–20 år."
"""


@pytest.fixture
def told(tmp_path):
    def write(text=TOLD, figures=FIGURES):
        (tmp_path / "figures.csv").write_text(figures, encoding="utf-8")
        file = tmp_path / "sammanhang.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def _answer(report, series):
    item = next(item for item in with_context(report, series).items if item.item.id == "utredningstid")
    return item.answers[-1]


def test_series_stands_last_at_its_question(report, told):
    answer = _answer(report, load_context(told()))
    assert answer.view.caption == "Öppen statistik: Utredningstid, medelvärde, dagar"
    assert [heading.label for heading in answer.view.headings] == ["2022", "2023"]


def test_rows_are_areas_and_sexes_that_have_figures(report, told):
    view = _answer(report, load_context(told())).view
    found = {
        (group.label, row.label): [cell.value for cell in row.cells] for group in view.groups for row in group.rows
    }
    assert found == {
        ("Riket", "Alla"): [80.0, 76.0],
        ("Riket", "Kvinnor"): [None, 75.0],
        ("Provköping", "Alla"): [None, 91.0],
    }


def test_figure_that_is_not_published_is_blank_and_not_hidden(report, told):
    assert not _answer(report, load_context(told())).view.has_gaps


def test_latest_period_is_told_in_words(report, told):
    (sentence,) = _answer(report, load_context(told())).sentences
    assert "2023): Riket 76, Provköping 91 dagar." in sentence


def test_source_and_caution_are_told(report, told):
    answer = _answer(report, load_context(told()))
    assert "Kolada, N1" in answer.basis
    assert answer.counted.startswith("Barn och unga 0–20 år.")
    assert "kan skilja sig" in answer.counted


def test_page_says_that_the_figures_are_not_its_own(report, told):
    page = report_page(with_context(report, load_context(told())))
    assert "Källa: Kolada, N1. Öppen statistik, inte kommunens egna uppgifter" in page


def test_per_cent_is_shown_as_a_share(report, told):
    text = TOLD.replace('kpi = "N1"', 'kpi = "N2"').replace('"dagar"', '"procent"')
    cell = next(_answer(report, load_context(told(text))).view.rows).cells[0]
    assert (cell.kind, cell.value) == (MeasureKind.SHARE, 0.345)


def test_only_named_areas_are_kept(report, told):
    text = TOLD.replace('"2281" = "Provköping"\n', "")
    labels = [group.label for group in _answer(report, load_context(told(text))).view.groups]
    assert labels == ["Riket"]


def test_periods_are_the_latest(report, told):
    view = _answer(report, load_context(told(TOLD + "periods = 1\n"))).view
    assert [heading.label for heading in view.headings] == ["2023"]


def test_series_of_no_question_is_named(report, told):
    series = load_context(told(TOLD.replace('"utredningstid"', '"finns-inte"')))
    assert unplaced(report, series) == ("Utredningstid, medelvärde",)
    assert with_context(report, series) == report


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("version = 1", "version = 2"), "REP-020"),
        (('unit = "dagar"', 'unit = "veckor"'), "REP-020"),
        (('beside = "utredningstid"', ""), "REP-020"),
        (("note =", "notes ="), "REP-020"),
        (('file = "figures.csv"', 'file = "other.csv"'), "REP-021"),
        (('kpi = "N1"', 'kpi = "N9"'), "REP-021"),
        (("[[series]]", "[series]"), "REP-020"),
        (("version", "= version"), "REP-020"),
    ],
)
def test_file_that_says_something_else_is_refused(told, change, code):
    with pytest.raises(UserError) as refused:
        load_context(told(TOLD.replace(*change, 1)))
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("named", ["../figures.csv", "under/../../figures.csv", "/etc/hostname"])
def test_file_outside_the_folder_is_refused(told, tmp_path, named):
    file = told()
    home = tmp_path / "hem"
    home.mkdir()
    moved = home / file.name
    moved.write_text(TOLD.replace("figures.csv", named), encoding="utf-8")
    with pytest.raises(UserError, match=r"series 1: file.*samma mapp") as refused:
        load_context(moved)
    assert refused.value.problems[0].code == "REP-020"


def test_link_that_leads_out_of_the_folder_is_refused(told, tmp_path):
    home = tmp_path / "hem"
    home.mkdir()
    (home / "figures.csv").symlink_to(told().parent / "figures.csv")
    (home / "sammanhang.toml").write_text(TOLD, encoding="utf-8")
    with pytest.raises(UserError, match="samma mapp"):
        load_context(home / "sammanhang.toml")


def test_file_in_a_folder_below_is_read(told, tmp_path):
    file = told(TOLD.replace("figures.csv", "kolada/figures.csv"))
    (tmp_path / "kolada").mkdir()
    (tmp_path / "figures.csv").rename(tmp_path / "kolada" / "figures.csv")
    assert [figure.value for figure in load_context(file)[0].figures] == [80.0, 76.0, 75.0, 91.0]

"""A mapping file: what it means, and what is said of one that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.lib.errors import Problem, UserError
from skillnad.register.imports.fields import Record
from skillnad.register.imports.mapping import ExtractMapping, Unknown
from skillnad.register.imports.mapping_reading import load_mapping, parse_mapping

CODEBOOK = load_codebook()
START = """[mapping]
name = "ifo"
title = "IFO"
[[file]]
match = "insatser*.csv"
[file.keys]
client = "Klient"
case = "Arende"
intervention = ["Arende", "Nr"]
[file.columns]
"""


def parsed(columns: str = "", start: str = START) -> ExtractMapping:
    return parse_mapping(start + columns, CODEBOOK, "M.toml")


def problems(columns: str = "", start: str = START) -> list[Problem]:
    with pytest.raises(UserError) as raised:
        parsed(columns, start)
    return list(raised.value.problems)


def test_heading_alone_is_a_source() -> None:
    (source,) = parsed('start_date = "Start"').files[0].sources
    assert (source.column, source.field.column, source.unknown) == ("Start", "intervention.start_date", Unknown.REFUSE)


def test_keys_are_of_one_or_several_columns() -> None:
    keys = parsed().files[0].keys
    assert keys[Record.CASE].columns == ("Arende",)
    assert keys[Record.INTERVENTION].columns == ("Arende", "Nr")


def test_variable_of_two_records_goes_to_the_lower() -> None:
    (source,) = parsed('decision_date = "Beslut"').files[0].sources
    assert source.field.record is Record.INTERVENTION


@pytest.mark.parametrize("name", ['"case.decision_date"', "case.decision_date"])
def test_variable_of_two_records_can_be_told_where(name: str) -> None:
    (source,) = parsed(f'{name} = "Beslut"').files[0].sources
    assert source.field.record is Record.CASE


def test_codes_are_compared_without_case_and_blanks() -> None:
    (source,) = parsed('intervention_type = { column = "T", codes = { " Familje  HEM" = "10" } }').files[0].sources
    assert source.codes == {"familje hem": ("10",)}


def test_where_has_its_values_folded() -> None:
    text = START + '[file.where]\ncolumn = "Lagrum"\nnone = ["LSS "]\n'
    (where,) = parsed(start=text).files[0].where
    assert (where.column, where.values, where.wanted) == ("Lagrum", frozenset({"lss"}), False)


@pytest.mark.parametrize(
    ("columns", "code", "line", "hint"),
    [
        ('startdate = "S"', "MAP-003", 11, "start_date"),
        ('start_date = { colum = "S" }', "MAP-002", 11, "column"),
        ('start_date = { column = "S", date = "DD/MM/ÅÅÅÅ" }', "MAP-002", 11, "DD/MM/YYYY"),
        ('origin = { column = "U", codes = { A = "9" } }', "MAP-004", 11, "1, 2, 3, 4, 5"),
        ('origin = { column = "U", codes = { A = ["1", "2"] } }', "MAP-006", 11, "ett värde"),
        ('origin = { column = "U", unknown = "gissa" }', "MAP-002", 11, "unknown"),
        ('origin = { column = "U", value = "1" }', "MAP-006", 11, "en av"),
        ("origin = 3", "MAP-006", 11, "rubrik"),
        ("intake_date = { from_identity = true }", "MAP-006", 11, "birth_date"),
        ('goal_attainment = "M"', "MAP-005", 11, "follow_up"),
        ('age = "Ålder"', "MAP-003", 11, "birth_date"),
        ('identity_number = "Pnr"', "MAP-003", 11, "identity = true"),
    ],
)
def test_fault_in_a_column_says_line_and_remedy(columns: str, code: str, line: int, hint: str) -> None:
    (problem,) = problems(columns)
    assert (problem.code, problem.where) == (code, f"M.toml, rad {line}")
    assert hint in problem.sv


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('name = "ifo"', 'name = "IFO barn"', "MAP-006", "M.toml, rad 2"),
        ("[file.keys]", "[file.nycklar]", "MAP-002", "M.toml, rad 6"),
        ('case = "Arende"', 'caes = "Arende"', "MAP-002", "M.toml, rad 8"),
        ('client = "Klient"\n', "", "MAP-005", "M.toml, rad 7"),
        ('match = "insatser*.csv"', 'match = "insatser*.csv"\nencoding = "latin1"', "MAP-002", "M.toml, rad 6"),
        ('match = "insatser*.csv"', "match = 3", "MAP-006", "M.toml, rad 5"),
        ('match = "insatser*.csv"', 'match = "i.csv"\nlatest_date = "2030-12-31"', "MAP-006", "M.toml, rad 6"),
        ("[[file]]", "[[file]", "MAP-001", "M.toml, rad 4"),
    ],
)
def test_fault_outside_the_columns_says_line(old: str, new: str, code: str, where: str) -> None:
    problem = problems(start=START.replace(old, new))[0]
    assert (problem.code, problem.where) == (code, where)


@pytest.mark.parametrize("given", ["2030-12-31", "2030-12-31T08:00:00"])
def test_latest_day_of_a_file_is_a_date(given: str) -> None:
    start = START.replace('match = "insatser*.csv"', f'match = "insatser*.csv"\nlatest_date = {given}')
    assert parsed(start=start).files[0].latest_date == date(2030, 12, 31)
    assert parsed().files[0].latest_date is None


def test_all_faults_are_told_at_once() -> None:
    assert len(problems('startdate = "S"\nslutdatum = "T"\n')) == 2


def test_record_needs_the_one_above_in_some_file() -> None:
    start = START.replace('case = "Arende"\n', "")
    assert [problem.code for problem in problems(start=start)] == ["MAP-005"]


def test_mapping_may_only_add_to_what_the_register_has() -> None:
    start = START.replace('client = "Klient"\ncase = "Arende"\n', "")
    assert not parsed('end_date = "Slut"', start).files[0].creates(Record.INTERVENTION)


MORE = '[[file]]\nmatch = "mer.csv"\n[file.keys]\ncase = "Arende"\nintervention = ["Arende", "Nr"]\n'


@pytest.mark.parametrize(
    ("record", "columns", "lacking"),
    [
        ("review", "", "review.due_date eller review.held_date"),
        ("cost", 'from_date = "Fran"\n', "cost.from_date, cost.amount"),
    ],
)
def test_record_needs_what_it_cannot_be_stored_without(record: str, columns: str, lacking: str) -> None:
    (problem,) = problems(f'{MORE}{record} = "Id"\n[file.columns]\n{columns}')
    assert (problem.code, problem.where) == ("MAP-006", "M.toml, rad 16")
    assert lacking in problem.sv


@pytest.mark.parametrize("columns", ['due_date = "S"', 'held_date = "H"', 'due_date = "S"\nheld_date = "H"'])
def test_review_has_one_date_or_the_other(columns: str) -> None:
    assert parsed(f'{MORE}review = "Id"\n[file.columns]\n{columns}\n').files[1].creates(Record.REVIEW)


@pytest.mark.parametrize("upper", ['case = "Arende"', 'intervention = "Insats"'])
def test_review_is_of_a_case_or_of_an_intervention(upper: str) -> None:
    more = f'[[file]]\nmatch = "mer.csv"\n[file.keys]\n{upper}\nreview = "Id"\n[file.columns]\nheld_date = "H"\n'
    assert parsed(more).files[1].creates(Record.REVIEW)


OLD_SERIES = """
[[variable]]
id = "{id}"
kind = "single"
entity = "intervention"
step = "follow_up"
sv = "Gammal serie"
maps_to = "closing_reason"
values = [{{ code = "A", sv = "A" }}]
mapping = {{ A = "1" }}
"""


@pytest.fixture
def two_series(tmp_path: Path) -> Codebook:
    (tmp_path / "egen.toml").write_text("".join(OLD_SERIES.format(id=name) for name in ("old", "older")))
    return load_codebook(tmp_path)


def test_two_old_series_of_one_standard_variable_are_refused(two_series: Codebook) -> None:
    with pytest.raises(UserError) as raised:
        parse_mapping(START + 'old = "A"\nolder = "B"\n', two_series, "M.toml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("MAP-008", "M.toml, rad 12")
    assert "closing_reason" in problem.sv


def test_two_old_series_beside_the_given_standard_are_read(two_series: Codebook) -> None:
    columns = 'old = "A"\nolder = "B"\nclosing_reason = "C"\n'
    assert len(parse_mapping(START + columns, two_series, "M.toml").files[0].sources) == 3


def test_two_old_series_in_two_files_are_read(two_series: Codebook) -> None:
    more = '[[file]]\nmatch = "mer.csv"\n[file.keys]\nintervention = "Nr"\n[file.columns]\nolder = "B"\n'
    assert len(parse_mapping(START + 'old = "A"\n' + more, two_series, "M.toml").files) == 2


def test_file_that_only_adds_to_cases_needs_no_client() -> None:
    more = '[[file]]\nmatch = "arenden.csv"\n[file.keys]\ncase = "Nr"\n[file.columns]\nclosed_date = "Slut"\n'
    assert not parsed(more).files[1].creates(Record.CASE)


def test_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="mapping suggest"):
        load_mapping(tmp_path / "M.toml", CODEBOOK)


def test_mapping_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "M.toml").write_bytes(START.replace("IFO", "Ärende").encode("cp1252"))
    with pytest.raises(UserError, match="UTF-8"):
        load_mapping(tmp_path / "M.toml", CODEBOOK)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("insatser-2025.csv", True),
        ("INSATSER.CSV", True),
        ("arenden.csv", False),
        ("avvisade-insatser-2025.csv", True),
        ("avvisade-insatser-2.csv", True),
        ("avvisade-arenden.csv", False),
    ],
)
def test_pattern_takes_files_and_their_rejected_rows(name: str, taken: bool) -> None:
    assert parsed().files[0].takes(name) == taken


def test_rejected_rows_of_an_unvarying_name_are_known_by_number() -> None:
    spec = parsed(start=START.replace("insatser*", "insatser")).files[0]
    assert spec.takes("avvisade-insatser-3.csv")


def test_rejected_rows_of_a_workbook_go_to_their_sheet() -> None:
    start = START.replace('match = "insatser*.csv"', 'match = "bok.xlsx"\nsheet = "Insatser"')
    spec = parsed(start=start).files[0]
    assert (spec.takes("avvisade-bok.Insatser.csv"), spec.takes("avvisade-bok.Annat.csv")) == (True, False)

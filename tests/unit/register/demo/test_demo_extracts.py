"""Three deliveries: the same bytes for the same seed, read by their mappings, and wrong no more often than they say."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import load_workbook

from skillnad.codebook.loading import load_codebook
from skillnad.register.demo import lifecare, omsorg, procapita
from skillnad.register.demo.extracts import Extract, codebook_folder, mapping_file, write_extracts
from skillnad.register.demo.generate import make_municipality
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import Client, Municipality
from skillnad.register.demo.places import PROVIDERS, UNITS
from skillnad.register.demo.profiles import Group, load_profiles
from skillnad.register.imports.mapping import ExtractMapping, folded
from skillnad.register.imports.mapping_reading import load_mapping

TOWN = make_municipality(600, 11)
SYSTEMS = ("lifecare", "procapita", "omsorg")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("underlag")


@pytest.fixture(scope="module")
def extracts(folder: Path) -> dict[str, Extract]:
    return {extract.system: extract for extract in write_extracts(TOWN, folder)}


def read(path: Path, encoding: str, separator: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding=encoding)), delimiter=separator))


def mapping(system: str) -> ExtractMapping:
    return load_mapping(mapping_file(system), load_codebook(codebook_folder()))


def headings(path: Path) -> Iterator[str]:
    if path.suffix == ".xlsx":
        for sheet in load_workbook(path, read_only=True):
            yield from (str(cell) for cell in next(sheet.iter_rows(values_only=True)))
    else:
        encoding = {"lifecare": "utf-8-sig", "procapita": "cp1252", "omsorg": "cp850"}[path.parent.name]
        yield from re.split("[;\t]", path.read_text(encoding=encoding).splitlines()[0])


def digests(files: Iterator[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def test_extracts_of_the_same_municipality_have_the_same_bytes(extracts: dict[str, Extract], tmp_path: Path) -> None:
    again = write_extracts(TOWN, tmp_path)
    for extract in again:
        assert digests(iter(extract.files)) == digests(iter(extracts[extract.system].files))


def test_extracts_of_another_seed_differ(extracts: dict[str, Extract], tmp_path: Path) -> None:
    other = write_extracts(make_municipality(60, 12), tmp_path)
    assert digests(iter(other[0].files)) != digests(iter(extracts["lifecare"].files))


def test_lists_that_nothing_stands_in_are_not_delivered(tmp_path: Path) -> None:
    nobody = Municipality(1, UNITS, PROVIDERS, (), (), (), (), (), ())
    deliveries = {extract.system: [path.name for path in extract.files] for extract in write_extracts(nobody, tmp_path)}
    assert deliveries == {"lifecare": [], "procapita": [], "omsorg": ["omsorg.xlsx", "uppfoljning.txt"]}


def test_extracts_of_an_earlier_municipality_are_removed(tmp_path: Path) -> None:
    (tmp_path / "lifecare").mkdir()
    (tmp_path / "lifecare" / "Gammal.csv").write_text("x")
    write_extracts(make_municipality(50, 1), tmp_path)
    assert not (tmp_path / "lifecare" / "Gammal.csv").exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_mapping_takes_every_file(system: str, extracts: dict[str, Extract]) -> None:
    specs = mapping(system).files
    for path in extracts[system].files:
        assert any(spec.takes(path.name) for spec in specs), path.name
    assert all(any(spec.takes(path.name) for path in extracts[system].files) for spec in specs)


@pytest.mark.parametrize("system", SYSTEMS)
def test_mapping_names_only_columns_that_are_there(system: str, extracts: dict[str, Extract]) -> None:
    for spec in mapping(system).files:
        path = next(path for path in extracts[system].files if spec.takes(path.name))
        assert set(spec.columns) <= set(headings(path))


WORDS = {
    "lifecare": {
        "intake_reason": lifecare.REASONS,
        "problem": lifecare.REASONS,
        "intervention_type": lifecare.SERVICES,
        "origin": lifecare.ORIGINS,
        "household_type": lifecare.HOUSEHOLDS,
        "previous_contact": lifecare.CONTACT,
        "collaboration": lifecare.COLLABORATION,
        "coordinated_plan": lifecare.PLANS,
        "parallel_interventions": lifecare.PARALLEL,
        "goal_attainment": lifecare.GOALS,
        "closing_reason": lifecare.CLOSING,
    },
    "procapita": {
        "legal_sex": procapita.SEX,
        "origin": procapita.ORIGINS,
        "intake_reason": procapita.PROBLEMS,
        "problem": procapita.PROBLEMS,
        "intervention_type": procapita.INTERVENTIONS,
        "previous_contact": procapita.CONTACT,
        "collaboration": procapita.COLLABORATION,
        "coordinated_plan": procapita.PLANS,
        "parallel_interventions": procapita.PARALLEL,
        "goal_attainment": procapita.GOALS,
        "adherence_to_plan": procapita.ADHERENCE,
        "closing_reason": procapita.CLOSING,
    },
    "omsorg": {"legal_sex": omsorg.SEX, "intervention_type": omsorg.INTERVENTIONS},
}


@pytest.mark.parametrize(("system", "variable"), [(s, v) for s, words in WORDS.items() for v in words])
def test_mapping_reads_each_word_as_the_code_it_was_written_for(system: str, variable: str) -> None:
    wanted = {folded(word): (code,) for code, word in WORDS[system][variable].items()}
    sources = [source for spec in mapping(system).files for source in spec.sources if source.field.id == variable]
    assert sources
    assert all(source.codes == wanted for source in sources)


@pytest.mark.parametrize(
    ("variable", "prefix", "names"),
    [
        ("intake_reason", "Sökt", omsorg.NEEDS),
        ("problem", "Behov", omsorg.NEEDS),
        ("collaboration", "Med", omsorg.COLLABORATION),
    ],
)
def test_mapping_of_omsorg_reads_each_marked_column(variable: str, prefix: str, names: dict[str, str]) -> None:
    sources = [source for spec in mapping("omsorg").files for source in spec.sources if source.field.id == variable]
    assert sources[0].options == {f"{prefix}: {name}": code for code, name in names.items()}


@pytest.mark.parametrize("system", SYSTEMS)
def test_faults_are_there_and_few(system: str, extracts: dict[str, Extract]) -> None:
    faults = sum(extracts[system].faults.values())
    assert 0.005 < faults / ROWS[system](extracts[system]) < 0.05


ROWS = {
    "lifecare": lambda extract: sum(len(read(path, "utf-8-sig")) for path in extract.files),
    "procapita": lambda extract: sum(len(read(path, "cp1252")) for path in extract.files),
    "omsorg": lambda extract: sum(
        sheet.max_row - 1 for sheet in load_workbook(extract.files[0])
    ) + len(read(extract.files[1], "cp850", "\t")),
}  # fmt: skip


def test_lifecare_has_the_interfaces_fields_a_byte_order_mark_and_moments(folder: Path, extracts: object) -> None:
    path = folder / "lifecare" / "Services.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfId;ServiceType;Organization;StartDate;EndDate;InvestigationId;")
    starts = [row["StartDate"] for row in read(path, "utf-8-sig") if row["StartDate"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00", start) for start in starts)


def test_lifecare_identities_have_no_hyphen(folder: Path, extracts: object) -> None:
    identities = {row["PersonId"].strip() for row in read(folder / "lifecare" / "Persons.csv", "utf-8-sig")}
    assert all(len(identity) == 12 and "-" not in identity for identity in identities)


def test_lifecare_has_reports_that_opened_nothing(folder: Path, extracts: object) -> None:
    rows = read(folder / "lifecare" / "Actualisations.csv", "utf-8-sig")
    unopened = [row for row in rows if row["Status"] == lifecare.NOT_OPENED]
    assert unopened
    assert all(row["InvestigationId"] == "" for row in unopened)


def test_lifecare_decisions_join_investigations_and_services(folder: Path, extracts: object) -> None:
    services = {row["Id"]: row["InvestigationId"] for row in read(folder / "lifecare" / "Services.csv", "utf-8-sig")}
    for row in read(folder / "lifecare" / "Decisions.csv", "utf-8-sig"):
        if row["ServiceId"]:
            assert services[row["ServiceId"]] == row["InvestigationExecutionId"]


def test_procapita_is_windows_1252_with_ten_digit_identities(folder: Path, extracts: object) -> None:
    path = folder / "procapita" / "insatser.csv"
    assert "Ärendenr".encode("cp1252") in path.read_bytes()
    assert all(re.fullmatch(r"\d{6}[-+][A-Z0-9]{4}", row["Personnr"]) for row in read(path, "cp1252"))


def test_procapita_amounts_have_a_decimal_comma_and_a_blank_between_thousands(folder: Path, extracts: object) -> None:
    amounts = [row["Belopp"] for row in read(folder / "procapita" / "kostnader.csv", "cp1252")]
    amounts = [amount for amount in amounts if amount != "se faktura"]
    assert all(re.fullmatch(r"\d{1,3}(\u00a0\d{3})*,\d\d", amount) for amount in amounts)


def test_procapita_gives_one_row_an_intervention_with_its_latest_follow_up(folder: Path, extracts: object) -> None:
    rows = {row["Insatsnr"]: row for row in read(folder / "procapita" / "insatser.csv", "cp1252")}
    latest = {f"I{visit.intervention}": str(visit.day) for visit in TOWN.follow_ups}
    assert all(row["Uppföljd"] == latest.get(number, "") for number, row in rows.items())


def test_procapita_support_without_identity_has_none(folder: Path, extracts: object) -> None:
    rows = read(folder / "procapita" / "stod_utan_behovsprovning.csv", "cp1252")
    assert rows
    assert all(row["Personnr"] == "" and row["Namn"] == "" for row in rows)


@pytest.mark.parametrize(
    ("birth", "sign"),
    [(date(1985, 3, 1), "-"), (date(1920, 3, 1), "+"), (date(1926, 12, 1), "+"), (date(1927, 1, 1), "-")],
)
def test_procapita_writes_a_plus_from_the_year_of_the_hundredth_birthday(birth: date, sign: str) -> None:
    client = Client(1, f"{birth:%Y%m%d}-T002", birth, "1", "1")
    assert procapita.identity(client) == f"{birth:%y%m%d}{sign}T002"


@pytest.mark.parametrize(("ore", "text"), [(5, "0,05"), (123456789, "1\u00a0234\u00a0567,89"), (99900, "999,00")])
def test_procapita_writes_amounts_as_an_old_system_does(ore: int, text: str) -> None:
    assert procapita.amount(ore) == text


def test_omsorg_workbook_has_two_sheets_and_days_as_text(folder: Path, extracts: object) -> None:
    book = load_workbook(folder / "omsorg" / "omsorg.xlsx")
    assert book.sheetnames == ["Ärenden", "Insatser"]
    header, first, *_ = book["Ärenden"].iter_rows(values_only=True)
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", first[header.index("Inkom")])


def test_omsorg_follow_ups_are_cp850_with_tabs(folder: Path, extracts: object) -> None:
    path = folder / "omsorg" / "uppfoljning.txt"
    assert path.read_bytes().startswith("Ärende\tInsats-id\tLöpnr".encode("cp850"))
    marks = {row["Med: Sjukvård"] for row in read(path, "cp850", "\t")}
    assert marks == {"", "X"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_cell_of_any_extract_breaks_its_line(system: str) -> None:
    words = [word for words in WORDS[system].values() for word in words.values()]
    assert not any(set(word) & set(';\t"\r\n') for word in words)


OFFERED = {"lifecare": lifecare.SERVICES, "procapita": procapita.INTERVENTIONS, "omsorg": omsorg.INTERVENTIONS}


@pytest.mark.parametrize("group", load_profiles().groups.values(), ids=lambda group: group.id)
def test_system_has_a_word_for_every_intervention_that_its_groups_get(group: Group) -> None:
    offered = {code for weights in group.interventions.values() for code in weights}
    assert offered <= set(OFFERED[group.system])


@pytest.mark.parametrize("words", [lifecare.REASONS, procapita.PROBLEMS, omsorg.NEEDS])
def test_system_has_a_word_for_every_problem(words: dict[str, str]) -> None:
    assert set(words) == set(load_codebook()["problem"].codes)


@pytest.mark.parametrize("module", [lifecare, procapita, omsorg])
def test_system_has_a_word_for_everyone_to_work_with(module: ModuleType) -> None:
    assert set(module.COLLABORATION) == set(load_codebook()["collaboration"].codes)


@pytest.mark.parametrize("words", [lifecare.CLOSING, procapita.CLOSING])
def test_system_has_a_word_for_every_closing_reason(words: dict[str, str]) -> None:
    assert set(words) == set(load_codebook()["closing_reason"].codes)


def test_words_of_one_variable_are_each_ones_own() -> None:
    for tables in WORDS.values():
        assert all(len({folded(word) for word in words.values()}) == len(words) for words in tables.values())


def test_index_finds_the_clients_of_a_system_once_each() -> None:
    index = Index(TOWN)
    clients = [client.number for client in index.clients_of("omsorg")]
    assert len(set(clients)) == len(clients)
    assert set(clients) == {case.client for case in TOWN.cases if case.system == "omsorg"}


def test_index_of_an_empty_municipality_is_empty() -> None:
    index = Index(Municipality(1, (), (), (), (), (), (), (), ()))
    assert index.cases_of("lifecare") == []
    assert index.clients_of("lifecare") == []

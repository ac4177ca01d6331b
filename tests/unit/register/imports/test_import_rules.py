"""The catalogue of rules, its page, the limits of a run, and the drop folder's manners."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.lib.errors import UserError
from skillnad.register.imports.limits import Limits
from skillnad.register.imports.mapping_reading import parse_mapping
from skillnad.register.imports.rules import RULES, Severity, rejects
from skillnad.register.imports.summary import ImportSummary, RecordCount
from skillnad.register.imports.watching import DropFolder, watch

PAGE = Path(__file__).parents[4] / "docs" / "import.md"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SUMMARY = ImportSummary("ifo", "IFO", False, (), 1, 0, 1, 0, 0)
MAPPING = '[mapping]\nname = "ifo"\n[[file]]\nmatch = "a.csv"\n[file.keys]\nclient = "K"\n'
MAPPING += '[[file]]\nmatch = "b.csv"\noptional = true\n[file.keys]\nclient = "K"\n'


@pytest.mark.parametrize("severity", list(Severity))
def test_page_has_every_rule_as_it_is(severity: Severity) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"<!-- rules: {severity} -->")[1].split("\n\n")[0]
    told = re.findall(r"\| (IMP-\d+) \| (.+) \|", section)
    assert told == [(rule.code, rule.sv) for rule in RULES.values() if rule.severity is severity]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_rule_is_told_in_both_languages_with_a_remedy(rule: object) -> None:
    texts = [getattr(rule, name) for name in ("sv", "en", "mend_sv", "mend_en")]
    assert all(text.endswith((".", "”.", '".')) for text in texts)
    assert len(set(texts)) == 4


@pytest.mark.parametrize(("taken", "rejected"), [(100, 10), (100, 0), (0, 0)])
def test_few_rejected_rows_pass(taken: int, rejected: int) -> None:
    Limits().check_rejected(taken, rejected)


def test_many_rejected_rows_stop_until_accepted() -> None:
    with pytest.raises(UserError, match="11 av 100"):
        Limits().check_rejected(100, 11)
    Limits(accept_rejected=True).check_rejected(100, 11)


def test_nothing_but_rejected_rows_never_passes() -> None:
    with pytest.raises(UserError, match="IMP-020"):
        Limits(accept_rejected=True).check_rejected(3, 3)


@pytest.mark.parametrize(("taken", "rejected"), [(1, 1), (10, 2), (1000, 101)])
def test_share_of_rejected_rows_is_of_those_taken(taken: int, rejected: int) -> None:
    with pytest.raises(UserError):
        Limits().check_rejected(taken, rejected)


def test_few_rows_of_a_last_delivery_say_nothing_of_this_one() -> None:
    Limits().check_volume(0, 19)
    with pytest.raises(UserError, match="IMP-023"):
        Limits().check_volume(9, 20)


def test_share_of_changes_counts_from_twenty_records() -> None:
    with pytest.raises(UserError, match="IMP-022"):
        Limits().check_changes({"case": RecordCount(0, 5, 0)}, {"case": 20})


def test_smaller_delivery_passes_when_it_is_accepted() -> None:
    Limits(accept_changes=True).check_volume(1, 100)


def test_every_kind_of_record_is_held_to_the_limit() -> None:
    counts = {"client": RecordCount(50, 0, 0), "case": RecordCount(0, 21, 0)}
    with pytest.raises(UserError, match="21 av 100"):
        Limits().check_changes(counts, {"client": 100, "case": 100})


def test_new_records_are_no_changes() -> None:
    Limits().check_changes({"case": RecordCount(500, 0, 100)}, {"case": 100})


@pytest.mark.parametrize("code", RULES)
def test_rule_rejects_by_its_number(code: str) -> None:
    assert rejects(code) is code.startswith("IMP-1")


@pytest.mark.parametrize(("changed", "there"), [(20, 100), (9, 10), (19, 19), (4, 20), (0, 0)])
def test_usual_changes_pass(changed: int, there: int) -> None:
    Limits().check_changes({"case": RecordCount(0, changed, 0)}, {"case": there})


def test_unusual_changes_stop_until_accepted() -> None:
    counts, there = {"case": RecordCount(0, 21, 0)}, {"case": 100}
    with pytest.raises(UserError) as raised:
        Limits().check_changes(counts, there)
    assert [(problem.code, problem.where) for problem in raised.value.problems] == [("IMP-022", "ärenden")]
    Limits(accept_changes=True).check_changes(counts, there)


def test_half_the_volume_passes_and_less_stops() -> None:
    Limits().check_volume(50, 100)
    with pytest.raises(UserError, match="IMP-023"):
        Limits().check_volume(49, 100)


def folder(tmp_path: Path, *names: str) -> DropFolder:
    for name in names:
        (tmp_path / name).write_text("x")
    return DropFolder(tmp_path, parse_mapping(MAPPING, load_codebook()))


def test_file_is_taken_when_it_lies_still(tmp_path: Path) -> None:
    drop = folder(tmp_path, "a.csv")
    assert drop.ready() == []
    assert [path.name for path in drop.ready()] == ["a.csv"]


def test_file_that_grows_is_left(tmp_path: Path) -> None:
    drop = folder(tmp_path, "a.csv")
    drop.ready()
    (tmp_path / "a.csv").write_text("xx")
    assert drop.ready() == []


def test_delivery_that_is_not_whole_is_left(tmp_path: Path) -> None:
    drop = folder(tmp_path, "b.csv")
    drop.ready()
    assert drop.ready() == []


@pytest.mark.parametrize("name", [".a.csv", "a.csv.part", "annat.csv"])
def test_other_files_are_left(tmp_path: Path, name: str) -> None:
    drop = folder(tmp_path, "a.csv", name)
    drop.ready()
    assert [path.name for path in drop.ready()] == ["a.csv"]


def test_delivery_is_moved_with_its_receipt(tmp_path: Path) -> None:
    drop = folder(tmp_path, "a.csv")
    (receipt,) = watch(drop, lambda files, out: SUMMARY, clock=lambda: AT, interval=0, looks=2, pause=lambda _: None)
    done = tmp_path / "klara" / "20260302T093000"
    assert receipt["status"] == "klar"
    assert sorted(path.name for path in done.iterdir()) == ["a.csv", "a.csv.kvitto.json", "a.csv.kvitto.txt"]


def test_refused_delivery_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    def refuse(files: object, out: object) -> ImportSummary:
        raise UserError.of("IMP-002", sv="Filen är tom.", en="The file is empty.")

    drop = folder(tmp_path, "a.csv")
    list(watch(drop, refuse, clock=lambda: AT, interval=0, looks=2, pause=lambda _: None))
    assert "Filen är tom" in (tmp_path / "avvisade" / "20260302T093000" / "a.csv.kvitto.txt").read_text()


def test_refusal_says_where_what_and_how_to_mend_it() -> None:
    with pytest.raises(UserError) as raised:
        Limits().check_rejected(2, 2, {"IMP-113": 2, "IMP-221": 1}, ["avvisade-insatser.csv"])
    (problem,) = raised.value.problems
    assert problem.where == "avvisade-insatser.csv"
    assert ("IMP-113 (2 rader)" in problem.sv, "Behåll den rad som gäller" in problem.sv) == (True, True)
    assert "IMP-221" not in problem.sv

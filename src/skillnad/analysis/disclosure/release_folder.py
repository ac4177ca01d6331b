"""A release as a folder: a CSV file a table, and report.json with how they were protected and what they hash to.

The report is the publisher's own. No hidden number can be reckoned from its cost, which is in times the bound; but how
many of the gaps are small numbers can tell a reader which, so it is not for those who get the tables, and says so.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skillnad.analysis.disclosure.release import ProtectedRelease, ReleasedTable, Row
from skillnad.analysis.disclosure.table_set.csv_form import Sheet, csv_of, sheet_of
from skillnad.lib.errors import UserError

REPORT = "report.json"
FORMAT = 1
DECIMALS = 3
KEEP = "Lägg inte ut den här filen: hur många luckor som är små tal kan röja vilka. Tabellerna är det som sprids."


def write_release(release: ProtectedRelease, out: Path) -> None:
    """All of it or nothing: the files are made in a folder beside, which then takes the place of `out`.

    Raises UserError: DISC-060 where `out` holds anything but an earlier release, DISC-061 where it cannot be written.
    """
    out = out.resolve()
    check_out(out)
    made = out.parent / f".{out.name}-{secrets.token_hex(4)}"
    try:
        made.mkdir(parents=True)
        for name, content in _files(release).items():
            (made / name).write_bytes(content)
        _take_place(made, out)
    except OSError:
        raise UserError.of(
            "DISC-061",
            where=str(out),
            sv="Mappen går inte att skriva. Ange en mapp där du får skriva, med --out.",
            en="The folder cannot be written. Give a folder where you may write with --out.",
        ) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take_place(made: Path, out: Path) -> None:
    """What was there is put back where the new cannot come in its place."""
    if not out.exists():
        made.rename(out)
        return
    before = made.with_name(f"{made.name}-before")
    out.rename(before)
    try:
        made.rename(out)
    except OSError:
        before.rename(out)
        raise
    shutil.rmtree(before, ignore_errors=True)


def check_out(out: Path) -> None:
    """Nothing that is not a release is ever written over."""
    if out.exists() and not out.is_dir():
        raise UserError.of(
            "DISC-060",
            where=str(out),
            sv="Här ligger en fil, och det ska vara en mapp. Ange en ny mapp med --out.",
            en="Here is a file, and it should be a folder. Give a new folder with --out.",
        )
    if out.exists() and not _is_release(out):
        raise UserError.of(
            "DISC-060",
            where=str(out),
            sv="Mappen är inte tom och har annat än en publicering i sig. Ange en ny mapp med --out.",
            en="The folder is not empty, and holds something else than a release. Give a new folder with --out.",
        )


def read_release(folder: Path) -> ProtectedRelease:
    """Raises UserError (DISC-054) where it is no release, or where a file is not as it was written."""
    if not (folder / REPORT).is_file():
        raise _no_release(folder)
    try:
        report = json.loads((folder / REPORT).read_bytes())
        if report["format"] != FORMAT:
            raise _damaged(folder, REPORT)
        return _release(folder, report)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(folder, REPORT) from None


def _is_release(folder: Path) -> bool:
    """Or an empty folder."""
    names = {path.name for path in folder.iterdir()}
    if not names:
        return True
    try:
        report = json.loads((folder / REPORT).read_bytes())
        return names <= {REPORT, *(table["file"] for table in report["tables"])}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _files(release: ProtectedRelease) -> dict[str, bytes]:
    tables = {table.name: csv_of(table.layout, table.rows) for table in release.tables}
    report = json.dumps(_report(release, tables), ensure_ascii=False, indent=2) + "\n"
    return {**tables, REPORT: report.encode()}


def _report(release: ProtectedRelease, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "keep": KEEP,
        "primary": release.primary,
        "secondary": release.secondary,
        "cost": release.cost,
        "bound": release.bound,
        "proven": release.proven,
        "seconds": round(release.seconds, DECIMALS),
        "attacker": release.attacker,
        "unmet": [list(name) for name in release.unmet],
        "withheld": release.withheld,
        "policy": {"id": release.policy, **release.rules},
        "groupings": [{"child": child, "parent": parent} for child, parent in release.groupings],
        "tables": [_of_table(table, files[table.name]) for table in release.tables],
        "against": list(release.against),
    }


def _of_table(table: ReleasedTable, content: bytes) -> dict[str, Any]:
    return {
        "file": table.name,
        "count": table.layout.count,
        "columns": list(table.columns),
        "cells": len(table.rows),
        "gaps": table.gaps,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _release(folder: Path, report: Mapping[str, Any]) -> ProtectedRelease:
    rules = {name: value for name, value in report["policy"].items() if name != "id"}
    return ProtectedRelease(
        tables=tuple(_table(folder, each) for each in report["tables"]),
        groupings=tuple((each["child"], each["parent"]) for each in report["groupings"]),
        policy=report["policy"]["id"],
        rules=rules,
        attacker=report["attacker"],
        primary=report["primary"],
        secondary=report["secondary"],
        cost=report["cost"],
        bound=report["bound"],
        proven=report["proven"],
        seconds=report["seconds"],
        unmet=tuple(tuple(name) for name in report["unmet"]),
        withheld=report["withheld"],
        against=tuple(report["against"]),
    )


def _table(folder: Path, told: Mapping[str, Any]) -> ReleasedTable:
    name = os.path.basename(told["file"])
    if not (folder / name).is_file():
        raise _damaged(folder, name)
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise _damaged(folder, name)
    sheet = sheet_of(name, content, told["count"])
    return ReleasedTable(name, sheet.layout, tuple(_row(sheet, values) for _, values in sheet.lines))


def _row(sheet: Sheet, values: list[str]) -> Row:
    at = sheet.layout.header.index(sheet.layout.count)
    return (*values[:at], *values[at + 1 :]), int(values[at]) if values[at] else None


def _no_release(folder: Path) -> UserError:
    return UserError.of(
        "DISC-054",
        where=folder.name,
        sv=f"Här finns ingen publicering: {REPORT} saknas. Ange mappen som `skillnad protect` skrev.",
        en=f"There is no release here: {REPORT} is missing. Give the folder that `skillnad protect` wrote.",
    )


def _damaged(folder: Path, file: str) -> UserError:
    return UserError.of(
        "DISC-054",
        where=f"{folder.name}/{file}",
        sv="Filen är borta eller inte som när publiceringen skrevs. Ange mappen som `skillnad protect` skrev, eller "
        "hämta den ur en säkerhetskopia.",
        en="The file is gone or not as when the release was written. Give the folder that `skillnad protect` wrote, "
        "or take it from a backup.",
    )

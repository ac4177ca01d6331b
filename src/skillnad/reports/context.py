"""Published open statistics beside the municipality's own figures: a file says which series stand at which question.

    version = 1

    [areas]
    "0000" = "Riket"

    [[series]]
    title = "Utredningstid, barn och unga, medelvärde"
    source = "Kolada, N33801"
    file = "kolada.json"
    kpi = "N33801"
    unit = "dagar"
    beside = "utredningstid"

Nothing is fetched: whoever keeps the file saves what a source has published beside it. What stands in the report is
what the source says, and never part of a sum or a test.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillnad.analysis.results import MeasureKind
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown
from skillnad.reports.numbers import cell_text
from skillnad.reports.published import COLUMNS, Published, read_published
from skillnad.reports.report import AnsweredItem, PublishedSource, Report, ReportAnswer
from skillnad.reports.views import BLANK, Cell, Group, Heading, Row, View

FILE = "sammanhang.toml"
VERSION = 1
PERIODS = 5
"""How many of the latest periods are shown, where the file does not say."""
UNITS = {
    "procent": MeasureKind.SHARE,
    "dagar": MeasureKind.DAYS,
    "antal": MeasureKind.COUNT,
    "kronor": MeasureKind.AMOUNT,
}
GROUPS = {"T": "Alla", "K": "Kvinnor", "M": "Män"}
CAUTION = (
    "Talen är hämtade ur öppen statistik och räknade av den som gett ut dem. Vilka som ingår och hur talet är räknat "
    "kan skilja sig från kommunens egna tal här ovanför: läs källans definition innan de jämförs."
)
_NEEDED = ("title", "source", "file", "unit", "beside")
_MAY_HAVE = ("kpi", "note", "periods", "columns")


@dataclass(frozen=True)
class Series:
    """What one source has published of one thing. `beside` is the id of the report's question that it stands at."""

    title: str
    source: str
    unit: str
    beside: str
    figures: tuple[Published, ...]
    areas: Mapping[str, str]
    note: str = ""
    periods: int = PERIODS


def load_context(file: Path) -> tuple[Series, ...]:
    """The series of a context file. Raises UserError: REP-020 where the file or a key of it cannot be read, REP-021
    where a series' own file cannot, or has nothing of the series."""
    data = _read(file)
    if data.get("version") != VERSION:
        raise _wrong(file, "version", f"ska vara {VERSION}", f"is {VERSION}")
    areas = {str(code): str(name) for code, name in dict(data.get("areas", {})).items()}
    entries = data.get("series", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _wrong(file, "series", "skrivs [[series]]", "is written [[series]]")
    return tuple(_series(file, entry, number, areas) for number, entry in enumerate(entries, start=1))


def context_at(home: Path) -> tuple[Series, ...]:
    """What the installation keeps to stand beside its reports; nothing where there is no such file."""
    file = home / FILE
    return load_context(file) if file.exists() else ()


def with_context(report: Report, series: Iterable[Series]) -> Report:
    """The report with each series after the answers that it stands beside; what no question has the id of is left."""
    by_item: dict[str, list[Series]] = {}
    for each in series:
        by_item.setdefault(each.beside, []).append(each)
    chapters = (
        replace(chapter, items=tuple(_beside(item, by_item.get(item.item.id, [])) for item in chapter.items))
        for chapter in report.chapters
    )
    return replace(report, chapters=tuple(chapters))


def unplaced(report: Report, series: Iterable[Series]) -> tuple[str, ...]:
    """Titles of the series that stand beside no question of the report."""
    ids = {item.item.id for item in report.items}
    return tuple(each.title for each in series if each.beside not in ids)


def _beside(item: AnsweredItem, series: list[Series]) -> AnsweredItem:
    told = (_answer(each, f"{item.item.id}-oppen-{place}") for place, each in enumerate(series, start=1))
    return replace(item, answers=(*item.answers, *told))


def _answer(series: Series, id: str) -> ReportAnswer:
    return ReportAnswer(
        id=id,
        sentences=_latest(series),
        view=_view(series),
        figure=None,
        basis=f"Källa: {series.source}.",
        counted=" ".join(filter(None, (series.note, CAUTION))),
        provenance=(PublishedSource(series.source),),
    )


def _latest(series: Series) -> tuple[str, ...]:
    """ "Öppen statistik, Utredningstid 2024: Riket 76, Göteborg 91." """
    period = max(figure.period for figure in series.figures)
    everyone = [figure for figure in series.figures if figure.period == period and figure.group == "T"]
    if not everyone:
        return ()
    told = ", ".join(f"{_area(series, figure.area)} {cell_text(_cell(series, figure))}" for figure in everyone)
    unit = f" {series.unit}" if series.unit in ("dagar", "kronor") else ""
    return (f"Som jämförelse, ur öppen statistik ({series.title}, {period}): {told}{unit}.",)


def _view(series: Series) -> View:
    periods = sorted({figure.period for figure in series.figures})[-series.periods :]
    at = {(figure.area, figure.group, figure.period): figure for figure in series.figures}
    groups = [
        Group(
            tuple(
                Row(label, tuple(_cell(series, at.get((area, code, period))) for period in periods))
                for code, label in GROUPS.items()
                if any((area, code, period) in at for period in periods)
            ),
            _area(series, area),
        )
        for area in dict.fromkeys(figure.area for figure in series.figures)
    ]
    unit = "" if series.unit == "procent" else f", {series.unit}"
    caption = f"Öppen statistik: {series.title}{unit}"
    return View(caption, "Område", tuple(Heading(period) for period in periods), tuple(groups))


def _cell(series: Series, figure: Published | None) -> Cell:
    if figure is None:
        return BLANK
    value = figure.value / 100 if series.unit == "procent" else figure.value
    return Cell(value, UNITS[series.unit])


def _area(series: Series, code: str) -> str:
    return series.areas.get(code, code)


def _series(file: Path, entry: Mapping[str, Any], number: int, areas: Mapping[str, str]) -> Series:
    place = f"series {number}"
    for key in entry:
        if key not in (*_NEEDED, *_MAY_HAVE):
            known = listed((*_NEEDED, *_MAY_HAVE))
            raise _wrong(file, f"{place}: {key}", f"finns inte. Här får stå {known}", f"does not exist: {known}")
    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _wrong(file, f"{place}: {key}", "saknas eller är ingen text", "is missing or no text")
    if entry["unit"] not in UNITS:
        raise _wrong(file, f"{place}: unit", f"ska vara {listed(tuple(UNITS))}", f"is one of {listed(tuple(UNITS))}")
    periods = entry.get("periods", PERIODS)
    if not isinstance(periods, int) or not 1 <= periods <= 20:
        raise _wrong(file, f"{place}: periods", "ska vara ett heltal 1–20", "is a whole number 1–20")
    columns = {**COLUMNS, **{str(key): str(name) for key, name in dict(entry.get("columns", {})).items()}}
    source = _source(file, entry["file"], place)
    found = read_published(source, str(entry.get("kpi", "")), columns)
    kept = tuple(figure for figure in found if not areas or figure.area in areas)
    if not kept:
        raise _nothing(source, entry["title"])
    told = {key: entry[key].strip() for key in ("title", "source", "unit", "beside")}
    return Series(**told, figures=kept, areas=areas, note=str(entry.get("note", "")), periods=periods)


def _source(file: Path, named: str, place: str) -> Path:
    """The series' own file, which lies in the context file's folder or under it: whoever writes the one is not given
    leave to read the rest of the machine. Links are followed before they are judged."""
    folder = file.parent.resolve()
    found = (folder / named).resolve()
    if not found.is_relative_to(folder):
        raise _wrong(
            file,
            f"{place}: file",
            "ska ligga i samma mapp som denna fil, eller i en mapp under den. Lägg en kopia där och skriv namnet utan "
            "”..” och utan sökväg från roten",
            "lies in this file's folder, or in one under it. Put a copy there, and write its name without '..' and "
            "without a path from the root",
        )
    return found


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise UserError.of(
            "REP-020",
            where=str(file),
            sv="Filen om öppen statistik går inte att läsa: den finns inte, eller är inte TOML. Se docs/sammanhang.md.",
            en="The file on open statistics cannot be read: there is none, or it is no TOML. See docs/sammanhang.md.",
        ) from None


def _wrong(file: Path, key: str, sv: str, en: str) -> UserError:
    return UserError.of(
        "REP-020",
        where=str(file),
        sv=f"Filen om öppen statistik går inte att läsa: ”{shown(key)}” {sv}. Rätta och försök igen.",
        en=f"The file on open statistics cannot be read: '{shown(key)}' {en}. Mend it and try again.",
    )


def _nothing(file: Path, title: str) -> UserError:
    return UserError.of(
        "REP-021",
        where=str(file),
        sv=f"Här finns inga tal för ”{shown(title)}”. Se efter att kpi, kolumner och områden stämmer med filen.",
        en=f"There are no figures for '{shown(title)}' here. See that kpi, columns and areas fit the file.",
    )

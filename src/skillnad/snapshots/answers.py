"""Submissions as the table ANSWERS: a row is one occasion of one instrument, with what each perspective answered then.

The sheets of several perspectives on the same follow-up, or else of the same person on the same day, are one row: so
the client's answer stands beside the caseworker's judgement. A second sheet of the same perspective begins a row of its
own (two parents), and so does every sheet that is about nobody. Such a row counts as somebody of its own: its client
is the row's number with a minus before it, which is no person's.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import polars as pl

from skillnad.codebook.snapshot_schema import MISSING, Column, SnapshotColumn, SnapshotLevel
from skillnad.instruments.changing import change
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import points_of
from skillnad.lib.errors import UserError
from skillnad.snapshots.answer_columns import NOT_ASKED, Asked, asked_of, change_column, short_title
from skillnad.snapshots.answer_values import Sheet, Values, referring, values_of

Versions = Mapping[str, tuple[Instrument, ...]]
"""Every version that is kept of each instrument, the oldest first and the one in use last."""

Row = Mapping[str, Any]
"""A submission."""

KEYS: Final = {"client": pl.Int64, "case": pl.Int64, "intervention": pl.Int64, "follow_up": pl.Int64}
PLACES: Final = {"unit_id": pl.Int64, "provider_id": pl.Int64}  # 0 is none
TEXTS: Final = ("instrument", "version", "perspective", "variant", "language", "slots", "answers")
SUBMISSIONS: Final = {
    **KEYS,
    **PLACES,
    "answer_date": pl.Date,
    "told_age": pl.Int64,
    **dict.fromkeys(TEXTS, pl.String),
}
"""The frame of submissions: keys are the snapshot's, at most one of them, or none; `slots` and `answers` are JSON."""
OCCASION: Final = "occasion_row"
_TYPES: Final[Mapping[Column, Any]] = {
    Column.CODE: pl.Int16,
    Column.CODES: pl.List(pl.Int16),
    Column.DATE: pl.Date,
    Column.NUMBER: pl.Float64,
}


def no_submissions() -> pl.DataFrame:
    return pl.DataFrame(schema=SUBMISSIONS)


def in_occasions(submissions: pl.DataFrame) -> pl.DataFrame:
    """The submissions with OCCASION, the number from 0 of the row that each is a part of.

    Rows are in the order of the subject, the day and the instrument, and the same submissions give the same order.
    """
    ordered = submissions.sort(list(SUBMISSIONS), nulls_last=True)
    about_someone = pl.any_horizontal(pl.col(key).is_not_null() for key in KEYS)
    own = pl.when(about_someone).then(0).otherwise(pl.int_range(pl.len())).alias("own")
    day = pl.when(pl.col("follow_up").is_null()).then("answer_date").alias("own_day")
    ordered = ordered.with_columns(own, day)
    together = [*KEYS, "own", "own_day", "instrument"]
    ordered = ordered.with_columns(pl.int_range(pl.len()).over([*together, "perspective"]).alias("nth"))
    rows = ordered.select(*together, "nth").unique(maintain_order=True).with_row_index(OCCASION)
    placed = ordered.join(rows, on=[*together, "nth"], how="left", nulls_equal=True, maintain_order="left")
    return placed.with_columns(pl.col(OCCASION).cast(pl.Int64)).drop("own", "own_day", "nth")


def occasions_of(placed: pl.DataFrame) -> pl.DataFrame:
    """One row an occasion: its keys and places, and the last day on which any of it was answered."""
    return (
        placed.group_by(OCCASION)
        .agg(pl.col(list(KEYS)).first(), pl.col([*PLACES, "answer_date"]).max())
        .sort(OCCASION)
        .with_columns((pl.col(OCCASION) + 1).alias("answer"))
    )


def answered(
    placed: pl.DataFrame, ages: Mapping[int, int | None], clients: Mapping[int, int], versions: Versions
) -> tuple[dict[str, SnapshotColumn], pl.DataFrame]:
    """The instruments' columns, and a frame of them with a row for each occasion, in order.

    `ages` and `clients` are of the occasions; an age that the sheet tells goes before. Raises UserError SNAP-028 where
    a version that answers were given on is not kept.
    """
    sheets = list(placed.iter_rows(named=True))
    wide = _Wide(1 + max(row[OCCASION] for row in sheets))
    kept = _Kept(versions)
    _about(wide, sheets, kept)
    for asked, rows in _by_perspective(sheets, kept):
        told = [_sheet(row, ages, clients) for row in rows]
        found = {each.column.id: each for each in values_of(asked, told)}
        for each in found.values():
            wide.put(each, told)
        wide.note(asked, told, found)
    wide.changes()
    return wide.columns(), wide.frame()


def _by_perspective(sheets: Iterable[Row], kept: "_Kept") -> Iterator[tuple[Asked, list[Row]]]:
    """The newest version first, whose words the columns have; perspectives in the instrument's order."""
    together: dict[tuple[str, str, str], list[Row]] = {}
    for row in sheets:
        together.setdefault((row["instrument"], row["version"], row["perspective"]), []).append(row)
    first = {key: rows[0] for key, rows in together.items()}
    for key in sorted(together, key=lambda key: (key[0], kept.age(first[key]), kept.place(first[key]))):
        yield kept.asked(first[key]), together[key]


class _Kept:
    """What each row was asked, found once for all rows of the same version and perspective."""

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.found: dict[tuple[str, str, str], Asked] = {}

    def asked(self, row: Row) -> Asked:
        """Raises UserError SNAP-028."""
        key = row["instrument"], row["version"], row["perspective"]
        if key not in self.found:
            told = asked_of(self.versions.get(key[0], ()), key[1], key[2])
            if told is None:
                raise not_kept(key[0], key[1])
            self.found[key] = told
        return self.found[key]

    def place(self, row: Row) -> int:
        """Of the perspective, in the instrument's order."""
        return list(self.asked(row).instrument.perspectives).index(row["perspective"])

    def age(self, row: Row) -> int:
        """Of the version: 0 is the newest."""
        kept = [each.version for each in self.versions[row["instrument"]]]
        return -kept.index(self.asked(row).instrument.version)


def _sheet(row: Row, ages: Mapping[int, int | None], clients: Mapping[int, int]) -> Sheet:
    occasion = row[OCCASION]
    age = row["told_age"] if row["told_age"] is not None else ages.get(occasion)
    return Sheet(
        row=occasion,
        client=clients.get(occasion),
        day=row["answer_date"],
        answers=json.loads(row["answers"] or "{}"),
        slots=json.loads(row["slots"] or "{}"),
        age=age,
    )


class _Wide:
    """Columns of every occasion, filled a perspective at a time."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.made: dict[str, SnapshotColumn] = {}
        self.held: dict[str, list[Any]] = {}
        self.references: dict[str, str] = {}
        self.seen: dict[str, list[tuple[Asked, Sheet, Any]]] = {}

    def put(self, given: Values, sheets: Sequence[Sheet]) -> None:
        """The values of the sheets on their rows; a row without one was not asked."""
        told = self._with_levels(given)
        held = self.held.setdefault(told.column.id, [_nothing(told.column)] * self.rows)
        for sheet, value in zip(sheets, told.values, strict=True):
            held[sheet.row] = value

    def _with_levels(self, given: Values) -> Values:
        """As the column is already, with what only these have put after it: the place of a code is one column's."""
        new = given.column
        old = self.made.setdefault(new.id, new)
        if [level.code for level in old.levels] == [level.code for level in new.levels]:
            return Values(old, given.values)
        codes = {level.code for level in old.levels}
        levels = (*old.levels, *(level for level in new.levels if level.code not in codes))
        self.made[new.id] = replace(old, levels=levels, unknown=old.unknown | new.unknown)
        places = {level.code: place for place, level in enumerate(levels, start=MISSING + 1)}
        moved = [MISSING, *(places[level.code] for level in new.levels)]
        return Values(self.made[new.id], [_moved(value, moved) for value in given.values])

    def note(self, asked: Asked, sheets: Sequence[Sheet], found: Mapping[str, Values]) -> None:
        """What changes and reference points are made of, when all sheets have been seen."""
        self.references.update(referring(asked))
        for rule in asked.instrument.changes.values():
            values = found.get(asked.name(asked.changed(rule)))
            if values is None:
                continue
            of_change = asked.name_of_change(rule)
            told = values.values if rule.score else _item_points(asked, rule.item, sheets, values)
            self.put(Values(change_column(asked, rule), [len(change_column(asked, rule).levels)] * len(sheets)), sheets)
            self.seen.setdefault(of_change, []).extend((asked, s, v) for s, v in zip(sheets, told, strict=True))

    def changes(self) -> None:
        """Each sheet against an earlier one of the same person, perspective and series: a reliable change is counted
        from the first, by whose age its cut-off goes, and steps from the one before."""
        for name, told in self.seen.items():
            rule = next(r for r in told[0][0].instrument.changes.values() if told[0][0].name_of_change(r) == name)
            places = {level.code: place for place, level in enumerate(self.made[name].levels, start=MISSING + 1)}
            people = sorted((one for one in told if one[1].client is not None), key=lambda one: _when(one[1]))
            for _, rows in groupby(people, key=lambda one: one[1].client):
                same = list(rows)
                for place, (asked, sheet, after) in enumerate(same[1:]):
                    _, earlier, before = same[0 if rule.kind == "reliable" else place]
                    who = asked.perspective
                    said = change(asked.instrument, rule, before, after, perspective=who, age=earlier.age).verdict
                    self.held[name][sheet.row] = places[said.value] if said else MISSING

    def columns(self) -> dict[str, SnapshotColumn]:
        return {name: self._told(name, column) for name, column in self.made.items()}

    def _told(self, name: str, column: SnapshotColumn) -> SnapshotColumn:
        """With its reference point, where the answers do not all count from the same one."""
        by = self.references.get(name, "")
        if by not in self.held:
            return column
        unasked = _nothing(self.made[by])
        from_where = {point for point in self.held[by] if point != unasked}
        return replace(column, reference=by) if len(from_where) > 1 else column

    def frame(self) -> pl.DataFrame:
        series = [pl.Series(name, self.held[name], dtype=_TYPES[column.kind]) for name, column in self.made.items()]
        return pl.DataFrame(series)


def _when(sheet: Sheet) -> tuple[Any, ...]:
    return sheet.client, sheet.day, sheet.row


def _nothing(column: SnapshotColumn) -> Any:
    """What a row that was not asked has."""
    place = next((place for place, level in enumerate(column.levels, 1) if level.code == NOT_ASKED), MISSING)
    return {Column.CODE: place, Column.CODES: [place]}.get(column.kind)


def _moved(value: Any, places: Sequence[int]) -> Any:
    return [places[each] for each in value] if isinstance(value, list) else places[value]


def _item_points(asked: Asked, item: str, sheets: Sequence[Sheet], found: Values) -> list[Any]:
    """What each answer counts as; None where the question was not asked or not answered."""
    coded = found.column.kind is Column.CODE
    nothing = (None, MISSING, _nothing(found.column)) if coded else (None,)
    return [
        None if value in nothing else points_of(asked.instrument.items[item], sheet.answers.get(item))
        for sheet, value in zip(sheets, found.values, strict=True)
    ]


def _about(wide: _Wide, sheets: Sequence[Row], kept: _Kept) -> None:
    """Which instrument, version, variant and language: of the first perspective that answered."""
    told: dict[int, Row] = {}
    for row in sheets:
        first = told.get(row[OCCASION])
        if first is None or kept.place(row) < kept.place(first):
            told[row[OCCASION]] = row
    rows = [told[place] for place in sorted(told)]
    for name, labels, code in _ABOUT:
        codes = [code(kept.asked(row).instrument, row) for row in rows]
        words = dict(codes)
        levels = tuple(SnapshotLevel(text, *words[text]) for text in sorted(words) if text)
        places = {level.code: place for place, level in enumerate(levels, start=MISSING + 1)}
        wide.made[name] = SnapshotColumn(name, Column.CODE, *labels, levels)
        wide.held[name] = [places.get(text, MISSING) for text, _ in codes]


Coded = tuple[str, tuple[str, str]]


def _of_instrument(instrument: Instrument, _: Row) -> Coded:
    return instrument.id, (short_title(instrument.title_sv), short_title(instrument.title_en))


def _of_version(instrument: Instrument, _: Row) -> Coded:
    told = f"{instrument.id} {instrument.version}"
    return told, (told, told)


def _of_variant(instrument: Instrument, row: Row) -> Coded:
    base = next((variant for variant in instrument.variants.values() if variant.base), None)
    variant = instrument.variants.get(row["variant"], base)
    return (variant.id, (variant.sv, variant.en)) if variant else ("", ("", ""))


def _of_language(_: Instrument, row: Row) -> Coded:
    language = row["language"] or "sv"
    return language, _LANGUAGES.get(language, (language, language))


_LANGUAGES = {
    "sv": ("Svenska", "Swedish"),
    "en": ("Engelska", "English"),
    "fi": ("Finska", "Finnish"),
    "ar": ("Arabiska", "Arabic"),
    "so": ("Somaliska", "Somali"),
    "ti": ("Tigrinska", "Tigrinya"),
    "prs": ("Dari", "Dari"),
    "uk": ("Ukrainska", "Ukrainian"),
}
_ABOUT = (
    ("instrument", ("Instrument", "Instrument"), _of_instrument),
    ("instrument_version", ("Instrumentets version", "Version of the instrument"), _of_version),
    ("variant", ("Variant av frågorna", "Variant of the questions"), _of_variant),
    ("answer_language", ("Språk för svaren", "Language of the answers"), _of_language),
)


def given_on(submissions: pl.DataFrame, versions: Versions) -> tuple[tuple[str, str, str], ...]:
    """Each instrument and version that answers were given on, with the digest of its content."""
    pairs = submissions.select("instrument", "version").unique().sort("instrument", "version").iter_rows()
    digests = {(each.id, each.version): each.digest for kept in versions.values() for each in kept}
    return tuple((name, version, digests.get((name, version), "")) for name, version in pairs)


def not_kept(instrument: str, version: str = "") -> UserError:
    """SNAP-028, for who finds that answers cannot be understood."""
    told = f"{instrument} {version}".strip()
    return UserError.of(
        "SNAP-028",
        where=told,
        sv=f"Det finns svar på {told}, som varken finns i katalogen eller i kommunens mapp med instrument. Lägg "
        "tillbaka instrumentet (en äldre version i dess mapp, under versions) och gör om ögonblicksbilden.",
        en=f"There are answers to {told}, which is neither in the catalogue nor in the municipality's folder of "
        "instruments. Put the instrument back (an older version in its folder, under versions) and make the snapshot "
        "again.",
    )

"""How protected tables become tables for a reader. Each makes a `Show`: tables and a caption in, a View out."""

from dataclasses import replace

from skillnad.analysis.results import TOTAL, YES, Axis, Level, LevelKind, MeasureKind, ProtectedTable
from skillnad.codebook.days_in_words import month_name
from skillnad.reports.outline import Show, Tables
from skillnad.reports.reading import beside, cell, count, known, meaningless, most_common, named, share, values
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View

EVERYONE = "Alla"


def _count(value: int | float | None) -> Cell:
    return Cell(value, MeasureKind.COUNT)


def _share(table: ProtectedTable, *key: str, along: int = 0) -> Cell:
    if meaningless(table, "share", *key, along=along):
        return BLANK
    return Cell(share(table, *key, along=along), MeasureKind.SHARE)


def _outside(level: Level) -> str:
    """The label of an unknown or missing level."""
    return "Uppgift saknas" if level.kind is LevelKind.MISSING else level.label


def _label(axis: Axis, level: Level) -> str:
    return month_name(level.code) if axis.id.startswith("month") else level.label


def frequency(most: int = 0, sort: bool = False) -> Show:
    """Counts and shares by one column; several tables are stacked as groups.

    `most` limits the rows to the most common (the whole stands in the workbook); `sort` puts the most common first.
    """

    def show(tables: Tables, caption: str) -> View:
        full = _frequency(tables, caption, 0, sort)
        if not most or all(len(named(table)) <= most for table in tables):
            return full
        note = f"De {most} vanligaste visas. Alla värden står i Excelfilen."
        view = _frequency(tables, caption, most, True)
        return replace(view, note=note, full=(full,))

    return show


def _frequency(tables: Tables, caption: str, most: int, sort: bool) -> View:
    groups = tuple(_frequency_group(table, most, sort, len(tables) > 1) for table in tables)
    stub = tables[0].axes[0].label if len(tables) == 1 else "Grupp"
    course = tables[0].axes[0].id.startswith("month")
    return View(caption, stub, (Heading("Antal"), Heading("Andel")), groups, course=course)


def _frequency_group(table: ProtectedTable, most: int, sort: bool, labelled: bool) -> Group:
    axis = table.axes[0]
    levels = most_common(table, 0, most) if sort else named(table)
    rows = [Row(_label(axis, level), (_count(count(table, level.code)), _share(table, level.code))) for level in levels]
    rows += [
        Row(_outside(level), (_count(count(table, level.code)), BLANK), Role.BESIDE)
        for level in beside(axis)
        if count(table, level.code) != 0
    ]
    rows.append(Row(EVERYONE, (_count(count(table)), BLANK), Role.TOTAL))
    return Group(tuple(rows), axis.label if labelled else "")


def side_by_side(names: tuple[str, str]) -> Show:
    """Two tables over the same values beside each other: counts, with shares in brackets; apart in the workbook."""

    def show(tables: Tables, caption: str) -> View:
        if len(tables) < 2:
            return frequency()(tables, caption)
        headings = tuple(Heading(label, name) for name in names for label in ("Antal", "Andel"))
        rows = [
            Row(level.label, tuple(c for t in tables for c in (_count(count(t, level.code)), _share(t, level.code))))
            for level in named(tables[0])
        ]
        for level in beside(tables[0].axes[0]):
            cells = tuple(c for t in tables for c in (_count(count(t, level.code)), BLANK))
            rows += [Row(_outside(level), cells, Role.BESIDE)] if any(c.value != 0 for c in cells[::2]) else []
        rows.append(Row(EVERYONE, tuple(c for t in tables for c in (_count(count(t)), BLANK)), Role.TOTAL))
        return packed(View(caption, "Värde", headings, (Group(tuple(rows)),)), "Inom parentes: andel.")

    return show


def grouped(most: int = 0) -> Show:
    """A cross table of something by groups of people: counts, and shares within each group.

    The share stands in brackets after the count; in the workbook each has a column.
    """

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        every, groups = named(table), (*named(table, 1), Level(TOTAL, EVERYONE))
        levels = most_common(table, 0, most) if most else every
        full = _counted_groups(table, caption, every, groups)
        limited = f"De {most} vanligaste visas. Alla står i Excelfilen." if len(levels) < len(every) else ""
        note = " ".join(filter(None, ("Inom parentes: andel av gruppen.", limited)))
        if len(groups) <= 4:
            told = packed(_counted_groups(table, caption, levels, groups), note)
            return replace(told, full=(full,))
        body = tuple(
            Row(level.label, tuple(_with_share(table, level.code, group.code, along=0) for group in groups))
            for level in levels
        )
        total = tuple(_count(known(table, TOTAL, group.code, along=0)) for group in groups)
        rows = (*body, Row("Antal med uppgift (n)", total, Role.TOTAL))
        headings = tuple(Heading(group.label) for group in groups)
        return View(caption, table.axes[0].label, headings, (Group(rows),), note, (full,), shaded=True)

    return show


def packed(view: View, note: str) -> View:
    """The same with each pair of count and share in one cell, under the heading that stood over both: half as many
    columns, which a telephone has room for."""
    headings = tuple(Heading(name) for name, _ in view.spans)
    groups = (replace(group, rows=tuple(map(_packed_row, group.rows))) for group in view.groups)
    return replace(view, headings=headings, groups=tuple(groups), note=note, full=(view,))


def _packed_row(row: Row) -> Row:
    pairs = zip(row.cells[::2], row.cells[1::2], strict=True)
    return replace(row, cells=tuple(replace(number, share=part.value) for number, part in pairs))


def _with_share(table: ProtectedTable, *key: str, along: int) -> Cell:
    found = count(table, *key)
    return replace(_count(found), share=None if found is None else share(table, *key, along=along))


def _counted_groups(table: ProtectedTable, caption: str, levels: tuple[Level, ...], groups: tuple[Level, ...]) -> View:
    rows_axis = table.axes[0]
    headings = tuple(Heading(label, group.label) for group in groups for label in ("Antal", "Andel"))
    rows = [Row(level.label, _pairs(table, level, groups)) for level in levels]
    for level in (level for level in beside(rows_axis) if count(table, level.code) != 0):
        cells = tuple(c for group in groups for c in (_count(count(table, level.code, group.code)), BLANK))
        rows.append(Row(_outside(level), cells, Role.BESIDE))
    totals = tuple(c for group in groups for c in (_count(count(table, TOTAL, group.code)), BLANK))
    rows.append(Row(EVERYONE, totals, Role.TOTAL))
    return View(caption, rows_axis.label, headings, (Group(tuple(rows)),))


def _pairs(table: ProtectedTable, level: Level, groups: tuple[Level, ...]) -> tuple[Cell, ...]:
    return tuple(
        part
        for group in groups
        for part in (_count(count(table, level.code, group.code)), _share(table, level.code, group.code))
    )


def matrix(rows: int = 0, columns: int = 0) -> Show:
    """A wide cross table, limited to the most common rows and columns: counts, with shares of each row in brackets.

    The whole table stands in the workbook.
    """

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        top, left = most_common(table, 1, columns), most_common(table, 0, rows)
        headings = (Heading("Antal (n)"), *(Heading(level.label) for level in top))
        body = tuple(Row(level.label, _row_cells(table, level, top)) for level in left)
        note = (
            "Inom parentes: andel av raden, mörkare ju större. n är de som har uppgift. De vanligaste värdena visas; "
            "hela tabellen står i Excelfilen."
        )
        full = (_all_counts(table, caption), _all_shares(table, caption))
        return View(caption, table.axes[0].label, headings, (Group(body),), note, full, shaded=True)

    return show


def _row_cells(table: ProtectedTable, level: Level, top: tuple[Level, ...]) -> tuple[Cell, ...]:
    cells = (_with_share(table, level.code, column.code, along=1) for column in top)
    return (_count(known(table, level.code, along=1)), *cells)


def _all_shares(table: ProtectedTable, caption: str) -> View:
    rows_axis, columns = table.axes[0], named(table, 1)
    rows = tuple(
        Row(level.label, tuple(_share(table, level.code, column.code, along=1) for column in columns))
        for level in values(rows_axis)
    )
    headings = tuple(Heading(level.label) for level in columns)
    return View(f"{caption}: andel av raden", rows_axis.label, headings, (Group(rows),))


def _all_counts(table: ProtectedTable, caption: str) -> View:
    rows_axis, columns_axis = table.axes
    everyone = Level(TOTAL, EVERYONE)
    across = (*columns_axis.levels, everyone)
    headings = tuple(Heading(_outside(level) if level.kind is LevelKind.MISSING else level.label) for level in across)
    rows = []
    for level in (*rows_axis.levels, everyone):
        role = Role.TOTAL if level is everyone else Role.VALUE if level.kind is LevelKind.VALUE else Role.BESIDE
        cells = tuple(_count(count(table, level.code, column.code)) for column in across)
        rows.append(Row(_outside(level) if role is Role.BESIDE else level.label, cells, role))
    return View(f"{caption}: antal", rows_axis.label, headings, (Group(tuple(rows)),))


WITHIN = ("En av fyra inom", "Hälften inom", "Tre av fyra inom", "Nio av tio inom")
"""Quartiles and the 90th percentile as a manager says them, and as short as a telephone needs."""
WITHIN_WHAT = "Hälften inom är medianen, en och tre av fyra är kvartilerna, nio av tio är 90:e percentilen."


def durations() -> Show:
    """Days: n, quartiles and the 90th percentile; tables by sex, age… are stacked, everyone first."""

    def show(tables: Tables, caption: str) -> View:
        groups = [Group((_duration_row(tables[0], EVERYONE, (), Role.TOTAL),))]
        groups += [Group(_duration_rows(table), table.axes[0].label) for table in tables if table.axes]
        headings = tuple(Heading(name) for name in ("Antal", *WITHIN))
        return View(caption, "Dagar för", headings, tuple(groups), WITHIN_WHAT)

    return show


def _duration_rows(table: ProtectedTable) -> tuple[Row, ...]:
    axis = table.axes[0]
    inside = [_duration_row(table, level.label, (level.code,), Role.VALUE) for level in named(table)]
    others = [
        _duration_row(table, _outside(level), (level.code,), Role.BESIDE)
        for level in beside(axis)
        if count(table, level.code) != 0
    ]
    return (*inside, *others)


def _duration_row(table: ProtectedTable, label: str, key: tuple[str, ...], role: Role) -> Row:
    measures = ("q1", "median", "q3", "p90")
    days = (
        BLANK if meaningless(table, measure, *key) else Cell(cell(table, measure, *key), MeasureKind.DAYS)
        for measure in measures
    )
    return Row(label, (_count(count(table, *key)), *days), role)


def shares(n_label: str = "Antal med uppgift", share_label: str = "Andel") -> Show:
    """A share by one column, with the n it is taken of; tables are stacked, everyone first."""

    def show(tables: Tables, caption: str) -> View:
        everyone = Row(EVERYONE, _outcome(tables[0]), Role.TOTAL)
        groups = (Group((everyone,)), *(_share_group(table) for table in tables if len(table.axes) > 1))
        stub = tables[0].axes[1].label if len(tables) == 1 and len(tables[0].axes) > 1 else "Grupp"
        return View(caption, stub, (Heading(n_label), Heading(share_label)), groups)

    return show


def _share_group(table: ProtectedTable) -> Group:
    axis = table.axes[1]
    return Group(tuple(Row(_label(axis, level), _outcome(table, level.code)) for level in named(table, 1)), axis.label)


def _outcome(table: ProtectedTable, *key: str) -> tuple[Cell, ...]:
    """n and share of a Share's table, whose first axis is the outcome."""
    return _count(known(table, TOTAL, *key)), _share(table, YES, *key)


def flows() -> Show:
    """New, ongoing and closed: a row a month where the flow is monthly, the whole period last."""

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        flow = table.axes[-1]
        headings = tuple(Heading(level.label) for level in flow.levels)
        months = named(table) if len(table.axes) > 1 else ()
        rows = [Row(_label(table.axes[0], level), _flow(table, level.code)) for level in months]
        rows.append(Row("Hela perioden", _flow(table, *((TOTAL,) if months else ())), Role.TOTAL))
        stub = table.axes[0].label if months else "Period"
        return View(caption, stub, headings, (Group(tuple(rows)),), course=True)

    return show


def months_alone(tables: Tables, caption: str) -> View:
    """A monthly flow without the row of the whole period, which has a table of its own or is of no period that anyone
    asks about."""
    view = flows()(tables, caption)
    groups = (
        replace(group, rows=tuple(row for row in group.rows if row.role is not Role.TOTAL)) for group in view.groups
    )
    return replace(view, groups=tuple(groups))


def _flow(table: ProtectedTable, *month: str) -> tuple[Cell, ...]:
    return tuple(_count(count(table, *month, level.code)) for level in table.axes[-1].levels)


def amounts() -> Show:
    """A sum in SEK by one column, with how many rows stand behind it."""

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        axis = table.axes[0]
        rows = [Row(level.label, _amount(table, level.code)) for level in named(table) if count(table, level.code) != 0]
        rows.append(Row(EVERYONE, _amount(table), Role.TOTAL))
        return View(
            caption,
            axis.label,
            (Heading("Kostnadsposter"), Heading("Personer"), Heading("Kronor")),
            (Group(tuple(rows)),),
        )

    return show


def _amount(table: ProtectedTable, *key: str) -> tuple[Cell, ...]:
    clients, total = cell(table, "clients", *key), cell(table, "sum", *key)
    return _count(count(table, *key)), _count(clients), Cell(total, MeasureKind.AMOUNT)

"""An instrument as the rows of an XLSForm: `survey`, `choices` and `settings`, before any file is made of them.

One variant is written, in each of its languages, with the slots at their defaults. A matrix is a group with a group
for each row; a number with codes beside it (”ej aktuellt”) has a question of its own for them; an option that asks for
words has a text row after it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from skillnad.exchange.forms.xlsform_expressions import relevant_of
from skillnad.exchange.forms.xlsform_own import Sheets
from skillnad.exchange.forms.xlsform_words import (
    APART,
    CHOICES,
    GROUP,
    INSTEAD,
    INTRO,
    OWN_LIST,
    SETTINGS,
    SHARED_LIST,
    SURVEY,
    WORDS,
    form_name,
    language_column,
    number_text,
    type_of,
)
from skillnad.instruments.asked import Clause, Condition, Item, ItemKind, Option
from skillnad.instruments.model import Instrument
from skillnad.instruments.wording import PutOption, Wording

Row = dict[str, str]

_INSTEAD_WORDS: Final = {"sv": "Eller välj:", "en": "Or choose:"}
_MEASURED: Final = (ItemKind.NUMBER, ItemKind.ANALOGUE, ItemKind.DURATION)
_SEVERAL: Final = (ItemKind.MULTIPLE, ItemKind.RANK)


@dataclass
class _Form:
    """One form in the making: its words by language, and its lists of choices by name."""

    instrument: Instrument
    wordings: Mapping[str, Wording]
    items: dict[str, Item]
    lists: dict[str, list[Row]] = field(default_factory=dict)

    def labels(self, said: Mapping[str, str], column: str = "label") -> Row:
        """A column for each language; what one lacks is said in Swedish."""
        swedish = said.get("sv", "")
        return {f"{column}::{language_column(name)}": said.get(name) or swedish for name in self.wordings}

    def choices(self, item: Item) -> str:
        """The name of the list of the item's options, made where it is new: shared where the words are the same."""
        name = item.option_set or form_name(item.matrix or item.id)
        if not item.option_set and name in self.instrument.option_sets:
            name += OWN_LIST
        if item.option_set and name in self.items:
            name += SHARED_LIST
        rows = list(self._choice_rows(item, name))
        if self.lists.setdefault(name, rows) != rows:
            name = f"{form_name(item.id)}{OWN_LIST}"
            self.lists[name] = [row | {"list_name": name} for row in rows]
        return name

    def _choice_rows(self, item: Item, name: str) -> Iterator[Row]:
        put = {language: _by_code(words.question(item.id).options) for language, words in self.wordings.items()}
        for option in item.options:
            said = {language: words.get(option.code, "") for language, words in put.items()}
            yield {"list_name": name, "name": option.code, **self.labels(said)}


def _by_code(options: Iterable[PutOption]) -> dict[str, str]:
    return {option.code: option.words for option in options}


def sheets_of(instrument: Instrument, wordings: Mapping[str, Wording], perspective: str = "") -> Sheets:
    """The form of one variant: `wordings` by language, Swedish first. `perspective`: only what is asked of it."""
    variant = next(iter(wordings.values())).variant
    form = _Form(instrument, wordings, _asked(instrument, (perspective,) if perspective else variant.perspectives))
    survey = [*_intro(form), *_items(form)]
    settings = {
        "form_title": instrument.title_sv,
        "form_id": instrument.id,
        "version": instrument.version,
        "default_language": language_column(next(iter(wordings))),
    }
    choices = [row for rows in form.lists.values() for row in rows]
    return {SURVEY: _cells(survey, "type"), CHOICES: _cells(choices, "list_name"), SETTINGS: _cells([settings], "")}


def _cells(rows: Sequence[Row], first: str) -> list[list[str]]:
    names = list(dict.fromkeys(name for row in rows for name in row if row[name])) or [first, "name", "label"]
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _asked(instrument: Instrument, perspectives: Sequence[str]) -> dict[str, Item]:
    """The items that any of the perspectives is asked (all, where none is named), with what they can know."""
    found: dict[str, Item] = {}
    for name, item in instrument.items.items():
        if perspectives and item.perspectives and not set(perspectives) & set(item.perspectives):
            continue
        when = _known(item.when, found)
        if when is not None:
            found[name] = replace(item, when=when)
    return found


def _known(condition: Condition, items: Mapping[str, Item]) -> Condition | None:
    """The condition of the questions that are here; None where it cannot hold, as nobody answers the others."""
    kept = Condition(
        tuple(clause for clause in condition.all if clause.item in items),
        tuple(clause for clause in condition.any if clause.item in items),
    )
    lost: list[Clause] = [clause for clause in condition.all if clause.item not in items and not clause.not_in]
    if lost or (condition.any and not kept.any and not any(clause.not_in for clause in condition.any)):
        return None
    return kept


def _intro(form: _Form) -> Iterator[Row]:
    """A note first: what stands before the questions, and that a translation is not checked. Its name says of which."""
    said: dict[str, str] = {}
    unchecked: list[str] = []
    for language, words in form.wordings.items():
        perspective = next(iter(form.instrument.perspectives), "")
        put = words.form(perspective)
        said[language] = "\n".join(filter(None, (put.mark, put.intro)))
        unchecked += [language] if put.mark else []
    if any(said.values()):
        yield {"type": "note", "name": APART.join([INTRO, *unchecked]), **form.labels(said)}


def _items(form: _Form) -> Iterator[Row]:
    """Every item, inside the begin and end of its group; a group that comes back is opened again under a number."""
    opened: dict[str, int] = {}
    group, written = "", set()
    for item in form.items.values():
        if item.group != group:
            yield from _ended(group)
            group = item.group
            yield from _begun(form, group, opened)
        if not item.matrix:
            yield from _item(form, item, form_name(item.id))
        elif item.matrix not in written:
            written.add(item.matrix)
            yield from _matrix(form, item)
    yield from _ended(group)


def _ended(group: str) -> Iterator[Row]:
    if group:
        yield {"type": "end_group"}


def _begun(form: _Form, group: str, opened: dict[str, int]) -> Iterator[Row]:
    if group:
        opened[group] = opened.get(group, 0) + 1
        again = f"{APART}{opened[group]}" if opened[group] > 1 else ""
        sv, en = form.instrument.groups[group]
        yield {"type": "begin_group", "name": f"{GROUP}{group}{again}", **form.labels({"sv": sv, "en": en})}


def _item(form: _Form, item: Item, name: str, said: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The row of one item and those that follow from its options. `said`: the words of a matrix's cell."""
    put = {language: words.question(item.id) for language, words in form.wordings.items()}
    labels = said or {language: one.text or item.label_sv for language, one in put.items()}
    helps = {} if said else {language: one.help for language, one in put.items()}
    measured = item.kind in _MEASURED
    kind = type_of(item, "" if measured or not item.options else form.choices(item))
    yield {
        "type": kind,
        "name": name,
        **form.labels(labels),
        **form.labels(helps, "hint"),
        "required": "yes" if item.required else "",
        "relevant": relevant_of(Condition() if said else item.when, form.items),
        "constraint": _constraint(item),
        "parameters": _parameters(item),
    }
    if measured and item.options:
        yield _instead(form, item, name)
    elif item.options:
        yield from _own_words(form, item, name)


def _instead(form: _Form, item: Item, name: str) -> Row:
    kind = f"select_one {form.choices(item)}"
    labels = form.labels({language: _INSTEAD_WORDS.get(language, "") for language in form.wordings} | _INSTEAD_WORDS)
    return {"type": kind, "name": f"{name}{INSTEAD}", **labels, "relevant": f"${{{name}}} = ''"}


def _own_words(form: _Form, item: Item, name: str) -> Iterator[Row]:
    put = {language: _by_code(words.question(item.id).options) for language, words in form.wordings.items()}
    several = item.kind in _SEVERAL
    for option in item.options:
        if option.specify:
            said = {language: words.get(option.code, "") for language, words in put.items()}
            chosen = f"selected(${{{name}}}, '{option.code}')" if several else f"${{{name}}} = '{option.code}'"
            own = f"{name}{APART}{option.code}{WORDS}"
            yield {"type": "text", "name": own, **form.labels(said), "relevant": chosen}


def _constraint(item: Item) -> str:
    """The limits of a number, or the options that stand alone."""
    if item.kind in (ItemKind.NUMBER, ItemKind.DURATION):
        ends = ((">=", item.least), ("<=", item.most))
        limits = [f". {sort} {number_text(limit)}" for sort, limit in ends if limit is not None]
        return " and ".join([*limits, *([f". = round(., {item.decimals})"] if item.decimals else [])])
    return " and ".join(alone(option) for option in item.options if option.exclusive)


def alone(option: Option) -> str:
    """That an option is not chosen beside others, as forms are wont to say it."""
    return f"not(selected(., '{option.code}') and count-selected(.) > 1)"


def _parameters(item: Item) -> str:
    if item.kind is not ItemKind.ANALOGUE:
        return ""
    step = number_text(10**-item.decimals)
    return f"start={number_text(item.least or 0)} end={number_text(item.most or 0)} step={step}"


def _matrix(form: _Form, item: Item) -> Iterator[Row]:
    """The group of a matrix, with a group of cells for each row."""
    matrix = form.instrument.matrices[item.matrix]
    put = {language: words.question(item.id) for language, words in form.wordings.items()}
    texts = {language: one.text or matrix.label_sv for language, one in put.items()}
    relevant = relevant_of(item.when, form.items)
    yield {"type": "begin_group", "name": matrix.id, **form.labels(texts), "relevant": relevant}
    for row, _, _ in matrix.rows:
        rows = {language: one.rows.get(row, "") for language, one in put.items()}
        yield {"type": "begin_group", "name": f"{matrix.id}{APART}{row}", **form.labels(rows)}
        for column, _, _ in matrix.columns:
            cell = form.items[f"{matrix.id}.{row}.{column}"]
            columns = {language: one.columns.get(column, "") for language, one in put.items()}
            yield from _item(form, cell, form_name(cell.id), columns)
        yield {"type": "end_group"}
    yield {"type": "end_group"}

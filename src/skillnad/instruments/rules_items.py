"""What must hold of perspectives, variants and items. Each broken rule is a problem at its line."""

from collections.abc import Iterator, Sequence
from typing import Final

from skillnad.instruments.asked import Item, ItemKind, Means, Option
from skillnad.instruments.exact import read_number
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import GROUP, OPTION_SET, PERSPECTIVE, refer
from skillnad.lib.text import shown
from skillnad.lib.toml_files import Checked

CHOSEN: Final = (ItemKind.SINGLE, ItemKind.SCALE, ItemKind.MULTIPLE, ItemKind.RANK)
MEASURED: Final = (ItemKind.NUMBER, ItemKind.ANALOGUE, ItemKind.DURATION)
MOST_DECIMALS: Final = 4


def check_items(parsed: Parsed) -> None:
    """Perspectives, variants, option sets and items, apart from their conditions and words."""
    _check_whole(parsed)
    _check_perspectives(parsed)
    _check_variants(parsed)
    for option_set in parsed.instrument.option_sets.values():
        _check_options(option_set.options, parsed.place("option_set", option_set.id))
    for item, place in asked_once(parsed):
        _check_item(item, place, parsed)


def asked_once(parsed: Parsed) -> Iterator[tuple[Item, Checked]]:
    """Every item with its table; of a matrix its first cell, as all cells are alike."""
    seen: set[str] = set()
    for item in parsed.instrument.items.values():
        name = item.matrix or item.id
        if name not in seen:
            seen.add(name)
            yield item, parsed.place("item", name)


def _check_whole(parsed: Parsed) -> None:
    if parsed.instrument.items or parsed.instrument.extends:
        return
    parsed.top.missing("item", '[{ id = "…", kind = "text", label_sv = "…", text = "…" }]')


def _check_perspectives(parsed: Parsed) -> None:
    instrument = parsed.instrument
    if not instrument.perspectives and not instrument.extends:
        parsed.top.missing("perspective", '[{ id = "client", sv = "…", answered_by = "client" }]')
    for perspective in instrument.perspectives.values():
        if perspective.answered_by in ("", *instrument.answered_by):
            continue
        parsed.place("perspective", perspective.id).add(
            "INSTR-007",
            "answered_by",
            sv=f"”{perspective.answered_by}” står inte i instrumentets answered_by. Lägg till det där.",
            en=f"'{perspective.answered_by}' is not in the instrument's answered_by. Add it there.",
        )


def _check_variants(parsed: Parsed) -> None:
    instrument = parsed.instrument
    for variant in instrument.variants.values():
        place = parsed.place("variant", variant.id)
        refer(place, variant.perspectives, instrument.perspectives, PERSPECTIVE, "perspectives")
    bases = [variant.id for variant in instrument.variants.values() if variant.base]
    if len(bases) == 1 or instrument.extends:
        return
    place = parsed.place("variant", bases[1]) if bases else parsed.top
    place.add(
        "INSTR-003",
        "base" if bases else "variant",
        sv=f"Precis en variant är grundformen, men {len(bases)} har base = true. Skriv det i en av dem.",
        en=f"Exactly one variant is the base form, but {len(bases)} have base = true. Write it in one of them.",
    )


def _check_item(item: Item, place: Checked, parsed: Parsed) -> None:
    instrument = parsed.instrument
    refer(place, item.perspectives, instrument.perspectives, PERSPECTIVE, "perspectives")
    refer(place, [item.group] if item.group else [], instrument.groups, GROUP, "group")
    known = refer(place, [item.option_set] if item.option_set else [], instrument.option_sets, OPTION_SET, "option_set")
    inside = ("cell",) if item.matrix else ()
    if known:
        _check_kind(item, place, inside)
    if not item.option_set:
        _check_options(item.options, place, *inside)
    _check_measured(item, place, inside)
    _check_odd(item, place)
    if instrument.licence.texts and not item.text and not item.adapt:
        place.missing("text", "…")


def _check_kind(item: Item, place: Checked, inside: Sequence[str]) -> None:
    """Options where they are chosen among, and only there."""
    table = place.get("cell", {}) if inside else place.data
    if item.kind in CHOSEN and not item.options:
        _refuse(
            place,
            (*inside, "kind"),
            f"En fråga av slaget {item.kind} behöver svarsalternativ. "
            'Lägg till option_set = "…" eller options = [{ code = "1", sv = "…" }].',
            f"An item of kind {item.kind} needs options. "
            'Add option_set = "…" or options = [{ code = "1", sv = "…" }].',
        )
    elif item.kind is ItemKind.MATRIX:
        _refuse(
            place,
            ("cell", "kind"),
            'En cell kan inte själv vara en matris. Skriv till exempel kind = "number".',
            'A cell cannot be a matrix itself. Write for example kind = "number".',
        )
    elif "option_set" in table and "options" in table:
        _refuse(
            place,
            (*inside, "options"),
            "Frågan har både option_set och options. Ta bort det ena.",
            "The item has both option_set and options. Remove one of them.",
        )
    elif item.kind in MEASURED:
        _check_beside(item, place, inside)
    elif item.options and item.kind not in CHOSEN:
        _refuse(
            place,
            (*inside, "kind"),
            f'En fråga av slaget {item.kind} har inga svarsalternativ. Ta bort dem, eller skriv kind = "single".',
            f'An item of kind {item.kind} has no options. Remove them, or write kind = "single".',
        )


def _check_beside(item: Item, place: Checked, inside: Sequence[str]) -> None:
    """Codes beside a number ("X", not relevant) are no values, and none of them can be read as an answer."""
    for option in item.options:
        number = read_number(option.code)
        if option.means is Means.VALUE:
            _refuse(
                place,
                (*inside, "kind"),
                f"Svaret ”{shown(option.code)}” står bredvid en fråga av slaget {item.kind}, där talet är svaret. "
                'Ge det meaning = "dont_know", "not_applicable" eller "missing", eller ge frågan kind = "single".',
                f"The answer '{shown(option.code)}' stands beside an item of kind {item.kind}, answered by a number. "
                'Give it meaning = "dont_know", "not_applicable" or "missing", or write kind = "single".',
            )
            return
        if number is not None and (item.least or 0) <= number and (item.most is None or number <= item.most):
            _refuse(
                place,
                (*inside, "kind"),
                f"Koden ”{shown(option.code)}” är också ett tal som kan vara svaret. Välj en bokstav, som X.",
                f"The code '{shown(option.code)}' is also a number that can be the answer. Choose a letter, such as X.",
            )


def _check_options(options: Sequence[Option], place: Checked, *inside: str) -> None:
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.code and option.code in seen:
            place.add(
                "INSTR-006",
                *inside,
                "options",
                index,
                sv=f"Koden ”{shown(option.code)}” står två gånger. Ge ett av svarsalternativen en annan kod.",
                en=f"The code '{shown(option.code)}' stands twice. Give one of the options another code.",
            )
        seen.add(option.code)


def _check_measured(item: Item, place: Checked, inside: Sequence[str]) -> None:
    """Numbers have an end below, and their ends in order."""
    if item.kind not in MEASURED:
        return
    if item.least is None:
        place.missing("min", "0")
        return
    if item.most is not None and item.most <= item.least:
        _refuse(
            place,
            (*inside, "max"),
            f"”max” ({item.most:g}) är inte större än ”min” ({item.least:g}). Byt plats på dem, eller rätta den ena.",
            f"'max' ({item.most:g}) is not above 'min' ({item.least:g}). Swap them, or correct one of them.",
        )
    if not 0 <= item.decimals <= MOST_DECIMALS:
        _refuse(
            place,
            (*inside, "decimals"),
            f"”decimals” är {item.decimals}, men antalet decimaler ska vara 0–{MOST_DECIMALS}. Skriv till exempel "
            "decimals = 1.",
            f"'decimals' is {item.decimals}, but must be 0–{MOST_DECIMALS}. Write for example decimals = 1.",
        )
    if item.kind is ItemKind.ANALOGUE and item.most is None:
        place.missing("max", "10")


def _check_odd(item: Item, place: Checked) -> None:
    """Keys that mean something for one kind only."""
    if item.not_asked == "none" and (item.kind is not ItemKind.MULTIPLE or not (item.when.all or item.when.any)):
        _refuse(
            place,
            ("not_asked",),
            'not_asked = "none" gäller bara flerval med villkor: den som inte får frågan har då svarat inget av dem. '
            "Ta bort raden, eller skriv villkoret (when).",
            'not_asked = "none" is for multiple choice with a condition only: not asked then means none of them. '
            "Remove the line, or write the condition (when).",
        )
    if item.partial and item.kind is not ItemKind.RANK:
        _refuse(
            place,
            ("partial",),
            'partial = true gäller bara rangordning (kind = "rank"). Ta bort raden.',
            'partial = true is for rank orders only (kind = "rank"). Remove the line.',
        )
    if item.kind is not ItemKind.MULTIPLE and any(option.exclusive for option in item.options):
        _refuse(
            place,
            ("option_set" if item.option_set else "options",),
            "exclusive = true gäller bara flerval: i övriga slag väljs ändå bara ett svar. Ta bort det.",
            "exclusive = true is for multiple choice only: the other kinds take one answer anyway. Remove it.",
        )


def _refuse(place: Checked, keys: tuple[str, ...], sv: str, en: str) -> None:
    place.add("INSTR-011", *keys, sv=sv, en=en)

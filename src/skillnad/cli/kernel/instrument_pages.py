"""docs/instrument: a page for each instrument of the catalogue, and the list of them, generated from its files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from skillnad.cli.kernel.instrument_page_counts import counts
from skillnad.cli.kernel.instrument_words import (
    ages_sv,
    answer_sv,
    condition_sv,
    licence_sv,
    marks,
    occasion_sv,
    option_sv,
    short,
)
from skillnad.cli.kernel.reference_pages import GENERATED
from skillnad.codebook.wording import in_cell
from skillnad.instruments.asked import Item, Option, OptionSet, Slot, Variant
from skillnad.instruments.loading import Loaded, instrument_ids, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.texts import Words, words_of
from skillnad.instruments.vocabulary import ABOUT, KINDS, LANGUAGES, WHO
from skillnad.instruments.wording import Wording, fill, wording
from skillnad.lib.text import listed

INTRO: Final = """# Instrument

Frågor som Skillnad kan ställa, och räknereglerna för svaren. Varje sida är skapad ur instrumentets egna filer: det som
står här är det som frågas och räknas. Vad som inte har kunnat läsas i sin källa är märkt **(overifierat)**.

*Fritt* betyder att frågornas ord ingår. *Licens* betyder att orden tillhör någon annan: här finns hur svaren
registreras och räknas, och orden läses ur kommunens egen fil när kommunen har angett sin licens med
`skillnad instrument licence`.

Ett eget instrument gör du på tio minuter: [Ett eget instrument](../eget-instrument.md).
"""
FROM: Final[Mapping[str, str]] = {
    "case.intervention_type": "ärendets insats",
    "case.reference_point": "ärendet: från när svaret räknas",
    "case.caseworker_kind": "ärendet: vem som handlägger",
    "plan": "planen",
    "answers": "svaren på tidigare frågor",
}
STATUSES: Final[Mapping[str, str]] = {
    "original": "som publicerad",
    "adapted": "Skillnads egna ord, inte prövade med dem som svarar",
    "machine": "maskingjord, inte granskad",
    "signed": "granskad",
}
MOST_NAMED: Final = 6
"""Questions that a heading names; of more, how many there are."""
BASIS: Final[Mapping[str, str]] = {"binding": "bindande föreskrift", "advice": "allmänt råd"}


def instrument_pages() -> dict[str, str]:
    """Every page by its file name."""
    loaded = [load_with_files(name) for name in instrument_ids()]
    pages = {f"{each.instrument.id}.md": instrument_page(each) for each in loaded}
    return {"README.md": contents_page([each.instrument for each in loaded]), **pages}


def contents_page(instruments: Sequence[Instrument]) -> str:
    lines = [GENERATED, INTRO]
    for kind, heading in (("catalogue", "Färdiga"), ("template", "Mallar att anpassa"), ("frame", "Ramar")):
        lines += [f"## {heading}\n", "| Instrument | Vem svarar | Om | Frågor | Ord |\n|---|---|---|---|---|"]
        lines += [_row(each) for each in instruments if each.kind == kind]
        lines.append("")
    return "\n".join(lines)


def _row(instrument: Instrument) -> str:
    who = listed([WHO[each] for each in instrument.answered_by])
    words = "licens" if instrument.licence.confirm else "fritt"
    title = f"[{instrument.title_sv}]({instrument.id}.md)"
    return row(title, who, ABOUT[instrument.about], str(len(_whole(instrument))), words)


def row(*cells: str) -> str:
    return f"| {' | '.join(in_cell(cell) for cell in cells)} |"


def instrument_page(loaded: Loaded) -> str:
    """All that the files say, as Markdown; `licence.md` last, as it is."""
    instrument, words = loaded.instrument, words_of(loaded.files)
    lines = [GENERATED, f"# {instrument.title_sv}\n", f"*{instrument.purpose_sv}*\n", *_facts(instrument)]
    if instrument.note_sv:
        lines.append(instrument.note_sv + "\n")
    lines += [*_theory(instrument), *_groups(instrument)]
    lines += _questions(instrument, words)
    lines += _option_sets(instrument)
    lines += _slots(instrument)
    lines += _variants(instrument, words)
    lines += counts(loaded)
    lines += _versions(instrument)
    lines.append((loaded.files.licence or "").replace("# Licens", "## Licens", 1))
    lines.append("[Alla instrument](README.md)\n")
    return "\n".join(lines)


def _facts(instrument: Instrument) -> Iterator[str]:
    yield f"- **id och version:** `{instrument.id}` {instrument.version}, {KINDS[instrument.kind]}"
    yield f"- **svarar:** {listed([WHO[each] for each in instrument.answered_by])}"
    yield f"- **gäller:** {ABOUT[instrument.about]}{'' if instrument.person else '; ingen enskild behöver anges'}"
    if instrument.occasions:
        yield f"- **när:** {'; '.join(occasion_sv(each) for each in instrument.occasions)}"
    yield f"- **ord:** {licence_sv(instrument.licence)}; rätten har {instrument.licence.holder}"
    yield f"- **källa:** {instrument.source}{marks(verified=instrument.verified)}"
    if instrument.no_sum:
        yield "- **räknas aldrig ihop** till en summa, inte heller i kommunens egna tillägg"
    if instrument.never_average:
        yield "- **inget medelvärde** tas av svaren"
    yield ""


def _theory(instrument: Instrument) -> Iterator[str]:
    if instrument.theory:
        yield "## Programteori\n"
        yield from (f"- **{sv}**" for sv, _ in instrument.theory.values())
        yield ""


def _groups(instrument: Instrument) -> Iterator[str]:
    """The parts that the questions stand in; of a frame, those that wait for the municipality's own."""
    if not instrument.groups:
        return
    yield "## Delar\n"
    for name, (sv, _) in instrument.groups.items():
        inside = [f"`{_id(item)}`" for item in _whole(instrument) if item.group == name]
        yield f"- **{sv}** (`{name}`): {listed(inside) if inside else 'kommunens egna'}"
    yield ""


def _questions(instrument: Instrument, words: Words) -> Iterator[str]:
    yield "## Frågorna\n"
    if instrument.intro:
        yield f"Först står: ”{instrument.intro}”\n"
    put = wording(instrument, words)
    for heading, items in _by_perspective(instrument):
        if heading:
            yield f"### {heading}\n"
        level = "####" if heading else "###"
        worded = any(item.text for item in items)
        yield from _worded(instrument, put, items, level) if worded else _table(instrument, items)


def _by_perspective(instrument: Instrument) -> list[tuple[str, list[Item]]]:
    """The items under those who get them, a matrix as its first cell; no heading where all get all."""
    found: dict[tuple[str, ...], list[Item]] = {}
    for item in _whole(instrument):
        found.setdefault(item.perspectives or tuple(instrument.perspectives), []).append(item)
    if len(found) == 1:
        return [("", next(iter(found.values())))]
    return [(_heading(instrument, names), items) for names, items in found.items()]


def _heading(instrument: Instrument, perspectives: Sequence[str]) -> str:
    if len(perspectives) == len(instrument.perspectives):
        return "Till alla"
    return f"Till {listed([_who(instrument, name) for name in perspectives])}"


def _who(instrument: Instrument, perspective: str) -> str:
    return f"”{instrument.perspectives[perspective].sv}”"


def _whole(instrument: Instrument) -> list[Item]:
    """Every item, and of a matrix one cell."""
    seen: dict[str, Item] = {}
    for item in instrument.items.values():
        seen.setdefault(item.matrix or item.id, item)
    return list(seen.values())


def _table(instrument: Instrument, items: Sequence[Item]) -> Iterator[str]:
    """Questions whose words are not ours: what each is about. Columns that would be empty are left out."""
    columns = {
        "Nr": [item.number for item in items],
        "id": [f"`{_id(item)}`" for item in items],
        "Gäller": [f"{_label(instrument, item)}{' (måste besvaras)' if item.required else ''}" for item in items],
        "Svar": [_answer(instrument, item) for item in items],
        "Ställs om": [condition_sv(instrument, item.when) for item in items],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    yield f"{row(*shown)}\n{'|---' * len(shown)}|"
    yield from (row(*cells) for cells in zip(*shown.values(), strict=True))
    yield ""
    own: dict[tuple[Option, ...], list[str]] = {}
    for item in items:
        if item.options and not item.option_set:
            own.setdefault(item.options, []).append(f"`{_id(item)}`")
    for options, names in own.items():
        yield f"Svar på {listed(names)}:\n"
        yield from options_table(options)


def _worded(instrument: Instrument, put: Wording, items: Iterable[Item], level: str) -> Iterator[str]:
    for item in items:
        question = put.question(item.id)
        number = f"{item.number}. " if item.number else ""
        yield f"{level} {number}{_label(instrument, item)}\n"
        if question.text:
            yield f"> {question.text.replace(chr(10), chr(10) + '> ')}\n"
        yield f"- id: `{_id(item)}`; svar: {_answer(instrument, item)}"
        yield from _more(instrument, item, question.help)
        if item.matrix:
            yield from _matrix(instrument, item.matrix)
        yield ""
        if item.options and not item.option_set:
            yield from options_table(item.options)


def _more(instrument: Instrument, item: Item, help_words: str) -> Iterator[str]:
    if item.standard and item.standard != item.text:
        yield f"- publicerad ordalydelse: ”{item.standard}”"
    condition = condition_sv(instrument, item.when)
    if condition:
        outside = "" if item.not_asked == "outside" else "; annars räknas den som besvarad med inget av alternativen"
        yield f"- ställs bara om {condition}{outside}"
    if help_words:
        source = f" ({item.help_source})" if item.help_source else ""
        yield f"- hjälptext: ”{help_words}”{source}"
    flags = [
        *(["måste besvaras"] if item.required else []),
        *([BASIS[item.basis]] if item.basis else []),
        *(["svaret visas inte för den som frågan handlar om"] if item.confidential else []),
        *(["känslig"] if item.sensitive else []),
        *(["skrivs om av kommunen"] if item.adapt else []),
    ]
    if flags:
        yield f"- {'; '.join(flags)}"


def _label(instrument: Instrument, item: Item) -> str:
    return instrument.matrices[item.matrix].label_sv if item.matrix else item.label_sv


def _id(item: Item) -> str:
    return item.matrix or item.id


def _answer(instrument: Instrument, item: Item) -> str:
    told = answer_sv(item)
    if not item.option_set:
        return told
    return f"{told} ([alternativ](#svar-{item.option_set}))"


def _matrix(instrument: Instrument, name: str) -> Iterator[str]:
    matrix = instrument.matrices[name]
    yield f"- rader: {'; '.join(f'{sv} (`{code}`)' for code, sv, _ in matrix.rows)}"
    yield f"- kolumner: {'; '.join(f'{sv} (`{code}`)' for code, sv, _ in matrix.columns)}"
    yield f"- en cell heter `{name}.rad.kolumn`"


def options_table(options: Sequence[Option]) -> Iterator[str]:
    yield "| Kod | Svar | Anmärkning |\n|---|---|---|"
    for option in options:
        yield row(option.code, option.sv, option_sv(option))
    yield ""


def _option_sets(instrument: Instrument) -> Iterator[str]:
    used: dict[str, list[Item]] = {}
    for item in _whole(instrument):
        used.setdefault(item.option_set, []).append(item)
    sets = [each for each in instrument.option_sets.values() if each.id in used]
    if sets:
        yield "## Svarsalternativ\n"
    for each in sets:
        yield from _option_set(each, used[each.id])


def _option_set(of: OptionSet, items: Sequence[Item]) -> Iterator[str]:
    names = [short(item) for item in items]
    to = listed(names) if len(names) <= MOST_NAMED else f"{len(names)} frågor"
    yield f'<a id="svar-{of.id}"></a>\n\n### Till {to}\n'
    source = f" Källa: {of.source}." if of.source else ""
    adapt = " Kommunen skriver sina egna." if of.adapt else ""
    if source or adapt or not of.verified:
        yield f"{source}{adapt}{marks(verified=of.verified)}".strip() + "\n"
    yield from options_table(of.options)


def _slots(instrument: Instrument) -> Iterator[str]:
    if not instrument.slots:
        return
    yield "## Ordval\n"
    yield (
        "Där den publicerade frågan har snedstreck väljs ett ord, så att ingen får läsa ett snedstreck. Vad som valdes "
        "sparas med svaret. Svar med olika utgångspunkt läggs aldrig ihop utan att det sägs.\n"
    )
    yield "| Ordval | Publicerat | Kan bli | Väljs av |\n|---|---|---|---|"
    for slot in instrument.slots.values():
        start = " **Utgångspunkt.**" if slot.reference else ""
        yield row(f"`{slot.id}`", f"”{slot.standard}”", _choices(instrument, slot), f"{FROM[slot.source]}.{start}")
    yield ""


def _choices(instrument: Instrument, slot: Slot) -> str:
    """The choices with the inner slots' own names between angle quotes, as they are chosen too."""
    names = {each: f"‹{each}›" for each in instrument.slots}
    told = {**names, "name": "‹insatsens namn›", "month": "‹månad›"}
    return "; ".join(f"`{choice.code}` ”{fill(choice.sv, told)}”" for choice in slot.choices)


def _variants(instrument: Instrument, words: Words) -> Iterator[str]:
    if len(instrument.variants) < 2 and len(words) == 0:
        return
    yield "## Varianter och språk\n"
    yield "Samma frågor och koder i andra ord: svaren kan läggas ihop, och visas för sig.\n"
    yield "| Variant | id | För | Språk |\n|---|---|---|---|"
    for variant in instrument.variants.values():
        yield row(variant.sv, f"`{variant.id}`", _for_whom(instrument, variant), _languages(variant, words))
    yield ""


def _for_whom(instrument: Instrument, variant: Variant) -> str:
    who = [instrument.perspectives[name].sv for name in variant.perspectives]
    return ", ".join([*who, *([ages_sv(variant.ages)] if variant.ages else [])])


def _languages(variant: Variant, words: Words) -> str:
    told: dict[str, list[str]] = {}
    for language in variant.languages:
        texts = words.get((variant.id, language))
        told.setdefault(texts.status if texts else "original", []).append(LANGUAGES.get(language, language))
    return "; ".join(f"{listed(languages)} ({STATUSES[status]})" for status, languages in told.items())


def _versions(instrument: Instrument) -> Iterator[str]:
    yield "## Versioner\n"
    for note in instrument.versions:
        breaks = f" Ny serie: {listed(sorted(note.breaks))}." if note.breaks else ""
        yield f"- {note.version} ({note.date.isoformat()}): {note.sv}.{breaks}"
    yield ""

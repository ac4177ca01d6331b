"""What must hold of an instrument as a whole: its folder's name, its licence, and its versions."""

from pathlib import Path

from skillnad.instruments.parsing import Parsed
from skillnad.instruments.reading import Files
from skillnad.instruments.references import ITEM, refer
from skillnad.instruments.versions import version_order
from skillnad.lib.text import shown


def check_whole(parsed: Parsed, files: Files) -> None:
    _check_name(parsed, files.folder)
    _check_licence(parsed, files)
    _check_versions(parsed)


def _check_name(parsed: Parsed, folder: Path) -> None:
    """A kept older version lies in versions/<version> below the instrument's own folder."""
    name, should = parsed.instrument.id, folder.name
    if folder.parent.name == "versions":
        should = folder.parent.parent.name
    if name and name != should:
        parsed.top.add(
            "INSTR-005",
            "id",
            sv=f"Instrumentets id är ”{shown(name)}”, men mappen heter ”{shown(should)}”. Skriv samma på båda "
            "ställena.",
            en=f"The instrument's id is '{shown(name)}', but the folder is called '{shown(should)}'. Write the same in "
            "both places.",
        )


def _check_licence(parsed: Parsed, files: Files) -> None:
    """Whose the questions are is said in words too, and words that need leave are not among the free."""
    instrument = parsed.instrument
    if not (files.licence or "").startswith("# Licens") and not instrument.extends:
        parsed.top.findings.add(
            "INSTR-019",
            files.where("licence.md"),
            sv="Licensen saknas. Skriv licence.md med rubriken ”# Licens: …” och vem som har rätten.",
            en="The licence is missing. Write licence.md headed '# Licens: …' and say who has the right.",
        )
    licence = instrument.licence
    if licence.texts and licence.kind in ("permission", "training") and not licence.confirm:
        parsed.top.add(
            "INSTR-019",
            "licence",
            "texts",
            sv="Orden kräver tillstånd (kind), men ligger här utan att någon licens behöver bekräftas. "
            "Skriv texts = false, eller confirm = true.",
            en="The words need permission (kind), but lie here with no licence to confirm. "
            "Write texts = false, or confirm = true.",
        )


def _check_versions(parsed: Parsed) -> None:
    """The version notes are in order and end with the version that this is."""
    instrument = parsed.instrument
    if not instrument.versions:
        if not instrument.extends:
            parsed.top.missing("version_note", '[{ version = "2026.1", date = 2026-01-01, sv = "Första versionen" }]')
        return
    last = len(instrument.versions) - 1
    now, noted = instrument.version.rpartition("+")[2], instrument.versions[last].version
    if noted != now:
        now, noted = shown(now), shown(noted)
        parsed.top.add(
            "INSTR-024",
            "version_note",
            last,
            "version",
            sv=f"Den sista anteckningen är om {noted}, men instrumentet är {now}. Lägg till en [[version_note]] om "
            f"vad som är nytt i {now}.",
            en=f"The last note is about {noted}, but the instrument is {now}. Add a [[version_note]] of what is new in "
            f"{now}.",
        )
    order = [version_order(note.version) for note in instrument.versions]
    if order != sorted(set(order)):
        parsed.top.add(
            "INSTR-024",
            "version_note",
            sv="Anteckningarna om versioner står inte i ordning, eller någon version står två gånger. Skriv dem med "
            "den äldsta först och en [[version_note]] för varje.",
            en="The version notes are not in order, or a version stands twice. Write them with the oldest first and "
            "one [[version_note]] for each.",
        )
    breaks = sorted(instrument.versions[last].breaks)
    known = (*instrument.items, *instrument.matrices, *instrument.scores)
    refer(parsed.top, breaks, known, ITEM, "version_note", last, "breaks")

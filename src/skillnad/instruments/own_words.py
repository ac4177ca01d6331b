"""Words that a municipality keeps for an instrument of the catalogue: licensed ones, or a translation it has signed."""

from collections.abc import Mapping
from pathlib import Path

from skillnad.instruments.licences import Statement, needs_statement, read_licences, refuse_words
from skillnad.instruments.model import Instrument
from skillnad.instruments.reading import VERSIONS, Files, Findings, name_of
from skillnad.instruments.rules_texts import check_text_files
from skillnad.lib.toml_files import Source


def checked_words(
    instrument: Instrument, words: Mapping[str, Source], folder: Path, findings: Findings
) -> Statement | None:
    """Hold the text files of `folder` to the licence and to the rules of words; the licence that lets them load."""
    licence = _licence(instrument, folder, findings) if words else None
    check_text_files(instrument, words, [folder], findings)
    return licence


def own_licence(instrument: Instrument, files: Files, findings: Findings) -> Statement | None:
    """The licence that the words in the folder of an addition load under; None where it has no words of its own."""
    has_words = any(source.local for source in files.texts.values())
    adds = files.definition is not None and "extends" in files.definition.data
    return _licence(instrument, files.folder, findings) if adds and has_words else None


def _licence(instrument: Instrument, folder: Path, findings: Findings) -> Statement | None:
    """What licences.toml, beside the instruments' own folders, states; INSTR-028 where words need it to."""
    if not needs_statement(instrument):
        return None
    own = folder.parents[2] if folder.parent.name == VERSIONS else folder.parent
    statement = read_licences(own, findings).get(instrument.id)
    if statement is None:
        refuse_words(instrument, f"{name_of(folder)}/texts", findings)
    return statement

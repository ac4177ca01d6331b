"""An instrument as a folder would hold it, wherever it came from: the files that `load_instrument` reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from skillnad.exchange.forms.definition_tables import definition_of
from skillnad.exchange.forms.to_change import with_marks
from skillnad.exchange.forms.toml_text import toml_text
from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.conditions import asked
from skillnad.instruments.content import digest_of
from skillnad.instruments.loading import Loaded, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.new import MARK
from skillnad.instruments.reading import Files
from skillnad.lib.toml_files import Source

Table = Mapping[str, Any]

_CASES = f"""\
# {MARK}: skriv egna fall som du har räknat för hand; de prövas vid varje kontroll.
# Det här är ett svarsblad utan svar, gjort vid importen.

"""
_LICENCE = f"""\
# Licens: {{title}}

{MARK}: vem som har rätten till frågorna, och om de får användas som de är. De är importerade från {{source}}.
"""


@dataclass(frozen=True)
class Folder:
    """`definition` is what definition.toml says, `texts` the words of variants and languages by file name
    ("adult.ar.toml"); `cases` and `licence` are None where there are none. `unsaid`: what the form that it came from
    did not say, as in `to_change.UNSAID`."""

    instrument: Instrument
    definition: Table
    texts: Mapping[str, Table] = field(default_factory=dict)
    cases: Table | None = None
    licence: str | None = None
    unsaid: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> "Folder":
        """The same under another id, as a municipality's own: the catalogue's ids are taken."""
        kind = "local" if self.instrument.kind == "catalogue" else self.instrument.kind
        instrument = replace(self.instrument, id=name, kind=kind, local=True)
        instrument = replace(instrument, digest=digest_of(instrument))
        return replace(self, instrument=instrument, definition={**self.definition, "id": name, "kind": kind})

    def files(self) -> dict[str, str]:
        """The text of every file, by its path in the folder. Where there are no cases, one without answers is made."""
        cases = toml_text(self.cases) if self.cases else _CASES + toml_text({"case": [_empty_case(self.instrument)]})
        return {
            "definition.toml": with_marks(toml_text(self.definition), self.unsaid),
            "cases.toml": cases,
            "licence.md": self.licence or _licence(self.instrument),
            **{f"texts/{name}": toml_text(table) for name, table in self.texts.items()},
        }


def folder_of(loaded: Loaded) -> Folder:
    """What lies in the folder that `loaded` was read from; an addition (`extends`) is only what it adds."""
    instrument, files = loaded.instrument, loaded.files
    adds = bool(instrument.extends and files.definition)
    return Folder(
        instrument,
        dict(files.definition.data) if adds and files.definition else definition_of(instrument),
        {name: source.data for name, source in files.texts.items()},
        files.cases.data if files.cases else None,
        files.licence,
    )


def loaded_of(folder: Folder) -> Loaded:
    """What would have been loaded from the folder's files."""
    name, local = Path(folder.instrument.id), folder.instrument.local
    texts = {file: Source(file, table, "", local) for file, table in folder.texts.items()}
    return Loaded(folder.instrument, Files(name, Source("definition.toml", folder.definition, "", local), texts=texts))


def loaded_folder(which: str | Path, own: Path | None = None) -> Folder:
    """The folder of an id or a path, as `load_instrument` finds it."""
    return folder_of(load_with_files(which, own))


def definition_as_toml(instrument: Instrument) -> str:
    """The text of a definition.toml that reads as `instrument`."""
    return toml_text(definition_of(instrument))


def _empty_case(instrument: Instrument) -> dict[str, Any]:
    """A sheet without answers, with what comes of it: what is asked, or what must have been answered."""
    perspective = next(iter(instrument.perspectives), "")
    sheet = AnswerSheet(instrument.id, instrument.version, perspective, {})
    problems = [f"{problem.code} {problem.where}".strip() for problem in check_answers(instrument, sheet)]
    names = asked(instrument, perspective, {})
    shown = list(dict.fromkeys(instrument.items[name].matrix or name for name in names))
    expected = {"problems": problems} if problems else {"asked": shown}
    return {"id": "tomt", "sv": "Inget besvarat", "perspective": perspective, "answers": {}, **expected}


def _licence(instrument: Instrument) -> str:
    return _LICENCE.format(title=instrument.title_sv, source=instrument.source)

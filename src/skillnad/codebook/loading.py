"""The codebook as it stands: the standard's files, and a municipality's own folder on top of them.

The standard is never changed by a municipality: variables and values are added, old codes are mapped beside the
standard's, and a variable that is not used says so. Everything that is wrong is shown at once, by file and line.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from skillnad.codebook.additions import add_folder
from skillnad.codebook.content import digest_of
from skillnad.codebook.model import Codebook, Variable
from skillnad.codebook.parsing import bands_of, variable_from
from skillnad.codebook.rules import check_variable
from skillnad.codebook.sources import Findings, Source, read_folder
from skillnad.codebook.tables import FILE, VARIABLE, Checked, checked, tables

STANDARD = Path(__file__).parent / "standard"


def load_codebook(local: Path | None = None) -> Codebook:
    """The standard's variables, with those of the folder `local` where one is given.

    Raises UserError with every problem of the local folder (codes CODE-003 to CODE-022).
    """
    standard = _standard()
    if local is None:
        return standard
    findings = Findings()
    sources = read_folder(local, findings, local=True)
    codebook = add_folder(standard, sources, findings)
    findings.stop()
    return replace(codebook, digest=digest_of(codebook))


@cache
def _standard() -> Codebook:
    findings = Findings()
    codebook = standard_from(read_folder(STANDARD, findings, local=False), findings)
    findings.stop()
    return codebook


def standard_from(sources: tuple[Source, ...], findings: Findings) -> Codebook:
    """A codebook of nothing but `sources`, with the variables by number and those without one last."""
    files = [checked(source, (), source.data, FILE, findings) for source in sources]
    found = [_checked_variable(table) for file in files for table in tables(file, "variable", VARIABLE)]
    variables = _with_shared_sets({variable.id: variable for variable, _ in found}, [table for _, table in found])
    ordered = sorted(variables.values(), key=lambda variable: variable.number or len(found) + 1)
    version = next((file.get("version") for file in files if "version" in file.data), "")
    codebook = Codebook(version, {variable.id: variable for variable in ordered}, bands_of(files), "")
    return replace(codebook, digest=digest_of(codebook))


def _checked_variable(table: Checked) -> tuple[Variable, Checked]:
    variable = variable_from(table)
    check_variable(variable, table)
    return variable, table


def _with_shared_sets(variables: Mapping[str, Variable], tables: list[Checked]) -> dict[str, Variable]:
    """Variables that say `same_values_as` get the other's set (the problem has the values of the intake reason)."""
    shared = {table.get("id"): table.get("same_values_as") for table in tables if "same_values_as" in table.data}
    return {
        name: replace(variable, values=variables[shared[name]].values) if name in shared else variable
        for name, variable in variables.items()
    }

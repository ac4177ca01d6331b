"""A municipality's own folder, laid on top of the standard: variables, values, mappings, and which are used."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from skillnad.codebook.model import Codebook, Variable
from skillnad.codebook.parsing import bands_of, value_from, variable_from
from skillnad.codebook.rules import check_same_entity, check_variable
from skillnad.codebook.sources import Findings, Source
from skillnad.codebook.tables import ADDED_VALUE, LOCAL_FILE, VARIABLE, Checked, checked, tables
from skillnad.lib.text import meant, nearest, shown

Variables = dict[str, Variable]


def add_folder(standard: Codebook, sources: tuple[Source, ...], findings: Findings) -> Codebook:
    """The standard with what the folder's files say; the digest is still the standard's."""
    files = [checked(source, (), source.data, LOCAL_FILE, findings) for source in sources]
    variables = dict(standard.variables)
    added = _add_variables(variables, files)
    _add_values(variables, files)
    for variable, table in added:
        _check_mapping(variable, table, variables)
    _set_used(variables, files)
    version = next((str(file.get("version")) for file in files if "version" in file.data), "lokal")
    bands = bands_of(files) or standard.age_bands
    return replace(standard, version=f"{standard.version}+{version}", variables=variables, age_bands=bands)


def _add_variables(variables: Variables, files: list[Checked]) -> list[tuple[Variable, Checked]]:
    added: list[tuple[Variable, Checked]] = []
    for table in _each(files, "variable", VARIABLE):
        variable = variable_from(table)
        check_variable(variable, table)
        if variable.id in variables:
            _refuse_twice(variable.id, variable.id in {one.id for one, _ in added}, table)
            continue
        variables[variable.id] = _shared(variable, table, variables)
        added.append((variables[variable.id], table))
    return added


def _each(files: list[Checked], key: str, keys: Mapping[str, str]) -> Iterator[Checked]:
    for file in files:
        yield from tables(file, key, keys)


def _refuse_twice(name: str, own: bool, table: Checked) -> None:
    if own:
        table.add(
            "CODE-010",
            "id",
            sv=f"Variabeln ”{name}” finns redan i mappen. Ge den här ett annat id, eller ta bort den ena.",
            en=f"The variable '{name}' is already in the folder. Give this another id, or remove one of them.",
        )
        return
    table.add(
        "CODE-018",
        "id",
        sv=f"”{name}” är standardens variabel och kan inte ändras. Lägg till värden med [[value]] och "
        f'variable = "{name}", eller ge en egen variabel ett annat id och maps_to = "{name}".',
        en=f"'{name}' is the standard's variable and cannot be changed. Add values with [[value]] and "
        f'variable = "{name}", or give a variable of your own another id and maps_to = "{name}".',
    )


def _shared(variable: Variable, table: Checked, variables: Variables) -> Variable:
    name = table.get("same_values_as")
    if name is None:
        return variable
    if name in variables and variables[name].coded:
        return replace(variable, values=variables[name].values)
    guess = nearest(name, variables)
    table.add(
        "CODE-022",
        "same_values_as",
        sv=f"”{shown(name)}” är ingen variabel med värden.{meant(guess)}",
        en=f"'{shown(name)}' is no variable with values.{meant(guess, 'en')}",
    )
    return variable


def _add_values(variables: Variables, files: list[Checked]) -> None:
    for table in _each(files, "value", ADDED_VALUE):
        value = value_from(table)
        name = table.required("variable")
        if name not in variables:
            _refuse_unknown("variable", name, table, variables)
        elif not variables[name].coded:
            table.add(
                "CODE-021",
                "variable",
                sv=f"”{name}” har inga värden att lägga till bland: den är av slaget {variables[name].kind}.",
                en=f"'{name}' has no values to add to: it is of kind {variables[name].kind}.",
            )
        elif value.code in variables[name].codes:
            table.add(
                "CODE-013",
                "code",
                sv=f"Koden ”{value.code}” finns redan i ”{name}”. Välj en egen, till exempel lokal-{value.code}.",
                en=f"The code '{value.code}' is already in '{name}'. Choose your own, such as local-{value.code}.",
            )
        else:
            variables[name] = replace(variables[name], values=(*variables[name].values, value))


def _refuse_unknown(key: str, name: str, table: Checked, variables: Variables) -> None:
    guess = nearest(name, variables)
    table.add(
        "CODE-016",
        key,
        sv=f"Kodboken har ingen variabel ”{shown(name)}”.{meant(guess)} `skillnad codebook show` listar dem.",
        en=f"The codebook has no variable '{shown(name)}'.{meant(guess, 'en')} `skillnad codebook show` lists them.",
    )


def _check_mapping(variable: Variable, table: Checked, variables: Variables) -> None:
    if variable.maps_to is None:
        if variable.mapping:
            table.add(
                "CODE-016",
                "mapping",
                sv="”mapping” behöver ”maps_to”: vilken av standardens variabler koderna motsvarar.",
                en="'mapping' needs 'maps_to': which of the standard's variables the codes speak of.",
            )
        return
    target = variables.get(variable.maps_to)
    if target is None:
        _refuse_unknown("maps_to", variable.maps_to, table, variables)
    elif target.number is None:
        table.add(
            "CODE-016",
            "maps_to",
            sv=f"”{target.id}” är inte en av standardens 20 variabler. Peka på en av dem.",
            en=f"'{target.id}' is not one of the standard's 20 variables. Point at one of them.",
        )
    else:
        check_same_entity(variable, target, table)
        _check_mapped_codes(variable, target, table)


def _check_mapped_codes(variable: Variable, target: Variable, table: Checked) -> None:
    for old, new in variable.mapping.items():
        for code, owner in [(old, variable), *((code, target) for code in new)]:
            if code not in owner.codes:
                table.add(
                    "CODE-017",
                    "mapping",
                    old,
                    sv=f"”{shown(code)}” är ingen kod i ”{owner.id}”. Koderna är {', '.join(owner.codes)[:200]}.",
                    en=f"'{shown(code)}' is no code of '{owner.id}'. The codes are {', '.join(owner.codes)[:200]}.",
                )


def _set_used(variables: Variables, files: list[Checked]) -> None:
    """`use` names all that are used of the standard's; `not_used` names those that are not; never both."""
    use, not_used, also = (_named(files, key, variables) for key in ("use", "not_used", "also_use"))
    if use and not_used:
        file = next(file for file in files if "not_used" in file.data)
        file.add(
            "CODE-020",
            "not_used",
            sv="Både ”use” och ”not_used” finns i mappen. Behåll den ena.",
            en="The folder has both 'use' and 'not_used'. Keep one of them.",
        )
    for name, variable in variables.items():
        if name in also or name in use:
            variables[name] = replace(variable, used=True)
        elif name in not_used or (use and not variable.local):
            variables[name] = replace(variable, used=False)


def _named(files: list[Checked], key: str, variables: Variables) -> set[str]:
    """The ids that a list names, by id or by number."""
    numbers = {str(variable.number): name for name, variable in variables.items() if variable.number}
    names = set()
    for file in files:
        for index, entry in enumerate(file.get(key, ())):
            name = numbers.get(str(entry), str(entry))
            if name in variables:
                names.add(name)
                continue
            guess = nearest(name, variables)
            file.add(
                "CODE-020",
                key,
                index,
                sv=f"Kodboken har ingen variabel ”{shown(entry)}”.{meant(guess)} Skriv ett id eller 1–20.",
                en=f"The codebook has no variable '{shown(entry)}'.{meant(guess, 'en')} Write an id or 1–20.",
            )
    return names

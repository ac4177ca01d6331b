"""Holds a resource to FHIR R4 by the models of `fhir.resources` (R4B), which the extra `forms` installs.

Messages say where in the resource and what kind of fault; never what stands there.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from skillnad.exchange.forms.fhir_terms import Resource
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown

LARGEST: Final = 20_000_000
"""Bytes of a file that is read; the largest questionnaire of the catalogue has 0.2 million."""
_TOLD: Final = 20
"""So many faults are told."""
_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("här saknas en uppgift som FHIR kräver", "something that FHIR requires is missing here"),
    "extra_forbidden": ("FHIR R4 har ingen uppgift med det namnet", "FHIR R4 has nothing of that name"),
}
_OTHER: Final = ("värdet är inte av det slag som FHIR R4 kräver", "the value is not of the kind that FHIR R4 requires")


def read_resource(content: bytes, kind: str, file: str) -> Resource:
    """The resource of a JSON file. Raises UserError INSTR-033 where it is none, another, or does not validate."""
    try:
        data = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("resourceType"), str):
        _refuse(
            file,
            f"Filen är ingen FHIR-resurs i JSON på högst {LARGEST // 1_000_000} MB. Spara den som FHIR R4 i JSON.",
            f"The file is no FHIR resource in JSON of at most {LARGEST // 1_000_000} MB. Save it as FHIR R4 JSON.",
        )
    if data["resourceType"] != kind:
        told = shown(data["resourceType"])
        _refuse(file, f"Resursen är {told}, inte {kind}. Ange en {kind}.", f"It is {told}, not {kind}. Give a {kind}.")
    check_resource(data, file)
    return data


def check_resource(data: Mapping[str, Any], where: str) -> None:
    """Raises UserError INSTR-033 with a problem for each fault, and INSTR-033 where the extra is not installed."""
    model = _models()[data["resourceType"]]
    from pydantic import ValidationError

    try:
        model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise UserError(*(_problem(fault, where) for fault in faults[:_TOLD])) from None
    except (ValueError, RecursionError):
        _refuse(where, f"{_OTHER[0].capitalize()}.", f"{_OTHER[1].capitalize()}.")


def _models() -> Mapping[str, Any]:
    try:
        from fhir.resources.R4B.questionnaire import Questionnaire
        from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
    except ImportError:
        _refuse(
            "",
            "FHIR behöver ett tillägg som inte är installerat. Skriv `pip install 'skillnad[forms]'` (fhir.resources), "
            "eller exportera till json eller xlsform.",
            "FHIR needs an extra that is not installed. Write `pip install 'skillnad[forms]'` (fhir.resources), or "
            "export to json or xlsform.",
        )
    return {"Questionnaire": Questionnaire, "QuestionnaireResponse": QuestionnaireResponse}


def _problem(fault: Any, where: str) -> Problem:
    sv, en = _FAULTS.get(str(fault["type"]).rpartition(".")[2], _OTHER)
    place = _place(fault["loc"])
    return Problem(
        "INSTR-033",
        f"{sv[:1].upper()}{sv[1:]}. Rätta filen, eller exportera den som FHIR R4 från verktyget den kommer från.",
        f"{en[:1].upper()}{en[1:]}. Mend the file, or export it as FHIR R4 from the tool it comes from.",
        f"{where}, {place}" if place else where,
    )


def _place(path: tuple[int | str, ...]) -> str:
    """("item", 0, "type") is item[0].type. A name that is no word of FHIR's is not shown."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path if _is_plain(part))
    return text.removeprefix(".")


def _is_plain(part: int | str) -> bool:
    return isinstance(part, int) or (part.isascii() and part.lstrip("_").isalpha() and len(part) <= 40)


def _refuse(where: str, sv: str, en: str) -> NoReturn:
    raise UserError.of("INSTR-033", where=where, sv=sv, en=en)

"""What an extract can deliver: the records of the register, and the fields of each that a column may fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skillnad.codebook.model import Codebook, Entity, Kind, Variable


class Record(StrEnum):
    """What a row of an extract may speak of, from the top down."""

    CLIENT = "client"
    CASE = "case"
    INTERVENTION = "intervention"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    COST = "cost"


PARENT: Mapping[Record, Record | None] = {
    Record.CLIENT: None,
    Record.CASE: Record.CLIENT,
    Record.INTERVENTION: Record.CASE,
    Record.FOLLOW_UP: Record.INTERVENTION,
    Record.REVIEW: Record.CASE,
    Record.COST: Record.INTERVENTION,
}

LINK: Mapping[Record, Record] = {Record.REVIEW: Record.INTERVENTION}
"""What a record may point at beside its parent. Where only this is given, the parent is this one's own."""


def above(record: Record) -> tuple[Record, ...]:
    """What a row of `record` may point at: its parent, then its link."""
    return tuple(each for each in (PARENT[record], LINK.get(record)) if each)


RECORD_SV: Mapping[Record, str] = {
    Record.CLIENT: "klienten",
    Record.CASE: "ärendet",
    Record.INTERVENTION: "insatsen",
    Record.FOLLOW_UP: "uppföljningen",
    Record.REVIEW: "omprövningen",
    Record.COST: "kostnaden",
}


class Form(StrEnum):
    """How a cell of the field is read, and what the register stores."""

    DATE = "date"
    CODE = "code"  # one code of the variable's values
    CODES = "codes"  # several, "1;14", in the codebook's order
    FLAG = "flag"
    NAME = "name"  # of a unit, provider or committee
    AMOUNT = "amount"  # whole öre
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Field:
    """One thing that a record holds. `id` is the codebook's, or one of those below; `local` ones are stored as JSON."""

    id: str
    record: Record
    form: Form
    sv: str
    variable: Variable | None = None

    @property
    def column(self) -> str:
        """The name of the field's column in the frames of an import."""
        return f"{self.record}.{self.id}"

    @property
    def local(self) -> bool:
        return self.variable is not None and self.variable.local and self.id not in STORED_BESIDE


STORED_BESIDE = frozenset({"stated_gender"})
"""Variables outside the 20 that have a column of their own in the register."""

NOT_COLUMNS: Mapping[str, str] = {
    "identity_number": "Identitetsnumret anges som nyckel: client = { column = …, identity = true } under [file.keys].",
    "age": "Ålder räknas fram vid varje händelse. Ange birth_date i stället.",
}
"""Variables that no column fills, and what to write instead."""

_FORMS = {
    Kind.DATE: Form.DATE,
    Kind.SINGLE: Form.CODE,
    Kind.MULTIPLE: Form.CODES,
    Kind.NUMBER: Form.NUMBER,
    Kind.TEXT: Form.TEXT,
}
_RECORDS = {
    Entity.CLIENT: Record.CLIENT,
    Entity.CASE: Record.CASE,
    Entity.INTERVENTION: Record.INTERVENTION,
    Entity.FOLLOW_UP: Record.FOLLOW_UP,
}
_BESIDE = (
    Field("birth_date", Record.CLIENT, Form.DATE, "Födelsedatum"),
    Field("protected", Record.CLIENT, Form.FLAG, "Skyddad identitet"),
    Field("closed_date", Record.CASE, Form.DATE, "Ärendets sista dag"),
    Field("unit", Record.CASE, Form.NAME, "Enhet"),
    Field("unit", Record.INTERVENTION, Form.NAME, "Enhet"),
    Field("committee", Record.CASE, Form.NAME, "Nämnd"),
    Field("committee", Record.INTERVENTION, Form.NAME, "Nämnd"),
    Field("provider", Record.INTERVENTION, Form.NAME, "Utförare"),
    Field("due_date", Record.REVIEW, Form.DATE, "Omprövning senast"),
    Field("held_date", Record.REVIEW, Form.DATE, "Omprövning hållen"),
    Field("from_date", Record.COST, Form.DATE, "Kostnad från och med"),
    Field("to_date", Record.COST, Form.DATE, "Kostnad till och med"),
    Field("amount", Record.COST, Form.AMOUNT, "Belopp"),
)


def fields_of(codebook: Codebook) -> Mapping[str, tuple[Field, ...]]:
    """Every field by its id, topmost record first: `decision_date` is on case and intervention both."""
    found: dict[str, list[Field]] = {}
    for variable in codebook.variables.values():
        for record in _records_of(variable):
            if form := _FORMS.get(variable.kind):
                field = Field(variable.id, record, form, variable.sv, variable)
                found.setdefault(variable.id, []).append(field)
    for field in _BESIDE:
        if field.id not in codebook:
            found.setdefault(field.id, []).append(field)
    return {name: tuple(fields) for name, fields in found.items()}


def _records_of(variable: Variable) -> tuple[Record, ...]:
    if variable.id == "decision_date":
        return Record.CASE, Record.INTERVENTION
    return (_RECORDS[variable.entity],)

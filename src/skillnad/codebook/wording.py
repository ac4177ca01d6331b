"""How the model's words are said to a reader, in Swedish."""

from skillnad.codebook.model import Entity, Kind, Step, Variable

STEPS = {
    Step.INTAKE: "Aktualisera",
    Step.INVESTIGATE: "Utreda",
    Step.DECIDE: "Besluta",
    Step.COMMISSION: "Utforma uppdrag",
    Step.CARRY_OUT: "Genomföra",
    Step.FOLLOW_UP: "Följa upp",
    Step.CLOSE: "Avsluta",
}
ENTITIES = {
    Entity.CLIENT: "person",
    Entity.CASE: "ärende",
    Entity.INTERVENTION: "insats",
    Entity.FOLLOW_UP: "uppföljningstillfälle",
}
FORMATS = {
    Kind.DATE: "datum, ÅÅÅÅ-MM-DD",
    Kind.IDENTITY: "tolv tecken, ÅÅÅÅMMDDNNNN; även samordnings- och reservnummer",
    Kind.AGE: "räknas fram ur födelsedatum (ÅÅÅÅ-MM-DD), som levereras",
    Kind.SINGLE: "en kod ur värdemängden",
    Kind.MULTIPLE: "en eller flera koder ur värdemängden",
    Kind.NUMBER: "tal, med decimalkomma eller decimalpunkt",
    Kind.TEXT: "text; lämnar aldrig registret",
}


def heading(variable: Variable) -> str:
    """`9. Problematik`, or the label alone for a variable without a number."""
    return f"{variable.number}. {variable.sv}" if variable.number else variable.sv


def step_text(variable: Variable) -> str:
    if variable.step_when_provider is None:
        return STEPS[variable.step]
    other = STEPS[variable.step_when_provider]
    return f"{STEPS[variable.step]} ({other} när utföraren eller en verksamhet utan beslut följer upp)"


def in_cell(text: str) -> str:
    """`text` as it can stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")

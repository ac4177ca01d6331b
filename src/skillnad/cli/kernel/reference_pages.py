"""The reference pages as Markdown: the variables from the codebook, and a page a chapter of the specification."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from inspect import cleandoc
from typing import Any

from skillnad.cli.kernel.policy_page import NAME, TITLE
from skillnad.codebook.model import Codebook, Meaning, Variable
from skillnad.codebook.periods import Period
from skillnad.codebook.statutes import provisions
from skillnad.codebook.wording import ENTITIES, FORMATS, STEPS, heading, in_cell, step_text

GENERATED = "<!-- Skapad med `skillnad docs`. Ändra i källan, inte här. -->\n"
_MEANINGS = {
    Meaning.VALUE: "",
    Meaning.UNKNOWN: "vet ej: utanför nämnaren, visas bredvid",
    Meaning.FINDING: "säger något om mål och plan, inte om personen",
}


def chapter_page(chapter: Any, codebook: Codebook) -> str:
    """A chapter of `tests/spec` (its `Chapter`); the chapter on variables begins with the codebook itself."""
    parts = [GENERATED, f"# {chapter.title}\n", chapter.intro + "\n"]
    if chapter.name == "variables":
        parts += _variables(codebook)
    for section in chapter.sections:
        parts += [f"## {section.title}\n"] + ([section.text + "\n"] if section.text else [])
        for case in section.cases:
            parts += [f"### {case.title}\n", *case_lines(case)]
    return "\n".join(parts)


def index_page(chapters: tuple[Any, ...]) -> str:
    lines = [f"- [{chapter.title}]({chapter.name}.md)" for chapter in chapters]
    lines.append(f"- [{TITLE}]({NAME})")
    return "\n".join([GENERATED, "# Referens\n", *lines, ""])


def shown_question(question: object) -> str:
    """A question as it is written in a notebook, without what is left at its default."""
    if isinstance(question, Period):
        return f'Period.parse("{question}")'
    if isinstance(question, Enum):
        return f"{type(question).__name__}.{question.name}"
    if isinstance(question, tuple):
        inner = ", ".join(shown_question(part) for part in question)
        return f"({inner},)" if len(question) == 1 else f"({inner})"
    if is_dataclass(question):
        return f"{type(question).__name__}({', '.join(_arguments(question))})"
    return f'"{question}"' if isinstance(question, str) else repr(question)


def _arguments(question: Any) -> Iterator[str]:
    for field in fields(question):
        value = getattr(question, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if value != default:
            yield f"{field.name}={shown_question(value)}"


def case_lines(case: Any) -> Iterator[str]:
    """A case of the specification below its title: text, table, question, answer."""
    if case.text:
        yield cleandoc(case.text) + "\n"
    yield _table(case.table)
    if isinstance(case.question, str):
        yield f"**Fråga:** {case.question}\n"
    else:
        yield f"```python\n{shown_question(case.question)}\n```\n"
    yield _table(case.expected)
    for reason, rows in case.left_out.items():
        yield f"Utanför: {rows} ({reason}).\n"


def _table(text: str) -> str:
    """A case's table with the rule that Markdown wants under the header."""
    header, *body = [line.strip() for line in cleandoc(text).splitlines() if line.strip()]
    rule = "|" + "---|" * (header.count("|") - 1)
    return "\n".join([header, rule, *body]) + "\n"


def _variables(codebook: Codebook) -> Iterator[str]:
    yield f"Kodbok {codebook.version}, `{codebook.digest[:12]}`.\n"
    yield "## Kodboken\n"
    yield "| Steg | Variabler |\n|---|---|"
    for step, name in STEPS.items():
        there = [heading(variable) for variable in codebook.standard if variable.step == step]
        yield f"| {name} | {'; '.join(there) or 'inga'} |"
    yield ""
    for variable in codebook.variables.values():
        yield from _variable(variable)
    bands = ", ".join(band.label for band in codebook.age_bands)
    yield f"### Åldersgrupper\n\n{bands}.\n"


def _variable(variable: Variable) -> Iterator[str]:
    yield f"### {heading(variable)}\n"
    unused = "" if variable.used else " Används inte om inte kommunen säger det."
    yield f"{variable.definition_sv}{unused}\n"
    if variable.note_sv:
        yield variable.note_sv + "\n"
    yield f"- id: `{variable.id}` (engelska: {variable.en})"
    yield f"- gäller: {ENTITIES[variable.entity]}; steg: {step_text(variable)}"
    yield f"- format: {FORMATS[variable.kind]}{'; känslig' if variable.sensitive else ''}"
    if variable.order:
        yield f"- skala, bäst först: {', '.join(variable.order)}"
    if variable.exclusive:
        yield f"- utesluter alla andra värden: {', '.join(sorted(variable.exclusive, key=int))}"
    yield ""
    if variable.values:
        yield from _value_rows(variable)


def _value_rows(variable: Variable) -> Iterator[str]:
    yield "| Kod | Värde | Engelska | Anmärkning |\n|---|---|---|---|"
    for value in variable.values:
        cited = [_applies(one) for one in provisions() if (one.variable, one.code) == (variable.id, value.code)]
        remark = in_cell("; ".join([*filter(None, [_MEANINGS[value.meaning]]), *cited]))
        yield f"| {value.code} | {in_cell(value.sv)} | {in_cell(value.en)} | {remark} |"
    yield ""


def _applies(provision: Any) -> str:
    if provision.valid_to:
        return f"till och med {provision.valid_to}: {provision.label()}"
    return f"från {provision.valid_from}: {provision.label()}"

"""The methods handbook as Markdown: a page a chapter, with examples worked out here and cases of the specification."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skillnad.analysis.handbook import Chapter, Statistic, chapters, words
from skillnad.cli.kernel.reference_pages import GENERATED, case_lines

INTRO = """# Metodhandboken

Varje mått i Skillnad förklarat i ett stycke, med formel, källa och ett exempel. Talen i exemplen räknas ut av
programmet när sidorna skapas, så handboken säger alltid vad koden gör. Sidorna är skrivna för den som läser en
rapport, och för metodstödjaren som ska stå för den.

Börja med [Vad uppföljning kan säga, och inte](vad-uppfoljning-kan-saga.md).
"""


def handbook_pages(spec: Sequence[Any]) -> Mapping[str, str]:
    """Every page by its file name; `spec` is the specification's chapters. ValueError of a case that is not in it."""
    cases = {
        f"{chapter.name}: {case.title}": (chapter, case)
        for chapter in spec
        for section in chapter.sections
        for case in section.cases
    }
    pages = {f"{chapter.name}.md": handbook_page(chapter, cases) for chapter in chapters()}
    return {"README.md": contents_page(), "ord.md": words_page(), **pages}


def contents_page() -> str:
    lines = [GENERATED, INTRO, "## Sidorna\n"]
    lines += [f"- [{chapter.title}]({chapter.name}.md). {chapter.summary}" for chapter in chapters()]
    lines += ["- [Ord](ord.md). Metodord, med en rad var.", "", "## Alla mått\n", "| Mått | Kort sagt |\n|---|---|"]
    for chapter in chapters():
        lines += [f"| [{each.name}]({chapter.name}.md#{each.id}) | {each.short} |" for each in chapter.statistics]
    return "\n".join([*lines, ""])


def words_page() -> str:
    rows = [f"| {word} | {meaning} |" for word, meaning in sorted(words().items(), key=lambda item: _swedish(item[0]))]
    head = "Verksamhetens ord och vad de heter i koden står i [ordlistan](../../GLOSSARY.md).\n"
    return "\n".join([GENERATED, "# Ord\n", head, "| Ord | Vad det betyder |\n|---|---|", *rows, ""])


def handbook_page(chapter: Chapter, cases: Mapping[str, tuple[Any, Any]]) -> str:
    lines = [GENERATED, f"# {chapter.title}\n", f"*{chapter.summary}*\n", chapter.text() + "\n"]
    for each in chapter.statistics:
        lines += _statistic(each, cases)
    return "\n".join([*lines, "[Alla mått](README.md) · [Ord](ord.md)", ""])


def _statistic(of: Statistic, cases: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    yield f'<a id="{of.id}"></a>\n\n## {of.name}\n'
    yield f"{of.paragraph}\n"
    yield f"```text\n{of.formula}\n```\n"
    if of.text:
        yield f"**Exempel.**{_apart(of.text)}{of.worked()}\n"
    if of.question:
        yield f"**Fråga så.** `{of.question}`\n"
    for name in of.cases:
        yield from _case(name, cases)
    if of.wording:
        yield f"**Skriv så.** {of.worded()}\n"
    yield f"**Källa.** {of.source}\n"
    yield f"**Prövat mot.** {of.verified}\n"
    if of.covers:
        yield f"**I koden.** {', '.join(f'`{name}`' for name in of.covers)} i `skillnad.analysis.formulas`\n"


def _apart(text: str) -> str:
    """A table or a list begins a paragraph of its own."""
    return "\n\n" if text.startswith(("|", "-")) else " "


def _case(name: str, cases: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    """A case of the specification, folded, so that who reads the text is not stopped by it."""
    if name not in cases:
        raise ValueError(f"the handbook shows a case that the specification does not have: {name}")
    chapter, case = cases[name]
    yield f"<details><summary>Ur specifikationen: {case.title}</summary>\n"
    yield from case_lines(case)
    yield f"Fler exempel: [{chapter.title}](../reference/{chapter.name}.md).\n\n</details>\n"


def _swedish(word: str) -> str:
    """A key that sorts å, ä and ö last."""
    return word.lower().translate(str.maketrans("åäö", "{|}"))

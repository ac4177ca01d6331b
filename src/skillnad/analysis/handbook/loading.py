"""The handbook's texts, beside this module: a TOML file a chapter of statistics, a Markdown file a chapter of text."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from skillnad.analysis.handbook.examples import EXAMPLES
from skillnad.analysis.handbook.model import Chapter, Statistic

TEXTS = files("skillnad.analysis.handbook") / "texts"
ORDER = (
    "vad-uppfoljning-kan-saga",
    "andelar",
    "tider",
    "floden",
    "skydd",
    "skyddet-som-problem",
    "sakerhet",
    "jamforelser",
    "urval",
    "bakgrund",
    "over-tid",
    "mellan-enheter",
    "att-skriva",
    "att-lasa-bilder",
)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order that they are read."""
    return tuple(_of_statistics(name) if _has(f"{name}.toml") else _of_text(name) for name in ORDER)


@cache
def statistics() -> Mapping[str, Statistic]:
    """Every statistic by its id, which is stable."""
    return {each.id: each for chapter in chapters() for each in chapter.statistics}


def statistic(name: str) -> Statistic:
    """One of them by its id. KeyError of what is none."""
    return statistics()[name]


@cache
def internal() -> Mapping[str, str]:
    """Public functions of `analysis.formulas` that have no entry of their own, and why."""
    return dict(_toml("internal.toml"))


@cache
def words() -> Mapping[str, str]:
    """Words that the handbook uses as methodologists do, each with a line of what it means."""
    return dict(_toml("ord.toml"))


def _of_statistics(name: str) -> Chapter:
    head = _toml(f"{name}.toml")
    made = tuple(_statistic(each) for each in head["statistic"])
    return Chapter(name, head["title"], head["summary"], head["intro"].strip(), made)


def _statistic(given: Mapping[str, Any]) -> Statistic:
    texts = ("id", "name", "short", "paragraph", "formula", "source", "verified")
    return Statistic(
        **{name: given[name].strip() for name in texts},
        covers=tuple(given.get("covers", ())),
        cases=tuple(given.get("cases", ())),
        wording=given.get("wording", "").strip(),
        text=given.get("example", "").strip(),
        example=EXAMPLES.get(given["id"]),
        question=given.get("question", "").strip(),
    )


def _of_text(name: str) -> Chapter:
    """The first line is the title, the second paragraph the summary, and all that follows the text."""
    title, summary, text = _read(f"{name}.md").split("\n\n", 2)
    return Chapter(name, title.removeprefix("# "), " ".join(summary.split()), text.strip(), (), EXAMPLES.get(name))


def _has(name: str) -> bool:
    return (TEXTS / name).is_file()


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_read(name))


def _read(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")

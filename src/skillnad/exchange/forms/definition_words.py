"""The tables that others of a definition are made of: options, conditions, ages and names."""

from collections.abc import Iterable, Mapping
from typing import Any

from skillnad.instruments.asked import Ages, Clause, Condition, Means, Option, OptionSet

Table = dict[str, Any]


def filled(table: Mapping[str, Any]) -> Table:
    """`table` without what is empty, zero or false; tuples as lists."""
    kept = {key: list(content) if isinstance(content, tuple) else content for key, content in table.items()}
    return {key: content for key, content in kept.items() if content not in ("", 0, [], {}, None)}


def listed_names(names: Iterable[tuple[str, str, str]]) -> list[Table]:
    return [{"id": name, "sv": sv, "en": en} for name, sv, en in names]


def ages_table(key: str, ages: Ages | None) -> Table:
    """`{key: …}`, or nothing where any age will do."""
    if ages is None:
        return {}
    return {key: {"first": ages.first} | ({} if ages.last is None else {"last": ages.last})}


def condition_table(condition: Condition) -> Table:
    """Empty where the condition always holds."""
    parts = {"all": condition.all, "any": condition.any}
    return filled({part: [_clause_table(clause) for clause in clauses] for part, clauses in parts.items()})


def _clause_table(clause: Clause) -> Table:
    limits = {"at_least": clause.at_least, "at_most": clause.at_most}
    return {
        "item": clause.item,
        **filled({"in": sorted(clause.in_), "not_in": sorted(clause.not_in)}),
        **{key: limit for key, limit in limits.items() if limit is not None},
    }


def option_table(option: Option) -> Table:
    return {
        "code": option.code,
        "sv": option.sv,
        "en": option.en,
        **({} if option.means is Means.VALUE else {"meaning": str(option.means)}),
        **({} if option.points is None else {"score": option.points}),
        **filled({"exclusive": option.exclusive, "specify": option.specify}),
    }


def option_set_table(option_set: OptionSet) -> Table:
    return {
        "id": option_set.id,
        "direction": str(option_set.direction),
        **filled({"adapt": option_set.adapt, "source": option_set.source}),
        **({} if option_set.verified else {"verified": False}),
        "options": [option_table(option) for option in option_set.options],
    }

"""An expression of XLSForm as a condition of ours, where it says nothing that a condition cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skillnad.exchange.forms.xlsform_expressions import Comparison, Expression, Joined, NoCounterpart, NotThere, parsed

Table = dict[str, Any]

_COMPARED: Final = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class Compared:
    """What a condition may know of an earlier question: its id, its codes (none of a number), and its decimals.

    `several`: an answer may be several codes, so that each test of it is its own.
    """

    id: str
    codes: tuple[str, ...]
    decimals: int = 0
    several: bool = False


Known = Mapping[str, Compared]
"""By the name that the form gives the question."""


def condition_read(text: str, known: Known) -> Table:
    """The table `{ all = […], any = […] }`, empty for no text. Raises NoCounterpart; NotThere of an unknown name."""
    if not text.strip():
        return {}
    whole = parsed(text)
    if isinstance(whole, Joined) and whole.word == "or" and not whole.closed:
        return {"any": [_one_clause(part, known) for part in whole.parts]}
    return _all_of(_parts(whole, "and"), known)


def joined_conditions(first: Table, second: Table) -> Table:
    """Both: that of a group and that of a question in it. Raises NoCounterpart where both have alternatives."""
    if first.get("any") and second.get("any"):
        raise NoCounterpart("or … and … or")
    both = {part: [*first.get(part, []), *second.get(part, [])] for part in ("all", "any")}
    return {part: clauses for part, clauses in both.items() if clauses}


def _all_of(parts: Sequence[Expression], known: Known) -> Table:
    table: dict[str, list[Table]] = {"all": [], "any": []}
    for part in parts:
        names = _names(part)
        if isinstance(part, Joined) and part.word == "or" and len(names) > 1:
            if table["any"]:
                raise NoCounterpart("or … and … or")
            table["any"] = [_one_clause(inner, known) for inner in part.parts]
        else:
            table["all"] += _clauses(part, known)
    return {key: clauses for key, clauses in table.items() if clauses}


def _parts(whole: Expression, word: str) -> Sequence[Expression]:
    return whole.parts if isinstance(whole, Joined) and whole.word == word else (whole,)


def _names(part: Expression) -> set[str]:
    if isinstance(part, Comparison):
        return {part.name}
    return {name for inner in part.parts for name in _names(inner)}


def _one_clause(part: Expression, known: Known) -> Table:
    clauses = _clauses(part, known)
    if len(clauses) != 1:
        raise NoCounterpart("and … or")
    return clauses[0]


def _clauses(part: Expression, known: Known) -> list[Table]:
    """One or more clauses of one question."""
    names = _names(part)
    if len(names) != 1:
        raise NoCounterpart("and … or")
    compared = known.get(next(iter(names)))
    if compared is None:
        raise NotThere(next(iter(names)))
    if compared.several:
        return [_of_codes(_of_several(inner), compared) for inner in _parts(part, "and")]
    if compared.codes:
        return [_of_codes(part, compared)]
    return [_of_number(test, compared) for test in _tests(part, "and")]


def _of_several(part: Expression) -> Expression:
    """`selected` of one or another code, or none of them; what names two codes at once would say something else."""
    inner = part.parts[0] if isinstance(part, Joined) and part.word == "not" else part
    for test in _tests(inner, "or"):
        if test.sort != "selected":
            raise NoCounterpart(f"{test.sort} {test.told}")
    return part


def _of_codes(part: Expression, compared: Compared) -> Table:
    """Which codes the expression holds of: all that can be said of one question with options."""
    holding = [code for code in compared.codes if _holds(part, code)]
    if _holds(part, ""):
        lacking = [code for code in compared.codes if code not in holding]
        if not lacking:
            raise NoCounterpart("true()")
        return {"item": compared.id, "not_in": lacking}
    if not holding:
        raise NoCounterpart("false()")
    return {"item": compared.id, "in": holding}


def _holds(part: Expression, code: str) -> bool:
    if isinstance(part, Joined):
        found = [_holds(inner, code) for inner in part.parts]
        return not found[0] if part.word == "not" else all(found) if part.word == "and" else any(found)
    if part.sort in _COMPARED:
        return _ordered(_number(code), part.sort, _number(part.told))
    return (code != part.told) if part.sort == "!=" else code == part.told


def _ordered(first: float | None, sort: str, second: float | None) -> bool:
    if first is None or second is None:
        return False
    return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}[sort]


def _tests(part: Expression, word: str) -> Sequence[Comparison]:
    tests = [test for test in _parts(part, word) if isinstance(test, Comparison)]
    if len(tests) != len(_parts(part, word)):
        raise NoCounterpart("and … or")
    return tests


def _of_number(test: Comparison, compared: Compared) -> Table:
    number, step = _number(test.told), 10**-compared.decimals
    if number is None or test.sort not in _COMPARED:
        raise NoCounterpart(f"{test.sort} {test.told}")
    limit = number + {"<": -step, ">": step}.get(test.sort, 0)
    return {"item": compared.id, "at_most" if test.sort[0] == "<" else "at_least": round(limit, 6)}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

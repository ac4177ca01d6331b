"""Conditions as FHIR's `enableWhen`, and back.

FHIR has a list of comparisons of which all or any hold. A condition is therefore first written as *steps* that must all
hold, each a list of comparisons of which one must; where that takes more than one list, items are put in groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import ceil, floor
from typing import Any, Final, NoReturn

from skillnad.exchange.forms.fhir_terms import CODES, Resource, simple
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Clause, Condition, Item, ItemKind
from skillnad.instruments.conditions import number_of
from skillnad.instruments.exact import exact
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import UserError

Step = tuple[Resource, ...]
"""Comparisons of which one must hold."""


def steps_of(instrument: Instrument, condition: Condition) -> list[Step]:
    """What must hold, as steps. Of an `any` of several clauses, one step for each way to pick a part of each."""
    needed = [step for clause in condition.all for step in _clause_steps(instrument, clause)]
    either = [_clause_steps(instrument, clause) for clause in condition.any]
    return needed + [tuple(each for step in picked for each in step) for picked in product(*either) if picked]


def enabled(steps: Sequence[Step]) -> Resource:
    """The keys that an item has for steps that go into one list."""
    if not steps:
        return {}
    found = steps[0] if len(steps) == 1 else tuple(step[0] for step in steps)
    return {"enableWhen": list(found)} | _behaviour(found, "any" if len(steps) == 1 else "all")


def _behaviour(found: Step, behaviour: str) -> Resource:
    return {"enableBehavior": behaviour} if len(found) > 1 else {}


def lists_of(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps in as many lists as it takes: outermost first, one item or group for each."""
    alone: list[Step] = [step for step in steps if len(step) == 1]
    several: list[list[Step]] = [[step] for step in steps if len(step) > 1]
    return [*several, alone] if alone else several


def _clause_steps(instrument: Instrument, clause: Clause) -> list[Step]:
    item = instrument.items[clause.item]
    codes = _in_order(item, clause.in_)
    steps: list[Step] = [tuple(_coded(instrument, item, "=", code) for code in codes)] if clause.in_ else []
    nothing: Resource = {"question": _asks(item), "operator": "exists", "answerBoolean": False}
    if len(clause.not_in) > 1 and item.kind is not ItemKind.MULTIPLE:
        others = [option.code for option in item.options if option.code not in clause.not_in]
        steps.append((nothing, *(_coded(instrument, item, "=", code) for code in others)))
    else:
        steps += [(nothing, _coded(instrument, item, "!=", code)) for code in _in_order(item, clause.not_in)]
    return steps + [step for limit in _limits(instrument, item, clause) for step in limit or _never(nothing)]


def _never(nothing: Resource) -> list[Step]:
    """What no answer meets."""
    return [(nothing,), ({**nothing, "answerBoolean": True},)]


def _limits(instrument: Instrument, item: Item, clause: Clause) -> Iterator[list[Step]]:
    """The step of each limit; none of one that no answer meets."""
    for operator, limit in ((">=", clause.at_least), ("<=", clause.at_most)):
        if limit is None:
            continue
        if item.kind in NUMBERS:
            whole = ceil(limit) if operator == ">=" else floor(limit)
            answer = {"answerDecimal": simple(limit)} if item.decimals else {"answerInteger": whole}
            yield [({"question": item.id, "operator": operator, **answer},)]
        else:
            one = item.kind in (ItemKind.SINGLE, ItemKind.SCALE)
            codes = [option.code for option in item.options if one and _within(option.code, operator, limit)]
            yield [tuple(_coded(instrument, item, "=", code) for code in codes)] if codes else []


def _within(code: str, operator: str, limit: float) -> bool:
    number = number_of(code)
    return number is not None and (number >= exact(limit) if operator == ">=" else number <= exact(limit))


def _in_order(item: Item, codes: frozenset[str]) -> list[str]:
    return [option.code for option in item.options if option.code in codes]


def _asks(item: Item) -> str:
    """The id of the FHIR item that has the codes."""
    return f"{item.id}{CODES}" if item.kind in NUMBERS else item.id


def _coded(instrument: Instrument, item: Item, operator: str, code: str) -> Resource:
    coding = {"system": system_of(instrument.id, item), "code": code}
    return {"question": _asks(item), "operator": operator, "answerCoding": coding}


def system_of(instrument: str, item: Item) -> str:
    """What names an item's codes: the set that it shares, or the item."""
    return f"urn:skillnad:codes:{instrument}:{item.option_set or f'item:{item.id}'}"


_ANSWERS: Final = ("answerInteger", "answerDecimal", "answerBoolean", "answerString", "answerCoding")


def steps_read(item: Mapping[str, Any]) -> list[Step]:
    """The steps of one FHIR item."""
    found = tuple(item.get("enableWhen", ()))
    if item.get("enableBehavior") == "any":
        return [found] if found else []
    return [(each,) for each in found]


def condition_read(steps: Sequence[Step], items: Mapping[str, Item], names: Mapping[str, str], where: str) -> Condition:
    """The condition of steps; `names` has the item's id by linkId. Raises UserError INSTR-034 for what has no match."""
    needed: list[Clause] = []
    either: list[Clause] = []
    for step in steps:
        clauses = _merged(_step_clauses(step, items, names, where), items)
        if len(clauses) == 1:
            needed += clauses
        elif either:
            _refuse(where, "mer än ett ”något av” i samma villkor", "more than one 'any of' in one condition")
        elif any(len(_parts(clause)) > 1 for clause in clauses):
            _refuse(
                where, "”precis talet” som ett av flera villkor", "'exactly the number' as one of several conditions"
            )
        else:
            either = clauses
    return Condition(all=tuple(_joined(needed)), any=tuple(either))


def _step_clauses(step: Step, items: Mapping[str, Item], names: Mapping[str, str], where: str) -> list[Clause]:
    """A step as clauses of which one must hold. "Not answered, or another code" is one clause."""
    unlike = {each["question"] for each in step if each["operator"] == "!="}
    read = [each for each in step if not (_is_nothing(each) and each["question"] in unlike)]
    return [_clause(each, items, names, where) for each in read]


def _is_nothing(each: Mapping[str, Any]) -> bool:
    return each["operator"] == "exists" and each.get("answerBoolean") is False


def _clause(each: Mapping[str, Any], items: Mapping[str, Item], names: Mapping[str, str], where: str) -> Clause:
    item = items.get(names.get(each["question"], ""))
    if item is None:
        _refuse(
            where, "ett villkor på en fråga som inte kommer före", "a condition on an item that does not come before"
        )
    operator, codes = each["operator"], frozenset(option.code for option in item.options)
    if operator == "exists" and codes:
        return Clause(item.id, in_=codes) if each["answerBoolean"] else Clause(item.id, not_in=codes)
    value = next((each[name] for name in _ANSWERS if name in each), None)
    if isinstance(value, int | float) and not isinstance(value, bool) and item.kind in NUMBERS:
        return _number_clause(item, operator, value, where)
    code = _code_of(value, item)
    if operator not in ("=", "!=") or code is None:
        _refuse(where, f"jämförelsen {operator} med det svaret", f"the comparison {operator} with that answer")
    chosen = frozenset({code})
    return Clause(item.id, in_=chosen) if operator == "=" else Clause(item.id, not_in=chosen)


def _code_of(value: Any, item: Item) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    text = value.get("code", value.get("display")) if isinstance(value, dict) else value
    found = (option.code for option in item.options if text in (option.code, option.sv))
    return next(found, None)


def _number_clause(item: Item, operator: str, value: float, where: str) -> Clause:
    step = 0 if operator in (">=", "<=", "=") else 10**-item.decimals
    if operator in (">=", ">"):
        return Clause(item.id, at_least=round(value + step, item.decimals))
    if operator in ("<=", "<"):
        return Clause(item.id, at_most=round(value - step, item.decimals))
    if operator != "=":
        _refuse(where, f"jämförelsen {operator} med ett tal", f"the comparison {operator} with a number")
    return Clause(item.id, at_least=value, at_most=value)


def _merged(clauses: list[Clause], items: Mapping[str, Item]) -> list[Clause]:
    """Clauses of which one must hold: the codes of one item together.

    "Not answered, or one of these" is "none of the others", of a question that takes one answer.
    """
    found: list[Clause] = []
    for clause in clauses:
        place = next((place for place, known in enumerate(found) if _of_codes(known, clause)), None)
        if place is None:
            found.append(clause)
        elif found[place].in_:
            found[place] = replace(clause, in_=clause.in_ | found[place].in_)
        elif items[clause.item].kind is not ItemKind.MULTIPLE:
            found[place] = replace(clause, in_=frozenset(), not_in=found[place].not_in - clause.in_)
        else:
            found.append(clause)
    return found


def _of_codes(known: Clause, clause: Clause) -> bool:
    return bool(clause.in_) and known.item == clause.item and bool(known.in_ or known.not_in)


def _joined(clauses: list[Clause]) -> list[Clause]:
    """Clauses that must all hold, each with one comparison: the codes that an item must not have are one."""
    found: list[Clause] = []
    for clause in (part for each in clauses for part in _parts(each)):
        if found and found[-1].item == clause.item and found[-1].not_in and clause.not_in:
            found[-1] = replace(clause, not_in=found[-1].not_in | clause.not_in)
        else:
            found.append(clause)
    return found


def _parts(clause: Clause) -> list[Clause]:
    """A number that is both at least and at most something takes two clauses."""
    if clause.at_least is None or clause.at_most is None:
        return [clause]
    return [replace(clause, at_most=None), replace(clause, at_least=None)]


def _refuse(where: str, sv: str, en: str) -> NoReturn:
    raise UserError.of(
        "INSTR-034",
        where=where,
        sv=f"Formuläret har {sv}, och det har ingen motsvarighet här. Skriv om villkoret med ”=” på tidigare frågor.",
        en=f"The form has {en}, which has no counterpart here. Write the condition with '=' on earlier questions.",
    )

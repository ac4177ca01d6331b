"""What a reorganisation makes of the tree's history: each takes the history as it is and gives it as it becomes.

`day` is the first day of what is new; of `closed` it is the last day. Raises UserError ORG-001 … ORG-011, and then
nothing has been changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell, faults_of
from skillnad.lib.errors import Problem, UserError
from skillnad.organisation.history import problems

LONGEST_CODE, LONGEST_NAME = 40, 200
_DAY = timedelta(days=1)


def renamed(history: TreeHistory, code: str, name: str, day: date) -> TreeHistory:
    return _changed(history, code, day, replace(_standing(history, code, day), name=name))


def moved(history: TreeHistory, code: str, committee: str, administration: str, day: date) -> TreeHistory:
    new = replace(_standing(history, code, day), committee=committee, administration=administration)
    return _changed(history, code, day, new)


def closed(history: TreeHistory, code: str, day: date) -> TreeHistory:
    standing = _standing(history, code, day + _DAY)
    return _put(history, standing, replace(standing, last_day=day))


def split(history: TreeHistory, code: str, into: Sequence[UnitSpell], day: date) -> TreeHistory:
    """The unit becomes those in `into`, itself perhaps among them: new ones, or ones that were there."""
    if len({spell.code for spell in into}) < max(2, len(into)):
        raise problems.too_few()
    return _followed(history, [code], into, day)


def merged(history: TreeHistory, codes: Sequence[str], into: UnitSpell, day: date) -> TreeHistory:
    """The units become one: a new one, one of themselves, or another that was there."""
    if len(set(codes)) < max(2, len(codes)):
        raise problems.too_few()
    return _followed(history, codes, [into], day)


def with_units(history: TreeHistory, told: TreeHistory) -> TreeHistory:
    """The history with what `told` says of its own units in place of what was known of them."""
    units = {spell.code for spell in told.spells}
    spells = [spell for spell in history.spells if spell.code not in units]
    successions = [each for each in history.successions if each.successor not in units]
    return ordered(TreeHistory((*spells, *told.spells), (*successions, *told.successions)))


def placed(told: TreeHistory, known: TreeHistory) -> TreeHistory:
    """What is told, where a unit without a committee is in the one that it was in, else where the unit was whose work
    it goes on with, else in the only one that there is."""
    there = {spell.code: spell.committee for spell in (*known.spells, *told.spells) if spell.committee}
    for each in told.successions:
        if each.predecessor in there:
            there.setdefault(each.successor, there[each.predecessor])
    committees = {spell.committee for spell in known.spells}
    only = next(iter(committees)) if len(committees) == 1 else ""
    spells = (replace(spell, committee=spell.committee or there.get(spell.code, only)) for spell in told.spells)
    return TreeHistory(tuple(spells), told.successions)


def ordered(history: TreeHistory) -> TreeHistory:
    """By unit and day: the same content gives the same history."""
    spells = sorted(set(history.spells), key=lambda spell: (spell.code, spell.first_day or date.min))
    successions = sorted(set(history.successions), key=lambda each: (each.day, each.predecessor, each.successor))
    return TreeHistory(tuple(spells), tuple(successions))


def check(history: TreeHistory, today: date, known: TreeHistory) -> None:
    """Raises UserError with all that no tree can have, and what is new since `known` and begins after today."""
    found = dict.fromkeys([*_of_spells(history, today, known), *_of_the_whole(history)])
    if found:
        raise UserError(*found)


def _of_spells(history: TreeHistory, today: date, known: TreeHistory) -> Iterator[Problem]:
    codes = {spell.code for spell in known.spells}
    for spell in history.spells:
        if spell not in known.spells and not _can_be_named(spell, codes):
            yield problems.no_name(spell.code)
        if spell.first_day and spell.last_day and spell.last_day < spell.first_day:
            yield problems.wrong_order(spell.code)
        if spell not in known.spells and (spell.first_day or today) > today:
            yield problems.in_the_future(spell.code, today)


def _can_be_named(spell: UnitSpell, known: Collection[str]) -> bool:
    """A code that came with an extract is what it is; a new one can be written in a list of codes."""
    code = 0 < len(spell.code.strip()) <= LONGEST_CODE and not set(spell.code) & set(",;") and spell.code.isprintable()
    return (code or spell.code in known) and 0 < len(spell.name.strip()) <= LONGEST_NAME and spell.name.isprintable()


def _of_the_whole(history: TreeHistory) -> Iterator[Problem]:
    codes = {spell.code for spell in history.spells}
    for kind, code in faults_of(history):
        if kind == "overlap":
            yield problems.overlap(code)
        elif kind == "circular":
            yield problems.circular(code)
        elif kind == "before":
            yield problems.before_it_opened(code, min(_days(history, code), default=None))
        else:
            yield problems.no_unit(code, codes).problems[0]


def _days(history: TreeHistory, code: str) -> Iterator[date]:
    return (spell.first_day for spell in history.spells if spell.code == code and spell.first_day)


def _standing(history: TreeHistory, code: str, day: date) -> UnitSpell:
    """The unit's last spell, which `day` is in but does not begin."""
    latest = _latest(history).get(code)
    if latest is None:
        raise problems.no_unit(code, _latest(history))
    if latest.last_day and latest.last_day < day:
        raise problems.ended_by_then(code, latest.last_day)
    if latest.first_day and latest.first_day >= day:
        raise UserError(problems.before_it_opened(code, latest.first_day))
    return latest


def _latest(history: TreeHistory) -> Mapping[str, UnitSpell]:
    return {spell.code: spell for spell in history.spells}


def _changed(history: TreeHistory, code: str, day: date, new: UnitSpell) -> TreeHistory:
    standing = _standing(history, code, day)
    if new == standing:
        return history
    return _put(history, standing, replace(standing, last_day=day - _DAY), replace(new, first_day=day))


def _put(history: TreeHistory, old: UnitSpell, *new: UnitSpell) -> TreeHistory:
    kept = [spell for spell in history.spells if spell != old]
    return ordered(TreeHistory((*kept, *new), history.successions))


def _followed(history: TreeHistory, before: Sequence[str], after: Sequence[UnitSpell], day: date) -> TreeHistory:
    """The units before end the day before, but those that are among the ones after."""
    first = _standing(history, before[0], day)
    for code in before:
        standing = _standing(history, code, day)
        if code not in {spell.code for spell in after}:
            history = _put(history, standing, replace(standing, last_day=day - _DAY))
    for spell in after:
        history = _opened(history, spell, first, day)
    pairs = defaultdict(set)
    for spell in after:
        pairs[spell.code] = set(before) - {spell.code}
    new = [Succession(one, code, day) for code, those in pairs.items() for one in those]
    return ordered(TreeHistory(history.spells, (*history.successions, *new)))


def _opened(history: TreeHistory, spell: UnitSpell, first: UnitSpell, day: date) -> TreeHistory:
    """With the unit there from the day: a new one stands where `first` did unless it says otherwise; one that was there
    takes the name that is given, if any."""
    latest = _latest(history).get(spell.code)
    if latest is None:
        new = replace(spell, first_day=day)
        if not spell.committee:
            new = replace(new, committee=first.committee, administration=first.administration)
        return ordered(TreeHistory((*history.spells, new), history.successions))
    if not latest.there_on(day):
        raise problems.taken(spell.code)
    return renamed(history, spell.code, spell.name, day) if spell.name not in ("", latest.name) else history

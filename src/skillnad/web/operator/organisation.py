"""*Organisationen*: the units as they are on a day and were, and a form for each way that they change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.codebook.trees import TreeHistory, UnitSpell, lines_on, units_on
from skillnad.lib.errors import UserError
from skillnad.organisation.history import actions
from skillnad.organisation.history.problems import read_day
from skillnad.organisation.history.queries import all_records, recorded_history
from skillnad.organisation.history.records import SuccessionRecord, UnitRecord
from skillnad.organisation.models import Committee
from skillnad.organisation.permissions import check_can_manage_organisation
from skillnad.organisation.queries import names_of
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import actor_of

AT_THE_MACHINE = "kommandoraden"


@dataclass(frozen=True)
class Row:
    """A unit of the day; `together` are the codes of all whose rows count with it, where it is not alone."""

    unit: UnitSpell
    committee: str
    together: str


@dataclass(frozen=True)
class Told:
    """One thing that was said of the tree."""

    record: UnitRecord | SuccessionRecord
    of_unit: bool
    by: str


@allowed(check_can_manage_organisation)
def organisation(request: HttpRequest) -> HttpResponse:
    """The units of today, or of the day that is asked for."""
    try:
        day = read_day(request.GET.get("dag", ""), "dag") if request.GET.get("dag") else None
    except UserError as refused:
        return _page(request, failed=refused.problems[0].sv)
    return _page(request, day=day)


@require_POST
@allowed(check_can_manage_organisation)
def change(request: HttpRequest) -> HttpResponse:
    """Change the tree, and lead back. What is refused changes nothing, and says why above the forms."""
    make = CHANGES.get(request.POST.get("vad", ""))
    if make is None:
        raise Http404
    try:
        make(request.POST, actor_of(request))
    except UserError as refused:
        return _page(request, failed=" ".join(problem.sv for problem in refused.problems))
    return redirect("organisation")


def _rename(form: QueryDict, by: str) -> None:
    actions.rename_unit(unit=_unit(form), name=form.get("namn", "").strip(), day=_day(form), by=by, at=timezone.now())


def _move(form: QueryDict, by: str) -> None:
    committee = form.get("namnd", "")
    actions.move_unit(unit=_unit(form), committee=committee, day=_day(form), by=by, at=timezone.now())


def _close(form: QueryDict, by: str) -> None:
    actions.close_unit(unit=_unit(form), day=_day(form), by=by, at=timezone.now())


def _split(form: QueryDict, by: str) -> None:
    into = [_new(line) for line in form.get("nya", "").splitlines() if line.strip()]
    actions.split_unit(unit=_unit(form), into=into, day=_day(form), by=by, at=timezone.now())


def _merge(form: QueryDict, by: str) -> None:
    into = _new(f"{form.get('kod', '')} {form.get('namn', '')}")
    actions.merge_units(units=form.getlist("enheter"), into=into, day=_day(form), by=by, at=timezone.now())


CHANGES: Mapping[str, Callable[[QueryDict, str], None]] = {
    "byt-namn": _rename,
    "flytta": _move,
    "stang": _close,
    "dela": _split,
    "sla-ihop": _merge,
}


def _unit(form: QueryDict) -> str:
    return form.get("enhet", "")


def _day(form: QueryDict) -> date:
    return read_day(form.get("dag", ""), "dag")


def _new(line: str) -> UnitSpell:
    """`B1 Barn`: a code and a name; the unit stands where the one that it follows did."""
    code, _, name = line.strip().partition(" ")
    return UnitSpell(code, name.strip(), "")


def _page(request: HttpRequest, failed: str = "", day: date | None = None) -> HttpResponse:
    history, today = recorded_history(), timezone.localdate()
    there = units_on(history, today)
    page = {
        "day": day or today,
        "today": today,
        "rows": _rows(history, day or today),
        "units": [(spell.code, spell.name) for spell in there.values()],
        "committees": Committee.objects.order_by("name", "code"),
        "told": _all_told(),
        "failed": failed,
        "typed": request.POST,
    }
    return render(request, "skillnad/operator/organisation.html", page, status=422 if failed else 200)


def _rows(history: TreeHistory, day: date) -> list[Row]:
    names, there = dict(Committee.objects.values_list("code", "name")), units_on(history, day)
    return [
        Row(there[code], names.get(there[code].committee, ""), ", ".join(line.units) if len(line.units) > 1 else "")
        for line in lines_on(history, day)
        for code in line.shown
    ]


def _all_told() -> list[Told]:
    """The latest first."""
    records = [row for row in all_records() if isinstance(row, UnitRecord | SuccessionRecord)]
    names = names_of({row.made_by for row in records})
    return [Told(row, isinstance(row, UnitRecord), names.get(row.made_by, AT_THE_MACHINE)) for row in reversed(records)]

"""The explorer: what do you want to know, then only the fields that it takes; the answer, its chart, its files.

Everything is a link or a form that is fetched, so a question has an address that can be sent to a colleague.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.headline import headline
from skillnad.analysis.results import ProtectedTable
from skillnad.exchange.results.spss import can_write
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import check_can_explore_tables
from skillnad.reports.render.files import KINDS as FILE_KINDS
from skillnad.reports.render.files import FileKind
from skillnad.reports.render.tables import as_html
from skillnad.reports.table_charts import drawing_of, svg_of
from skillnad.web.analyst.asking import ShareForm
from skillnad.web.analyst.beside import MEASURES, MeasuredForm
from skillnad.web.analyst.comparing import CompareForm, compare_form, kept
from skillnad.web.analyst.kinds import KINDS, kind_of, offered, population_of, slug_of
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.analyst.saving import question_text
from skillnad.web.analyst.selecting import SelectionForm
from skillnad.web.shared.access import allowed
from skillnad.web.shared.exporting import log_answer

FILES = {
    **{kind: FILE_KINDS[kind] for kind in ("csv", "xlsx", "parquet")},
    **({"sav": FILE_KINDS["sav"]} if can_write() else {}),
    "toml": FileKind("application/toml; charset=utf-8", lambda table: question_text(table).encode()),
    "svg": FileKind("image/svg+xml", lambda table: svg_of(table).encode()),
}
"""What the page hands out; SPSS where its extra is installed."""
PICTURE = "svg"
"""A part of the page; all else leaves as a file, and is logged."""


@allowed(check_can_explore_tables)
def explorer(request: HttpRequest) -> HttpResponse:
    """What there is to know, the form, and under it the answer."""
    folder = newest()
    if folder is None:
        return render(request, "skillnad/analyst/no_snapshot.html")
    return render(request, "skillnad/analyst/explorer.html", _page(request.GET, folder))


@allowed(check_can_explore_tables)
def explorer_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table as a file. A question that has no answer leads back to the page, which says why."""
    folder = newest()
    form = _form(request.GET, folder) if folder else None
    if folder is None or form is None or kind not in FILES or not form.is_bound:
        raise Http404
    comparing = _comparing(form, request.GET)
    if not form.is_ready or (comparing and comparing.is_bound and not comparing.is_valid()):
        return _back(request)
    try:
        table = protected(folder).get_or_protect(_asked(form, comparing))
    except UserError:
        return _back(request)
    if kind != PICTURE:
        log_answer(request, table.provenance.ledger_key, kind)
    return _file(table, kind)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('explorer')}?{request.GET.urlencode()}")


def _file(table: ProtectedTable, kind: str) -> HttpResponse:
    name = f"skillnad-{table.provenance.ledger_key[:12]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(FILES[kind].content(table), content_type=FILES[kind].content_type, headers=headers)


def _form(chosen: QueryDict, folder: Path) -> SelectionForm | None:
    """None before there is anything to know, and where the snapshot has nothing to ask of."""
    kind, snapshot = kind_of(chosen), opened(folder)
    population = population_of(chosen, offered(kind, snapshot)) if kind else None
    return KINDS[kind].form(chosen, snapshot=snapshot, population=population) if population else None


def _page(chosen: QueryDict, folder: Path) -> Mapping[str, Any]:
    kind, form = kind_of(chosen), _form(chosen, folder)
    om = slug_of(form.population) if form else ""
    page = {"kinds": _kinds(kind, om, chosen), "fraga": kind, "kind": KINDS.get(kind), "form": form}
    if form is None:
        return page
    page |= {"populations": _populations(kind, form), "measures": _measures(form), "om": om}
    return {**page, **(_answered(form, chosen, folder) if form.is_ready else {})}


def _answered(form: SelectionForm, chosen: QueryDict, folder: Path) -> Mapping[str, Any]:
    """The answer, or what is wrong with the question: beside the choice that it is about, where there is one."""
    comparing = _comparing(form, chosen)
    page = {"comparing": comparing, "kept": kept(chosen), "plain": f"?{urlencode(kept(chosen))}#resultat"}
    if comparing and comparing.is_bound and not comparing.is_valid():
        return page
    try:
        table = protected(folder).get_or_protect(_asked(form, comparing))
    except UserError as error:
        return {**page, "comparing": None, "refused": form.add_problems(error)}
    return {**page, **_shown(table, form, chosen)}


def _comparing(form: SelectionForm, chosen: QueryDict) -> CompareForm | None:
    """What the groups of a table of shares can be compared by; bound where a comparison is asked for."""
    if not isinstance(form, ShareForm) or not form.is_ready:
        return None
    return compare_form(chosen, form.snapshot, form.question())


def _asked(form: SelectionForm, comparing: CompareForm | None) -> Asked:
    return comparing.question() if comparing and comparing.is_bound else form.question()


def _shown(table: ProtectedTable, form: SelectionForm, chosen: QueryDict) -> Mapping[str, Any]:
    """The table as markup that the renderer has escaped, what its picture tells, and the addresses of its files."""
    return {
        "heading": headline(table),
        "only": form.told(),
        "table": mark_safe(as_html(table)),  # noqa: S308
        "drawing": drawing_of(table),
        "question": question_text(table),
        "files": {kind: f"{reverse('explorer_file', args=[kind])}?{chosen.urlencode()}" for kind in FILES},
    }


def _kinds(current: str, om: str, chosen: QueryDict) -> list[Mapping[str, Any]]:
    """Each thing to know, of the same rows and period."""
    held = {name: value for name, value in (("om", om), ("period", str(chosen.get("period", "")))) if value}
    return [
        {"label": kind.label, "told": kind.told, "href": _address(fraga=slug, **held), "current": slug == current}
        for slug, kind in KINDS.items()
    ]


def _populations(kind: str, form: SelectionForm) -> list[Mapping[str, Any]]:
    """What else it can be asked of, in the same period: columns differ from one to the other, years do not."""
    held = {name: str(form.chosen[name]) for name in ("matt", "period") if form.chosen.get(name)}
    return [
        {"label": label, "href": _address(fraga=kind, om=slug, **held), "current": form.population is population}
        for slug, (population, label) in offered(kind, form.snapshot).items()
    ]


def _measures(form: SelectionForm) -> list[Mapping[str, Any]]:
    """What can be set beside each other, where that is a choice."""
    if not isinstance(form, MeasuredForm) or len(form.measures) == 1:
        return []
    held = {name: str(form.chosen[name]) for name in ("fraga", "om", "period") if form.chosen.get(name)}
    return [
        {"slug": slug, "label": MEASURES[slug], "href": _address(**held, matt=slug), "current": slug == form.measure}
        for slug in form.measures
    ]


def _address(**held: str) -> str:
    return f"?{urlencode(held)}"

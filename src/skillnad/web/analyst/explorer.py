"""The table explorer: choose what, rows, columns and period; see table and chart; take them along as files.

Everything is a link or a form that is fetched, so a table has an address that can be sent to a colleague.
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
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.exchange.results.spss import can_write
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import check_can_explore_tables
from skillnad.reports.render.files import KINDS, FileKind
from skillnad.reports.render.tables import as_html
from skillnad.reports.table_charts import drawing_of, svg_of
from skillnad.web.analyst.asking import POPULATIONS, TableForm, populations
from skillnad.web.analyst.comparing import CompareForm, compare_form, kept
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.shared.access import allowed
from skillnad.web.shared.exporting import log_answer

FIRST = "insatser"
FILES = {
    **{kind: KINDS[kind] for kind in ("csv", "xlsx", "parquet")},
    **({"sav": KINDS["sav"]} if can_write() else {}),
    "svg": FileKind("image/svg+xml", lambda table: svg_of(table).encode()),
}
"""What the page hands out; SPSS where its extra is installed."""
PICTURE = "svg"
"""A part of the page; all else leaves as a file, and is logged."""


@allowed(check_can_explore_tables)
def explorer(request: HttpRequest) -> HttpResponse:
    """The form, and under it the table that it asks for."""
    folder = newest()
    if folder is None:
        return render(request, "skillnad/analyst/no_snapshot.html")
    return render(request, "skillnad/analyst/explorer.html", _page(request.GET, folder))


@allowed(check_can_explore_tables)
def explorer_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table as a file. A question that has no answer leads back to the page, which says why."""
    folder = newest()
    if folder is None or kind not in FILES:
        raise Http404
    form = _form(request.GET, folder)
    if "rader" not in request.GET:
        raise Http404
    comparing = _comparing(form, request.GET, folder)
    if not form.is_valid() or (comparing and comparing.is_bound and not comparing.is_valid()):
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


def _form(chosen: QueryDict, folder: Path) -> TableForm:
    return TableForm(chosen, snapshot=opened(folder), population=_population(chosen, opened(folder)))


def _population(chosen: QueryDict, snapshot: Snapshot) -> Population:
    """What is asked about; where the snapshot has none of it, interventions, or else the first that there is."""
    offered = populations(snapshot)
    slug = next((slug for slug in (chosen.get("om"), FIRST) if slug in offered), next(iter(offered)))
    return offered[slug][0]


def _page(chosen: QueryDict, folder: Path) -> Mapping[str, Any]:
    form = _form(chosen, folder)
    population = form.population
    links = _links(populations(opened(folder)), population, chosen.get("period", ""))
    page: dict[str, Any] = {"form": form, "populations": links, "om": _slug(population)}
    if "rader" not in chosen or not form.is_valid():
        return page
    comparing = _comparing(form, chosen, folder)
    page |= {"comparing": comparing, "kept": kept(chosen), "plain": _plain(chosen)}
    if comparing and comparing.is_bound and not comparing.is_valid():
        return page
    try:
        table = protected(folder).get_or_protect(_asked(form, comparing))
    except UserError as error:
        return {**page, "error": error.text()}
    return {**page, **_shown(table, chosen)}


def _comparing(form: TableForm, chosen: QueryDict, folder: Path) -> CompareForm | None:
    """What the groups of the asked table can be compared by; bound where a comparison is asked for."""
    return compare_form(chosen, opened(folder), form.question()) if form.is_valid() else None


def _asked(form: TableForm, comparing: CompareForm | None) -> Asked:
    return comparing.question() if comparing and comparing.is_bound else form.question()


def _plain(chosen: QueryDict) -> str:
    """The address of the table that is compared."""
    return f"?{urlencode(kept(chosen))}#resultat"


def _shown(table: ProtectedTable, chosen: QueryDict) -> Mapping[str, Any]:
    """The table as markup that the renderer has escaped, what its picture tells, and the addresses of its files."""
    return {
        "heading": headline(table),
        "table": mark_safe(as_html(table)),  # noqa: S308
        "drawing": drawing_of(table),
        "files": {kind: f"{reverse('explorer_file', args=[kind])}?{chosen.urlencode()}" for kind in FILES},
    }


def _links(offered: Mapping[str, tuple[Population, str]], current: Population, period: str) -> list[Mapping[str, Any]]:
    """What else can be counted, in the same period: columns differ from one to the other, years do not."""
    kept = {"period": period} if period else {}
    return [
        {"label": label, "href": f"?{urlencode({'om': slug, **kept})}", "current": population is current}
        for slug, (population, label) in offered.items()
    ]


def _slug(population: Population) -> str:
    return next(slug for slug, (one, _) in POPULATIONS.items() if one is population)

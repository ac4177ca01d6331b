"""Instruments as who answers will see them: the list, and one form in each variant, language and choice of words.

Nothing is saved. What is filled in decides which questions follow, as on the real form, and comes back in the address;
fields for free text have no name, so that no browser sends what is written there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from skillnad.instruments.licences import form_allowed, told
from skillnad.instruments.loading import Loaded, instrument_ids, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.texts import Words, words_of
from skillnad.instruments.vocabulary import WHO
from skillnad.instruments.wording import has_words
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed
from skillnad.organisation.permissions import check_can_preview_instruments
from skillnad.web.analyst.preview_choices import Preview, previewed
from skillnad.web.analyst.preview_questions import blocks
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import log


@dataclass(frozen=True)
class Listed:
    """One row of the list. `wrong` is what keeps a municipality's own instrument from being shown."""

    id: str
    title: str
    purpose: str = ""
    who: str = ""
    asked: int = 0
    wrong: tuple[str, ...] = ()


@allowed(check_can_preview_instruments)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument of the catalogue and of the municipality's folder."""
    rows = [_listed(name) for name in instrument_ids(_own())]
    return render(request, "skillnad/analyst/instruments.html", {"instruments": sorted(rows, key=_by_title)})


@allowed(check_can_preview_instruments)
def instrument(request: HttpRequest, name: str) -> HttpResponse:
    """One form, as it is put with the choices of the address."""
    if name not in instrument_ids(_own()):
        raise Http404(name)
    loaded = load_with_files(name, _own())
    allowed_words = form_allowed(loaded.instrument, loaded.licence)
    words: Words = words_of(loaded.files) if allowed_words else {}
    preview = previewed(loaded.instrument, words, request.GET)
    if loaded.licence is not None and allowed_words:
        _log_words(request, loaded)
    shown = {
        "instrument": loaded.instrument,
        "preview": preview,
        "blocks": blocks(preview.form, _folders(name), _answered(request.GET)),
        "kept": loaded.licence,
        "why_no_words": _why_no_words(loaded, words, preview),
    }
    return render(request, "skillnad/analyst/instrument.html", shown)


def _own() -> Path | None:
    own: Path | None = settings.SKILLNAD_LOCAL_INSTRUMENTS
    return own


def _folders(name: str) -> list[Path]:
    own = _own()
    return [own / name] if own else []


def _listed(name: str) -> Listed:
    try:
        loaded = load_with_files(name, _own()).instrument
    except UserError as error:
        return Listed(name, name, wrong=tuple(problem.text("sv") for problem in error.problems))
    asked = {item.matrix or item.id for item in loaded.items.values()}
    return Listed(name, loaded.title_sv, loaded.purpose_sv, _who(loaded), len(asked))


def _who(instrument: Instrument) -> str:
    return listed(list(dict.fromkeys(WHO[who] for who in instrument.answered_by)))


def _by_title(row: Listed) -> str:
    return row.title.casefold()


def _answered(query: QueryDict) -> Mapping[str, list[str]]:
    return {key: query.getlist(key) for key in query}


def _why_no_words(loaded: Loaded, words: Words, preview: Preview) -> str:
    """Why numbers and labels stand where the questions should, or nothing."""
    instrument = loaded.instrument
    if has_words(instrument, words, preview.form.perspective):
        return ""
    holder = instrument.licence.holder
    if not form_allowed(instrument, loaded.licence):
        return (
            f"Frågornas ord tillhör {holder}, som ger tillstånd särskilt för skärm. Här visas nummer och vad de gäller."
        )
    if instrument.licence.confirm:
        return (
            f"Frågornas ord tillhör {holder}. De visas när kommunen har uppgett sin licens och lagt orden i sin mapp. "
            "Här visas nummer och vad de gäller."
        )
    return "Några frågor har inga egna ord. Där visas vad de gäller."


def _log_words(request: HttpRequest, loaded: Loaded) -> None:
    """Somebody else's words were loaded, by the licence that the municipality states."""
    if loaded.licence is None:
        return
    facts = {
        "version": loaded.instrument.version,
        **{f"licence_{key}": said for key, said in told(loaded.licence).items()},
    }
    log(request, "instrument.licensed_words", kind="instrument", subjects=[loaded.instrument.id], facts=facts)

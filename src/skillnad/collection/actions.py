"""Taking in answers, reading what people wrote, and saying what it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.writing import writing
from skillnad.collection.files import AnswerFile, open_answers
from skillnad.collection.models import FreeAnswer, Submission
from skillnad.collection.queries import free_answers_within
from skillnad.collection.sheets import Reader, Ready, Refusal
from skillnad.collection.storing import Store, Stored, unsealed
from skillnad.collection.subjects import Subjects
from skillnad.collection.summary import AnswerImport
from skillnad.collection.whose import people_of, people_of_answers
from skillnad.instruments.masking import masked
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import check_can_read_free_text
from skillnad.register.models import ImportRun

PURPOSE = "follow_up"
ANSWERS = "answers"
"""The source of a file that says no other."""
MOST_READ = 200
"""Free answers that are read at a time."""
MOST_THEMES = 10

_SOURCE = re.compile(r"[a-z][a-z0-9_-]{0,18}")
_THEME = re.compile(r"[^\W\d_][\w -]{0,39}")


def import_answers(
    *,
    path: Path,
    instrument: Instrument,
    by: str,
    at: datetime,
    source: str = "",
    register: str = "",
    dry_run: bool = False,
) -> AnswerImport:
    """Store the rows of a file of answers that can be; those that cannot are told in the summary's `refusals`.

    A row that is stored already under the same key of the same source is left alone, or written anew where it says
    something else. `register` names the extract whose keys the file uses. With `dry_run`, or where no row can be
    stored, nothing is changed. Raises UserError: IMP-001 to IMP-005 and INSTR-050 (the file), INSTR-064 (`source`).
    """
    name = f"{_checked_source(source)}/{instrument.id}"
    file = open_answers(path, instrument)
    rows, keys = list(file.rows()), installed_keys()
    subjects = Subjects((row.cells for row in rows), keys, at.date(), register)
    ready, refused = Reader(instrument, subjects, at.date()).read(rows)
    store = Store(instrument, name, keys)
    if dry_run or not ready:
        new, changed, unchanged = store.compared(ready)
        found = Stored(len(new), len(changed), unchanged)
        return _summary(store, file, len(rows), ready, refused, found, dry_run=dry_run)
    with writing():
        run = _run(store, file, len(rows), refused, by, at)
        summary = _summary(store, file, len(rows), ready, refused, store.store(ready, run), run=run.pk)
        _finish(run, summary, by, at)
    return summary


def _checked_source(source: str) -> str:
    if not source or _SOURCE.fullmatch(source):
        return source or ANSWERS
    raise UserError.of(
        "INSTR-064",
        where="--source",
        sv="Källans namn ska vara små bokstäver a–z, siffror, - och _, högst 19, som webbenkat.",
        en="The source's name should be small letters a–z, digits, - and _, at most 19, such as websurvey.",
    )


def _summary(
    store: Store,
    file: AnswerFile,
    read: int,
    ready: Sequence[Ready],
    refused: Sequence[Refusal],
    stored: Stored,
    *,
    run: int | None = None,
    dry_run: bool = False,
) -> AnswerImport:
    return AnswerImport(
        instrument=store.instrument.id,
        version=store.instrument.version,
        source=store.source,
        dry_run=dry_run,
        read=read,
        new=stored.new,
        changed=stored.changed,
        unchanged=stored.unchanged,
        words=sum(len(one.words) for one in ready),
        refusals=tuple(refused),
        unread=file.unread,
        run=run,
    )


def _run(store: Store, file: AnswerFile, read: int, refused: Sequence[Refusal], by: str, at: datetime) -> ImportRun:
    rows = len({refusal.row for refusal in refused})
    return ImportRun.objects.create(
        imported_at=at,
        imported_by=by,
        source=store.source,
        mapping_sha256=store.instrument.digest,
        files=[{"sha256": file.sha256, "bytes": file.size, "rows": read}],
        rows_read=read,
        rows_accepted=read - rows,
        rows_warned=0,
        rows_rejected=rows,
        rows_new=0,
        rows_changed=0,
        rows_unchanged=0,
    )


def _finish(run: ImportRun, summary: AnswerImport, by: str, at: datetime) -> None:
    run.rows_new, run.rows_changed, run.rows_unchanged = summary.new, summary.changed, summary.unchanged
    run.details = {"instrument": summary.instrument, "version": summary.version, "codes": summary.codes()}
    run.save()
    counts = {name: getattr(summary, name) for name in ("read", "new", "changed", "unchanged", "refused", "words")}
    record(
        by=by,
        at=at,
        action="answers.import",
        purpose=PURPOSE,
        subject_kind="import_run",
        subjects=[run.pk],
        details={"instrument": summary.instrument, "version": summary.version, **counts},
        people=people_of(Submission.everyone.filter(import_run=run)),
    )


@dataclass(frozen=True, repr=False)
class FreeText:
    """What someone wrote, masked, and what a person has said that it is about. Never printed."""

    id: int
    item: str
    answered: date
    perspective: str
    text: str
    themes: tuple[str, ...]
    themed_by: str


@writing()
def read_free_answers(
    *,
    account: Account,
    instrument: str,
    item: str,
    by: str,
    at: datetime,
    theme: str | None = "",
    first: int = 0,
) -> tuple[FreeText, ...]:
    """What people in the account's area wrote to a question, masked: at most MOST_READ from the number `first`, the
    latest day first. `theme` None: those that nobody has given one. Each reading is an event of the log, which says
    which answers were read.

    Raises Denied for an account without the right.
    """
    check_can_read_free_text(account)
    rows = free_answers_within(account).filter(submission__instrument=instrument, item=item)
    told = rows.order_by("-submission__answered_date", "-pk").values_list("pk", "themes")
    about = (row for row, themes in told if (not themes if theme is None else not theme or theme in themes))
    wanted = list(about)[first : first + MOST_READ]
    chosen = rows.select_related("submission").in_bulk(wanted)
    keys = installed_keys()
    found = tuple(
        FreeText(
            id=row.pk,
            item=row.item,
            answered=row.submission.answered_date,
            perspective=row.submission.perspective,
            text=masked(unsealed(row, keys)),
            themes=tuple(row.themes),
            themed_by=row.themed_by,
        )
        for row in (chosen[pk] for pk in wanted)
    )
    _log_reading(found, instrument, item, by, at)
    return found


def _log_reading(found: Sequence[FreeText], instrument: str, item: str, by: str, at: datetime) -> None:
    record(
        by=by,
        at=at,
        action="free_answer.read",
        purpose=PURPOSE,
        subject_kind="free_answer",
        subjects=[one.id for one in found],
        details={"instrument": instrument, "item": item, "answers": len(found)},
        people=people_of_answers(FreeAnswer.everyone.filter(pk__in=[one.id for one in found])),
    )


@writing()
def code_themes(*, account: Account, answer: int, themes: Sequence[str], by: str, at: datetime) -> FreeAnswer:
    """Say what a free answer is about, in the coder's own words; an empty list takes the themes away.

    Raises Denied for an account without the right, UserError COLL-001 where there is no such answer in the account's
    area, COLL-002 where a theme is not a theme.
    """
    check_can_read_free_text(account)
    told = _checked_themes(themes)
    row = free_answers_within(account).filter(pk=answer).first()
    if row is None:
        raise _no_such()
    row.themes, row.themed_at, row.themed_by = told, at, by
    row.save(update_fields=["themes", "themed_at", "themed_by"])
    record(
        by=by,
        at=at,
        action="free_answer.themed",
        purpose=PURPOSE,
        subject_kind="free_answer",
        subjects=[row.pk],
        details={"item": row.item, "themes": len(told)},
        people=people_of_answers(FreeAnswer.everyone.filter(pk=row.pk)),
    )
    return row


def _checked_themes(themes: Sequence[str]) -> list[str]:
    """Each once, in small letters, as they were given."""
    told = list(dict.fromkeys(" ".join(theme.split()).lower() for theme in themes if theme.strip()))
    fit = all(_THEME.fullmatch(theme) and masked(theme) == theme for theme in told)
    if fit and len(told) <= MOST_THEMES:
        return told
    raise UserError.of(
        "COLL-002",
        sv=f"Ett tema är ett eller några ord, högst 40 tecken, utan något som pekar ut en person, och ett svar har "
        f"högst {MOST_THEMES}. Skriv dem med komma mellan.",
        en=f"A theme is a word or a few, at most 40 letters, with nothing that points out a person, and an answer has "
        f"at most {MOST_THEMES}. Write them with commas between.",
    )


def _no_such() -> UserError:
    return UserError.of(
        "COLL-001",
        sv="Det finns inget sådant svar att läsa här. Ladda om sidan och försök igen.",
        en="There is no such answer to read here. Load the page again and try once more.",
    )

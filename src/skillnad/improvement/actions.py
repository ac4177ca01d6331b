"""Writing an explanation beside a difference, and withdrawing one."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.codebook.identity_in_text import contains_identity
from skillnad.improvement.models import Explanation
from skillnad.lib.errors import Denied, UserError

MOST = 4_000
"""Letters of an explanation."""
PURPOSE = "follow_up"

Figures = Mapping[str, float | None]

_DATE = re.compile(r"(?<!\d)(\d{4})[-.](\d\d)[-.](\d\d)(?!\d)")
_SPACES = re.compile(r"[^\S\n]+")


@writing()
def write_explanation(
    *,
    difference: str,
    period: str,
    snapshot: str,
    title: str,
    about: str,
    figures: Figures,
    text: str,
    by: str,
    at: datetime,
) -> Explanation:
    """Keep what someone says of a difference, beside the figures that it is said of.

    Raises UserError: EXPL-001 of no text, EXPL-002 of too much, EXPL-003 where it holds an identity number.
    """
    written = Explanation.objects.create(
        difference=difference,
        period=period,
        snapshot=snapshot,
        title=title,
        about=about,
        figures=dict(figures),
        text=_checked(text),
        written_at=at,
        written_by=by,
    )
    _record("explanation.written", written, by=by, at=at)
    return written


@writing()
def withdraw_explanation(*, explanation: int, by: str, at: datetime, others: bool = False) -> None:
    """Take away the text for good; that there was one, and who wrote it, stays. Once is enough.

    One's own, or with `others`, which takes a right, anyone's. Raises Denied where it is another's, and UserError
    EXPL-004 where there is no such explanation.
    """
    written = Explanation.objects.select_for_update().filter(pk=explanation).first()
    if written is None:
        raise _none_such()
    if written.written_by != by and not others:
        raise Denied("Förklaringen är skriven av någon annan. Den som skrev den tar bort den, eller en analytiker.")
    if written.withdrawn_at is None:
        written.text, written.withdrawn_at, written.withdrawn_by = "", at, by
        written.save(update_fields=["text", "withdrawn_at", "withdrawn_by"])
        _record("explanation.withdrawn", written, by=by, at=at)


def _record(action: str, written: Explanation, *, by: str, at: datetime) -> None:
    record(
        by=by,
        at=at,
        action=action,
        purpose=PURPOSE,
        subject_kind="explanation",
        subjects=[written.pk],
        details={"difference": written.difference, "period": written.period, "snapshot": written.snapshot},
    )


def _checked(text: str) -> str:
    told = "\n".join(_printable(line).rstrip() for line in text.strip().splitlines()).strip()
    if not told:
        raise UserError.of(
            "EXPL-001",
            sv="Förklaringen är tom. Skriv vad som kan förklara skillnaden, eller vad som ska göras för att ta reda på "
            "det.",
            en="The explanation is empty. Write what may explain the difference, or what will be done to find out.",
        )
    if len(told) > MOST:
        raise UserError.of(
            "EXPL-002",
            sv=f"Förklaringen har {len(told)} tecken och får ha högst {MOST}. Korta den, eller hänvisa till en bilaga.",
            en=f"The explanation has {len(told)} characters and may have {MOST}. Shorten it, or refer to an appendix.",
        )
    if contains_identity(told) or contains_identity(_plainly_written(told)):
        raise UserError.of(
            "EXPL-003",
            sv="Förklaringen har något som ser ut som ett personnummer, och den sparas därför inte. Skriv om grupper, "
            "och inget som pekar ut en person.",
            en="The explanation holds what reads as an identity number, and is therefore not kept. Write of groups, "
            "and nothing that points out a person.",
        )
    return told


def _printable(line: str) -> str:
    """Without control characters, which no page shows and PostgreSQL may refuse."""
    return "".join(letter for letter in line if letter == "\t" or unicodedata.category(letter) != "Cc")


def _plainly_written(text: str) -> str:
    """As an identity number is written where a person writes by hand: with no dashes in the date (2001-02-03-T123), one
    space at a time, and nothing that is not seen."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return _DATE.sub(r"\1\2\3", _SPACES.sub(" ", seen))


def _none_such() -> UserError:
    return UserError.of(
        "EXPL-004",
        sv="Det finns ingen sådan förklaring. Ladda om sidan och försök igen.",
        en="There is no such explanation. Load the page again and try once more.",
    )

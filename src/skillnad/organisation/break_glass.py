"""An emergency: someone who reads people in one place opens another, for some hours, says why, and is seen to."""

from datetime import datetime, timedelta

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.instruments.masking import masked
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.models import (
    LONGEST_BREAK,
    Account,
    Assignment,
    BreakGlass,
    Committee,
    GlassReason,
    Unit,
)
from skillnad.organisation.permissions import check_can_break_glass, roles_of
from skillnad.organisation.rights import PEOPLE_ROLES, Purpose

LEAST_WORDS, MOST_LETTERS = 3, 500


@writing()
def break_glass(
    *,
    account: Account,
    place: Unit | Committee,
    reason: str,
    explanation: str,
    lasts: timedelta,
    by: str,
    at: datetime,
) -> Assignment:
    """Let the account read in `place` with the role that it reads people with elsewhere, for `lasts` from now; never
    people with protected identity. Ends by itself.

    Raises Denied for an account without the right; UserError ACC-001 (reason), ACC-002 (explanation), ACC-003 (time).
    """
    check_can_break_glass(account)
    told = _checked(reason, explanation, lasts)
    where = {"unit": place} if isinstance(place, Unit) else {"committee": place}
    role = min(roles_of(account) & {role.value for role in PEOPLE_ROLES})
    assignment = Assignment.objects.create(account=account, role=role, granted_at=at, granted_by=by, **where)
    BreakGlass.objects.create(assignment=assignment, reason=reason, explanation=told, lasts=lasts)
    record(
        by=by,
        at=at,
        action="account.break_glass",
        purpose=Purpose.FOLLOW_UP,
        subject_kind="account",
        subjects=[account.pk],
        details={
            "role": role,
            "reason": reason,
            "minutes": int(lasts.total_seconds() // 60),
            **{kind: each.code for kind, each in where.items()},
        },
    )
    return assignment


@writing()
def end_break(*, account: Account, number: int, by: str, at: datetime) -> None:
    """End an opening of one's own before its time. Raises Denied where the account has none of that number."""
    own = Assignment.objects.filter(pk=number, account=account, revoked_at=None, break_glass__isnull=False)
    if not own.update(revoked_at=at, revoked_by=by):
        raise Denied("Det finns ingen sådan öppning att avsluta.")
    record(by=by, at=at, action="account.break_glass_ended", subject_kind="account", subjects=[account.pk])


def _checked(reason: str, explanation: str, lasts: timedelta) -> str:
    if reason not in GlassReason.values:
        raise UserError.of(
            "ACC-001",
            sv="Skälet är inget av dem som går att välja. Välj ett i listan.",
            en="The reason is none of those that can be chosen. Choose one in the list.",
        )
    if not timedelta(minutes=1) <= lasts <= LONGEST_BREAK:
        hours = int(LONGEST_BREAK.total_seconds() // 3600)
        raise UserError.of(
            "ACC-003",
            sv=f"Tiden är högst {hours} timmar. Välj en kortare; behövs mer, be om behörigheten.",
            en=f"The time is at most {hours} hours. Choose less; for more, ask for the role.",
        )
    told = " ".join(explanation.split())
    if len(told.split()) >= LEAST_WORDS and len(told) <= MOST_LETTERS and masked(told) == told:
        return told
    raise UserError.of(
        "ACC-002",
        sv=f"Förklaringen är minst {LEAST_WORDS} ord och högst {MOST_LETTERS} tecken, utan något som pekar ut en "
        "person. Skriv vad som har hänt, inte vem det gäller.",
        en=f"The explanation is at least {LEAST_WORDS} words and at most {MOST_LETTERS} letters, with nothing that "
        "points out a person. Write what has happened, not to whom.",
    )

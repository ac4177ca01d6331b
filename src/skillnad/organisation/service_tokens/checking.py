"""What the API asks of a token at each use."""

from datetime import datetime

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.lib.errors import Denied
from skillnad.organisation.rights import TABLE, Right
from skillnad.organisation.service_tokens.bearers import Bearer, Refusal, found


def bearer_of(*, text: str, right: Right, at: datetime) -> Bearer:
    """Whoever presents the token `text`, for a use of `right` today, which is logged; so is a use that is refused.

    Raises Denied, with the same words for every reason: a stranger is not told which part was right.
    """
    bearer = found(text, right, at.date())
    if isinstance(bearer, Refusal):
        _refused(bearer, right, by="nobody", at=at)
        raise Denied("Nyckeln ger inte den behörigheten. Be den driftansvariga om en nyckel som gör det.")
    _used(bearer, right, by=bearer.actor, at=at)
    return bearer


@writing()
def _used(bearer: Bearer, right: Right, *, by: str, at: datetime) -> None:
    record(
        by=by,
        at=at,
        action="token.used",
        purpose=TABLE[right].purpose,
        subject_kind="token",
        subjects=[bearer.token],
        details={"right": right.value},
    )


@writing()
def _refused(refusal: Refusal, right: Right, *, by: str, at: datetime) -> None:
    record(
        by=by,
        at=at,
        action="token.refused",
        subject_kind="token" if refusal.token else "",
        subjects=[refusal.token] if refusal.token else (),
        details={"right": right.value, "reason": refusal.reason},
    )

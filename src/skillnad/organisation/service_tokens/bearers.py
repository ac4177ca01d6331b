"""Who holds a token, and what it opens."""

from dataclasses import dataclass
from datetime import date

from skillnad.organisation.rights import Right
from skillnad.organisation.service_tokens.records import ServiceToken
from skillnad.organisation.service_tokens.secrets import NO_DIGEST, Presented, is_right, presented
from skillnad.organisation.standing import Area

_NOT_A_TOKEN = Presented("", "")


@dataclass(frozen=True)
class Bearer:
    """A system with a token: its id, its rights, and where they reach. It never sees people with protected identity."""

    token: int
    rights: frozenset[Right]
    area: Area

    @property
    def actor(self) -> str:
        return f"service:{self.token}"


@dataclass(frozen=True)
class Refusal:
    """Why a token opens nothing, in a word for the log; `token` is its id, once its secret has been right."""

    reason: str
    token: int = 0


def found(text: str, right: Right, today: date) -> Bearer | Refusal:
    """One question to the database and one comparison, whatever is presented."""
    given = presented(text) or _NOT_A_TOKEN
    row = ServiceToken.objects.filter(handle=given.handle).first()
    right_secret = is_right(given, row.digest if row else NO_DIGEST)
    if row is None or not right_secret:
        return Refusal("unknown")
    if row.revoked_at is not None:
        return Refusal("revoked", row.pk)
    if row.last_date < today:
        return Refusal("expired", row.pk)
    if right.value not in row.rights:
        return Refusal("right", row.pk)
    return Bearer(row.pk, frozenset(Right(each) for each in row.rights), _area(row))


def _area(row: ServiceToken) -> Area:
    return Area(
        committees=frozenset([row.committee_id] if row.committee_id else ()),
        units=frozenset([row.unit_id] if row.unit_id else ()),
    )

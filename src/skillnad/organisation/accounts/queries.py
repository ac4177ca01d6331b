"""Who has a login."""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account, Assignment


@dataclass(frozen=True)
class Told:
    """One login: its roles with where each is, how it signs in, and whether it may."""

    username: str
    roles: tuple[str, ...]
    provider: str
    second_factor: bool
    active: bool


def all_accounts() -> Iterator[Told]:
    """By name."""
    providers = dict(SocialAccount.objects.values_list("user_id", "provider"))
    factors = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    roles: dict[int, list[str]] = {}
    standing = Assignment.objects.filter(revoked_at=None, break_glass=None).order_by("role", "pk")
    for account, role, unit, committee in standing.values_list("account", "role", "unit__code", "committee__code"):
        place = unit or committee
        roles.setdefault(account, []).append(f"{role}:{place}" if place else role)
    for key, name, active in Account.objects.order_by("username").values_list("pk", "username", "is_active"):
        yield Told(name, tuple(roles.get(key, ())), providers.get(key, ""), key in factors, active)


def account_named(name: str) -> Account:
    """Raises UserError ACC-020 where there is none."""
    found = Account.objects.filter(username=name).first()
    if found is None:
        raise UserError.of(
            "ACC-020",
            sv="Ingen inloggning har det namnet. `skillnad account list` visar dem som finns.",
            en="No login has that name. `skillnad account list` shows those there are.",
        )
    return found

"""The file of SKILLNAD_SIGN_IN: who may vouch for a person, at which level, and what each group gives.

Knows no database: whether a unit or a committee of that code exists is asked when somebody signs in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from skillnad.lib.errors import UserError
from skillnad.lib.toml_files import FLAG, TABLES, TEXT, TEXTS, WHOLE, Checked, FileCodes, checked, read_source, tables
from skillnad.lib.toml_files import Findings as AnyFindings
from skillnad.organisation.rights import UNIT_ROLES, Role

CODES = FileCodes(
    unreadable="ACC-010",
    unknown_key="ACC-011",
    wrong_type="ACC-012",
    missing="ACC-013",
    unknown_word="ACC-014",
    unfit="ACC-015",
)
BY_PROVIDER = "sign-in:"
"""Begins the name of who gave a role that came of a group."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
_PROVIDER = {
    **dict.fromkeys(["id", "name", "issuer", "client_id", "secret_from", "uid", "username", "groups"], TEXT),
    "scopes": TEXTS,
    "levels": TEXTS,
    "recheck_seconds": WHOLE,
    "group": TABLES,
}
_GROUP = {"name": TEXT, "role": TEXT, "unit": TEXT, "committee": TEXT, "protected": FLAG}


@dataclass(frozen=True, order=True)
class Grant:
    """A role and where, by code; empty where it is of no place."""

    role: str
    unit: str = ""
    committee: str = ""
    protected: bool = False


@dataclass(frozen=True)
class Provider:
    """One OpenID Connect provider. `uid`, `username` and `groups` are names of claims; `levels` are the values of `acr`
    that are enough; `grants` is what each group gives."""

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    levels: tuple[str, ...]
    grants: Mapping[str, tuple[Grant, ...]]
    uid: str = "sub"
    username: str = "preferred_username"
    groups: str = "groups"
    scopes: tuple[str, ...] = ("openid", "profile")
    recheck_seconds: int = 30

    @property
    def actor(self) -> str:
        """Who the log says has given out what comes of the groups."""
        return f"{BY_PROVIDER}{self.id}"


@dataclass(frozen=True)
class SignIn:
    """All providers; none where the municipality's login is not used."""

    providers: tuple[Provider, ...] = ()

    def provider(self, name: str) -> Provider | None:
        return next((each for each in self.providers if each.id == name), None)


class Findings(AnyFindings):
    """The problems of one reading of the file."""

    def __init__(self) -> None:
        super().__init__(CODES)


def read_sign_in(path: Path | None, environment: Mapping[str, str]) -> SignIn:
    """What the file says, with each provider's secret out of `environment`; no file is no provider.

    Raises UserError ACC-010 to ACC-019 with every problem, by file and line.
    """
    if path is None:
        return SignIn()
    findings = Findings()
    providers = _read(path, environment, findings)
    findings.stop()
    return SignIn(providers)


def _read(path: Path, environment: Mapping[str, str], findings: Findings) -> tuple[Provider, ...]:
    if not path.is_file():
        raise UserError.of(
            "ACC-019",
            where=path.name,
            sv="Filen som SKILLNAD_SIGN_IN anger finns inte. Rätta sökvägen, eller ta bort inställningen.",
            en="The file that SKILLNAD_SIGN_IN names does not exist. Correct the path, or remove the setting.",
        )
    source = read_source(path, findings, name=path.name)
    if source is None:
        return ()
    file = checked(source, (), source.data, {"provider": TABLES}, findings)
    found = tables(file, "provider", _PROVIDER)
    if not found:
        file.missing("provider", "[[provider]]")
    _check_ids(found)
    return tuple(_provider(table, environment) for table in found)


def _check_ids(found: list[Checked]) -> None:
    for place, table in enumerate(found):
        if table.get("id") in [each.get("id") for each in found[:place]]:
            table.add(
                "ACC-018",
                "id",
                sv="Två av [[provider]] har samma id. Ge dem var sitt.",
                en="Two of [[provider]] have the same id. Give each its own.",
            )


def _provider(table: Checked, environment: Mapping[str, str]) -> Provider:
    given = {key: table.get(key) for key in ("uid", "username", "groups", "recheck_seconds") if table.get(key)}
    if "recheck_seconds" in table.data:
        given["recheck_seconds"] = _seconds(table)
    if "scopes" in table.data:
        given["scopes"] = tuple(table.get("scopes"))
    return Provider(
        id=_id(table),
        name=table.required("name"),
        issuer=_issuer(table),
        client_id=table.required("client_id"),
        secret=_secret(table, environment),
        levels=_levels(table),
        grants=_grants(table),
        **given,
    )


def _id(table: Checked) -> str:
    name = table.required("id")
    if name and not _ID.fullmatch(name):
        table.add(
            CODES.unfit,
            "id",
            sv="Ett id är små bokstäver a–z, siffror och bindestreck, och börjar med en bokstav: det står i adressen.",
            en="An id is small letters a–z, digits and hyphens, and begins with a letter: it stands in the address.",
        )
    return name


def _issuer(table: Checked) -> str:
    """Over HTTPS, or on this machine: what comes from there is what people's rights are made of."""
    given = table.required("issuer")
    parts = urlsplit(given)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if given and (not safe or not parts.hostname or parts.query or parts.fragment):
        table.add(
            CODES.unfit,
            "issuer",
            sv="Utfärdaren är en adress som börjar med https://, som den står i leverantörens egen konfiguration.",
            en="The issuer is an address that begins with https://, as in the provider's own configuration.",
        )
    return given


def _secret(table: Checked, environment: Mapping[str, str]) -> str:
    name = table.required("secret_from")
    secret = environment.get(name, "")
    if name and not secret:
        table.add(
            "ACC-016",
            "secret_from",
            sv="Miljövariabeln som secret_from anger är tom. Lägg klienthemligheten där; den skrivs aldrig i filen.",
            en="The environment variable that secret_from names is empty. Put the client secret there, never here.",
        )
    return secret


def _levels(table: Checked) -> tuple[str, ...]:
    levels = tuple(level for level in table.get("levels", []) if level.strip())
    if not levels:
        table.missing("levels", '["http://id.elegnamnden.se/loa/1.0/loa3"]')
    return levels


def _seconds(table: Checked) -> int:
    seconds = int(table.get("recheck_seconds"))
    if not 0 <= seconds <= 600:
        table.add(
            CODES.unfit,
            "recheck_seconds",
            sv="Skriv 0 till 600: så många sekunder kan en person som lämnat gruppen vara kvar.",
            en="Write 0 to 600: for so many seconds a person who has left the group may stay.",
        )
    return seconds


def _grants(table: Checked) -> dict[str, tuple[Grant, ...]]:
    grants: dict[str, tuple[Grant, ...]] = {}
    listed = tables(table, "group", _GROUP)
    if not listed:
        table.missing("group", "[[provider.group]]")
    for group in listed:
        name = group.required("name")
        grants[name] = (*grants.get(name, ()), _grant(group))
    return grants


def _grant(group: Checked) -> Grant:
    group.required("role")
    grant = Grant(
        role=group.word("role", [role.value for role in Role], ""),
        unit=group.get("unit", "").strip(),
        committee=group.get("committee", "").strip(),
        protected=group.get("protected", False),
    )
    if (bool(grant.unit) and bool(grant.committee)) or (grant.role in UNIT_ROLES and not grant.unit):
        group.add(
            "ACC-017",
            "role",
            sv="Handläggare och enhetschef har unit = ”…”; andra roller unit eller committee, och inte båda.",
            en="A caseworker and a unit manager have unit = '…'; other roles unit or committee, and not both.",
        )
    return grant

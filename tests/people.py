"""Anna (caseworker), Bo (unit manager), Cecilia (client), Disa (another committee: sees nothing of theirs); Alva the
analyst, who has been given both committees, and Astrid, who has no committee and sees no person; Olle the operator and
Rut the auditor. Each is made when called, in the database of the test."""

from datetime import UTC, date, datetime
from typing import Any

from skillnad.audit.keys import installed_keys
from skillnad.codebook.identity import IdentityKind
from skillnad.organisation.actions import create_account, grant_role, set_up_tree
from skillnad.organisation.models import Account, Committee, Municipality, Role, Unit
from skillnad.organisation.places import Place, ProviderPlace, Tree, UnitPlace
from skillnad.register.models import Case, Client, FollowUp, ImportRun, Intervention

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BY = "operator:test"
PASSWORD = "en lång mening som ingen gissar"

TREE = Tree(
    municipality=Place("1234", "Exempelby"),
    committees=(Place("SN", "Socialnämnden"), Place("ON", "Omsorgsnämnden")),
    units=(UnitPlace("BU", "Barn och unga", committee="SN"), UnitPlace("LSS", "Funktionsstöd", committee="ON")),
    providers=(ProviderPlace("P1", "Lugna gatan HVB", kind="private"),),
)


def exempelby() -> Municipality:
    return set_up_tree(tree=TREE, by=BY, at=NOW)


def unit(code: str = "BU") -> Unit:
    exempelby()
    return Unit.objects.get(code=code)


def committee(code: str = "SN") -> Committee:
    return exempelby().committees.get(code=code)


def login(name: str, role: Role, **where: Any) -> Account:
    return create_account(username=name, password=PASSWORD, role=role, by=BY, at=NOW, **where)


def anna() -> Account:
    return login("anna", Role.CASEWORKER, unit=unit())


def bo() -> Account:
    return login("bo", Role.UNIT_MANAGER, unit=unit())


def disa() -> Account:
    return login("disa", Role.CASEWORKER, unit=unit("LSS"))


def alva() -> Account:
    account = login("alva", Role.ANALYST, committee=committee("SN"))
    grant_role(account=account, role=Role.ANALYST, committee=committee("ON"), by=BY, at=NOW)
    return account


def astrid() -> Account:
    return login("astrid", Role.ANALYST)


def olle() -> Account:
    return login("olle", Role.OPERATOR)


def rut() -> Account:
    return login("rut", Role.AUDITOR)


def client(number: int = 1, **values: Any) -> Client:
    """A client without identity number; the pseudonym is `number`."""
    row = {"source": "test", "source_key": f"client-{number}", "pseudonym": number, **values}
    return Client.everyone.create(**row)


def cecilia(**values: Any) -> Client:
    """A client with a local reserve identity, which can be nobody's."""
    identity, keys = "20010203-TK01", installed_keys()
    pseudonym = 4_611_686_018_427_387_905
    return client(
        pseudonym,
        **{
            "id_kind": IdentityKind.RESERVE_LOCAL.value,
            "identity_sealed": keys.seal(identity, pseudonym),
            "identity_index": keys.blind_index(identity),
            "birth_date": date(2001, 2, 3),
            "legal_sex": "1",
            **values,
        },
    )


def case(of: Client, key: str = "case-1", **values: Any) -> Case:
    return Case.everyone.create(**{"source": "test", "source_key": key, "client": of, **values})


def intervention(of: Case, key: str = "intervention-1", **values: Any) -> Intervention:
    return Intervention.everyone.create(**{"source": "test", "source_key": key, "case": of, **values})


def follow_up(of: Intervention, key: str = "follow-up-1", **values: Any) -> FollowUp:
    return FollowUp.everyone.create(**{"source": "test", "source_key": key, "intervention": of, **values})


def import_run(**values: Any) -> ImportRun:
    counts = dict.fromkeys(["read", "accepted", "warned", "rejected", "new", "changed", "unchanged"], 0)
    row = {"imported_at": NOW, "imported_by": BY, "source": "test", "mapping_sha256": "0" * 64}
    return ImportRun.objects.create(**{**{f"rows_{name}": count for name, count in counts.items()}, **row, **values})

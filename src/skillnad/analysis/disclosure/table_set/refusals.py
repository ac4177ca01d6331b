"""What is said where nothing may be published."""

from collections.abc import Sequence

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import ProtectedRelease
from skillnad.analysis.disclosure.table_set.forcing import Forced, refused
from skillnad.analysis.disclosure.verify.objections import Objection
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

MOST = 5
COARSER_SV = "slå ihop små grupper, ta bort en kolumn, eller ge mer tid med --seconds"
COARSER_EN = "join small groups, remove a column, or give more time with --seconds"


def another_way(policy: Policy) -> UserError:
    return UserError.of(
        "DISC-053",
        where=f"policy {policy.name}",
        sv=f"Här skyddas tabeller med luckor, eller avrundade utan --force, men policyn säger att {policy.way.sv}. Ta "
        "bort way ur policyn, eller --force.",
        en=f"Tables are protected with gaps here, or rounded without --force, but the policy says way = "
        f"{policy.way.value}. Remove way from it, or --force.",
    )


def forced_is_unsafe(forced: Forced) -> UserError:
    return refused(
        forced,
        "Med den här cellen som lucka finns inget säkert sätt att visa tabellerna, så inget är skrivet. Ta bort den ur "
        f"--force, eller {COARSER_SV}.",
        "With this cell as a gap there is no safe way to show the tables, so nothing is written. Remove it from "
        f"--force, or {COARSER_EN}.",
    )


def release_is_unsafe(release: ProtectedRelease) -> UserError:
    tables = [table.name for table in release.tables]
    return UserError.of(
        "DISC-056",
        where=f"--against, {listed(tables)}",
        sv="Intill den publiceringen finns inget säkert sätt att visa tabellerna, så inget är skrivet. Dra tillbaka "
        f"den, lägg dess tabeller bredvid i samma kommando, eller {COARSER_SV}.",
        en="Beside that release there is no safe way to show the tables, so nothing is written. Withdraw it, give its "
        f"tables in the same command, or {COARSER_EN}.",
    )


def nothing_is_safe() -> UserError:
    return UserError.of(
        "DISC-053",
        sv=f"Inget säkert sätt att visa tabellerna hittades, så inget är skrivet. Försök så här: {COARSER_SV}.",
        en=f"No safe way to show the tables was found, so nothing is written. Try this: {COARSER_EN}.",
    )


def objected(objections: Sequence[Objection]) -> UserError:
    cells = "; ".join(objection.sv for objection in objections[:MOST])
    return UserError.of(
        "DISC-057",
        sv=f"Den oberoende granskningen säger nej ({cells}), så inget är skrivet. Det är ett fel i "
        f"programmet: anmäl det, och försök under tiden så här: {COARSER_SV}.",
        en=f"The independent audit says no ({cells}), so nothing is written. That is a bug: "
        f"report it, and meanwhile try this: {COARSER_EN}.",
    )

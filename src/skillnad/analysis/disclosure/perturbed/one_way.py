"""One way for one population of one snapshot: gaps, rounding and noise are never mixed.

A gap in one table is a rounded number in the next, and a number with noise in a third: each of them is safe by itself,
and the second undoes the first. Nothing here audits them together, so the second way is refused.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.lib.errors import UserError


@dataclass(frozen=True)
class Kept:
    """The way that a population's answers are kept: with what base where they are rounded, and with which secret (a
    fingerprint, which tells nothing of it) where they have noise."""

    way: Way
    base: int = 0
    secret: str = ""

    @property
    def sv(self) -> str:
        return {Way.SUPPRESS: "med luckor", Way.ROUND: f"avrundade till {self.base}"}.get(self.way, "med brus")


def kept(policy: Policy, secret: bytes = b"") -> Kept:
    """What answers under the policy are."""
    base = policy.base if policy.way is Way.ROUND else 0
    told = hashlib.blake2b(secret, digest_size=8, person=b"skillnad secret").hexdigest()
    return Kept(policy.way, base, told if policy.way is Way.CELL_KEYS else "")


def check_one_way(first: Kept | None, new: Kept, population: str) -> None:
    """Raises UserError: DISC-076 where the population has been answered in another way, DISC-077 where its noise was
    made with another secret. `first` is None where it has not been answered at all."""
    if first is None or first == new:
        return
    if first.way is new.way is Way.CELL_KEYS:
        raise _other_secret(population)
    raise UserError.of(
        "DISC-076",
        where=population,
        sv=f"Svaren om den här populationen visas redan {first.sv}, och kan inte också visas {new.sv}: tillsammans "
        "säger de mer än var för sig. Använd samma policy som förut, eller gör en ny ögonblicksbild för det nya "
        "sättet och publicera inget ur den gamla.",
        en=f"Answers about this population are already shown by another way ({first.way.value}), and cannot also be "
        f"shown by {new.way.value}: together they tell more than each. Use the policy that was used before, or make a "
        "new snapshot for the new way and publish nothing of the old one.",
    )


def check_releases(rules: Sequence[Mapping[str, object]], policy: Policy) -> None:
    """Of earlier releases of the same people, whose rules these are. Raises UserError: DISC-076 where one is shown in
    another way, DISC-078 where it is shown in the same way but not by gaps: only gaps are protected against gaps."""
    for each in rules:
        way = Way(str(each.get("way", Way.SUPPRESS.value)))
        if way is not policy.way:
            check_one_way(Kept(way, int(str(each.get("base", 0)))), kept(policy), "--against")
        elif way is not Way.SUPPRESS:
            raise _two_roundings()


def _two_roundings() -> UserError:
    return UserError.of(
        "DISC-078",
        where="--against",
        sv="Två avrundade publiceringar av samma människor säger tillsammans mer än var för sig, och kan inte prövas "
        "mot varandra. Lägg alla tabeller i ett och samma kommando, eller välj luckor (way = ”suppress”) från början.",
        en="Two rounded releases of the same people tell more together than each, and cannot be tried against each "
        "other. Give all tables in one command, or choose gaps (way = 'suppress') from the start.",
    )


def _other_secret(population: str) -> UserError:
    return UserError.of(
        "DISC-077",
        where=population,
        sv="Bruset i de tidigare svaren gjordes med en annan hemlighet. Två brus på samma tal tar ut varandra. Lägg "
        "tillbaka den förra hemligheten.",
        en="The noise of earlier answers was made with another secret. Two noises on one number cancel each other. Put "
        "the former secret back.",
    )

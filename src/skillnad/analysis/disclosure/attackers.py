"""Against whom a table is protected: what the reader of a gap is taken to know, beside all that is shown."""

from enum import StrEnum


class Attacker(StrEnum):
    """From the one who knows least to the one who knows most. All know every relation and every shown number."""

    NOT_NEGATIVE = "A0"
    ZEROS_PRINTED = "A1"
    PRIMARY_KNOWN = "A2"

    @property
    def sv(self) -> str:
        return _WORDS[self]


_WORDS = {
    Attacker.NOT_NEGATIVE: "vet att inget antal är mindre än noll",
    Attacker.ZEROS_PRINTED: "vet att nollor visas, och därför att varje lucka är minst 1",
    Attacker.PRIMARY_KNOWN: "vet vilka luckor som är små tal, och därför att de är under tröskeln",
}


class Way(StrEnum):
    """How what is small is kept from being told."""

    SUPPRESS = "suppress"
    ROUND = "round"
    CELL_KEYS = "cell_keys"

    @property
    def sv(self) -> str:
        return _WAYS[self]


_WAYS = {
    Way.SUPPRESS: "små tal och det som skyddar dem är luckor",
    Way.ROUND: "tal avrundas till jämna tre eller fem, så att summorna stämmer",
    Way.CELL_KEYS: "varje tal får ett litet brus, alltid detsamma för samma fråga",
}

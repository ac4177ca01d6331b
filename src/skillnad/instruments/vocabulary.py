"""The fixed words of a definition, and what each is called in Swedish: who answers, about what, by which licence.

A definition may have no other word in these places, and whoever shows an instrument says these words.
"""

from collections.abc import Mapping
from typing import Final

WHO: Final[Mapping[str, str]] = {
    "client": "brukaren",
    "guardian": "vårdnadshavaren",
    "relative": "en anhörig",
    "caseworker": "handläggaren",
    "staff": "personalen",
    "provider": "utföraren",
    "unit": "enheten",
    "municipality": "kommunen",
    "region": "länet",
}
ABOUT: Final[Mapping[str, str]] = {
    "person": "en person",
    "intervention": "en insats",
    "contact": "en kontakt",
    "working_week": "en arbetsvecka",
    "municipality": "en kommun",
}
KINDS: Final[Mapping[str, str]] = {
    "catalogue": "i katalogen",
    "template": "en mall att anpassa",
    "frame": "en ram för kommunens egna variabler",
    "local": "kommunens eget",
}
LICENCES: Final[Mapping[str, str]] = {
    "free": "fritt",
    "quote": "fritt att citera med källa",
    "permission": "kräver tillstånd",
    "training": "kräver utbildning",
    "local": "kommunens eget",
}
UNITS: Final[Mapping[str, str]] = {
    "days": "dagar",
    "hours": "timmar",
    "minutes": "minuter",
    "weeks": "veckor",
    "months": "månader",
    "years": "år",
}
"""Units of measure that have a name of their own; a definition may have others, which are shown as they stand."""
LANGUAGES: Final[Mapping[str, str]] = {
    "sv": "svenska",
    "en": "engelska",
    "fi": "finska",
    "ar": "arabiska",
    "so": "somaliska",
    "ti": "tigrinska",
    "prs": "dari",
    "uk": "ukrainska",
}
"""By ISO 639 code. Texts in another language are shown under its code."""

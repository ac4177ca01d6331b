"""Which keys each table of a codebook file may have, and what they hold."""

from skillnad.lib.toml_files import (
    DATE,
    FLAG,
    NAMES,
    TABLE,
    TABLES,
    TEXT,
    TEXTS,
    WHOLE,
    Checked,
    checked,
    tables,
)

__all__ = [
    "ADDED_VALUE",
    "AGE_BAND",
    "FILE",
    "LOCAL_FILE",
    "PROVISION",
    "VALUE",
    "VARIABLE",
    "Checked",
    "checked",
    "tables",
]

FILE = {
    "version": TEXT,
    "use": NAMES,
    "not_used": NAMES,
    "also_use": NAMES,
    "variable": TABLES,
    "value": TABLES,
    "age_band": TABLES,
    "provision": TABLES,
}
LOCAL_FILE = {key: kind for key, kind in FILE.items() if key != "provision"}
_VALIDITY = {"valid_from": DATE, "valid_to": DATE}
_DEFINITIONS = {"definition_sv": TEXT, "definition_en": TEXT}
VALUE = {"code": TEXT, "sv": TEXT, "en": TEXT, "meaning": TEXT, **_DEFINITIONS, **_VALIDITY}
ADDED_VALUE = {"variable": TEXT, **VALUE}
VARIABLE = {
    "id": TEXT,
    "number": WHOLE,
    "kind": TEXT,
    "entity": TEXT,
    "step": TEXT,
    "step_when_provider": TEXT,
    "sv": TEXT,
    "en": TEXT,
    "values": TABLES,
    "value": TABLES,
    "same_values_as": TEXT,
    "exclusive": TEXTS,
    "order": TEXTS,
    "sensitive": FLAG,
    "used": FLAG,
    "note_sv": TEXT,
    "source": TEXT,
    "maps_to": TEXT,
    "mapping": TABLE,
    **_DEFINITIONS,
    **_VALIDITY,
}
AGE_BAND = {"code": TEXT, "first": WHOLE, "last": WHOLE}
PROVISION = {"variable": TEXT, "code": TEXT, "text": TEXT, "verified": FLAG, **_VALIDITY}

"""Variables of a municipality's own, old series beside the standard, and other ways that a column can be read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.lib.errors import UserError
from skillnad.register.models import Case, Client, Intervention

from .conftest import MAPPING, ROWS, Deliver, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LOCAL = """
[[variable]]
id = "old_household"
kind = "single"
entity = "case"
step = "investigate"
sv = "Gammal hushållskod"
en = "Old household code"
definition_sv = "Den äldre kodserien."
source = "Exempelby"
maps_to = "household_type"
values = [
    { code = "E", sv = "Ensam", en = "Alone" },
    { code = "P", sv = "Par", en = "Couple" },
]
[variable.mapping]
E = "1"
P = "4"
"""


@pytest.fixture
def codebook(tmp_path: Path) -> Codebook:
    folder = tmp_path / "kodbok"
    folder.mkdir()
    (folder / "egen.toml").write_text(LOCAL, encoding="utf-8")
    return load_codebook(folder)


def stored(**wanted: Any) -> Case:
    found: Case = Case.everyone.get(**wanted)
    return found


def test_old_series_is_kept_and_the_standard_derived(deliver: Deliver, codebook: Codebook) -> None:
    mapping = MAPPING + 'old_household = { value = "P" }\n'
    deliver({"insatser.csv": text()}, mapping, codebook=codebook)
    case = stored(source_key="A1")
    assert (case.local_values, case.household_type) == ({"old_household": "P"}, "4")


def test_given_standard_value_is_not_derived(deliver: Deliver, codebook: Codebook) -> None:
    mapping = MAPPING + 'old_household = { value = "P" }\nhousehold_type = { value = "7" }\n'
    deliver({"insatser.csv": text()}, mapping, codebook=codebook)
    assert stored(source_key="A1").household_type == "7"


def test_changed_local_value_is_a_change(deliver: Deliver, codebook: Codebook) -> None:
    deliver({"insatser.csv": text()}, MAPPING + 'old_household = { value = "P" }\n', codebook=codebook)
    summary = deliver({"insatser.csv": text()}, MAPPING + 'old_household = { value = "E" }\n', codebook=codebook)
    assert (summary.records["case"].changed, stored(source_key="A1").local_values) == (2, {"old_household": "E"})


SEVERAL = LOCAL.replace("old_household", "old_problem").replace('"household_type"', '"problem"')


def test_united_rows_of_an_old_series_give_the_standard_without_a_warning(deliver: Deliver, tmp_path: Path) -> None:
    (tmp_path / "egen.toml").write_text(SEVERAL.replace('"single"', '"multiple"'), encoding="utf-8")
    mapping = MAPPING.replace("[file.keys]", 'repeat = "union"\n[file.keys]')
    mapping += 'old_problem = { column = "Insats", codes = { I1 = "E", I2 = "P", I3 = "E" } }\n'
    summary = deliver({"insatser.csv": text()}, mapping, codebook=load_codebook(tmp_path))
    assert (stored(source_key="A1").problem, "IMP-222" in summary.rules) == ("1;4", False)


def test_rows_of_an_old_series_that_disagree_are_told_of_and_the_last_holds(
    deliver: Deliver, codebook: Codebook
) -> None:
    mapping = MAPPING + 'old_household = { column = "Insats", codes = { I1 = "E", I2 = "P", I3 = "E" } }\n'
    summary = deliver({"insatser.csv": text()}, mapping, codebook=codebook)
    assert (stored(source_key="A1").household_type, summary.rules["IMP-222"]) == ("4", 2)


def test_intervention_alone_is_key_enough_to_add_to_it(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    head, *_ = MAPPING.partition("client =")
    more = f'{head}intervention = "Insats"\n[file.columns]\nend_date = "Slut"\n'
    summary = deliver({"insatser.csv": "Insats;Slut\nI2;2024-12-31\nI9;2024-12-31\n"}, more, accept_rejected=True)
    assert Intervention.everyone.get(source_key="I2").end_date == date(2024, 12, 31)
    assert (summary.changed, summary.rules) == (1, {"IMP-112": 1})


def test_one_column_a_value(deliver: Deliver) -> None:
    mapping = MAPPING + 'problem = { columns = { "Kon" = "2", "Enhet" = "8" }, true = ["K", "E2"] }\n'
    deliver({"insatser.csv": text()}, mapping)
    assert (stored(source_key="A1").problem, stored(source_key="A2").problem) == ("2", "8")


def test_rows_are_left_out_by_where_and_counted(deliver: Deliver) -> None:
    mapping = MAPPING.replace("[file.columns]", '[file.where]\ncolumn = "Enhet"\nnone = ["e2"]\n[file.columns]')
    summary = deliver({"insatser.csv": text()}, mapping)
    assert (summary.read, summary.skipped, summary.accepted) == (3, 1, 2)
    assert not Case.everyone.filter(source_key="A2").exists()


def test_unknown_code_refuses_without_showing_it(deliver: Deliver) -> None:
    with pytest.raises(UserError) as refused:
        deliver({"insatser.csv": text(*ROWS[:2], ROWS[2].replace(";6;;", ";hemlig;;"))})
    assert (refused.value.code, "hemlig" in str(refused.value)) == ("IMP-013", False)
    assert "kolumn Typ, rad 4" in str(refused.value)
    assert not Client.everyone.exists()


@pytest.mark.parametrize(("how", "rejected", "kept"), [("reject", 1, 2), ("missing", 0, 3)])
def test_unknown_code_can_be_let_by(deliver: Deliver, how: str, rejected: int, kept: int) -> None:
    mapping = MAPPING.replace('"Typ"', f'{{ column = "Typ", unknown = "{how}" }}')
    rows = (*ROWS[:2], ROWS[2].replace(";6;;", ";99;;"))
    summary = deliver({"insatser.csv": text(*rows)}, mapping, accept_rejected=True)
    assert (summary.rejected, Intervention.everyone.count()) == (rejected, kept)


def test_same_file_can_be_read_in_two_ways(deliver: Deliver) -> None:
    more = '[[file]]\nmatch = "insatser*.csv"\nrepeat = "union"\n[file.keys]\ncase = "Arende"\n'
    mapping = MAPPING + more + '[file.columns]\nproblem = { column = "Typ" }\n'
    summary = deliver({"insatser.csv": text(*(row.replace(";12;;", ";11;;") for row in ROWS))}, mapping)
    assert (summary.read, summary.accepted, summary.new) == (3, 3, 3)
    assert stored(source_key="A1").problem == "10;11"


def test_codes_of_several_values_are_counted_one_by_one(deliver: Deliver) -> None:
    rows = (ROWS[0].replace(";1,8;", ";1,6;"), ROWS[2].replace(";6;2024", ";1,8;2024"))
    assert deliver({"insatser.csv": text(*rows)}).variables["intake_reason"].distinct == 3


@pytest.mark.parametrize("how", ["reject", "missing"])
def test_rows_without_a_code_in_the_mapping_are_counted(deliver: Deliver, how: str) -> None:
    mapping = MAPPING.replace('"Typ"', f'{{ column = "Typ", unknown = "{how}" }}')
    rows = (*ROWS[:2], ROWS[2].replace(";6;;", ";99;;"))
    counts = deliver({"insatser.csv": text(*rows)}, mapping, accept_rejected=True).variables
    assert (counts["intervention_type"].unmapped, counts["start_date"].unmapped) == (1, 0)


def test_delivered_variables_are_counted(deliver: Deliver) -> None:
    counts = deliver({"insatser.csv": text()}).variables
    assert (counts["end_date"].rows, counts["end_date"].filled) == (3, 1)
    assert counts["identity_number"].filled == counts["age"].filled == 2


def test_first_import_needs_a_municipality(deliver: Deliver) -> None:
    with pytest.raises(UserError, match="--municipality"):
        deliver({"insatser.csv": text()}, MAPPING.replace('municipality = "1234 Exempelby"\n', ""))

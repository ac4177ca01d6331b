import pytest

from skillnad.codebook.gaps import Delivered, Gap, gap_list, gaps
from skillnad.codebook.loading import load_codebook

CODEBOOK = load_codebook()
FULL = {variable.id: Delivered(1000, 990, len(variable.values) or None) for variable in CODEBOOK.standard}


def gap_of(variable, found, codebook=CODEBOOK):
    delivered = {**FULL, variable: found} if found else {name: one for name, one in FULL.items() if name != variable}
    return next(row for row in gaps(codebook, delivered) if row.variable.id == variable)


@pytest.fixture
def without_origin(tmp_path):
    (tmp_path / "lokalt.toml").write_text('not_used = ["origin"]', encoding="utf-8")
    return load_codebook(tmp_path)


@pytest.mark.parametrize(
    ("variable", "found", "gap"),
    [
        ("origin", None, Gap.NOT_DELIVERED),
        ("origin", Delivered(1000, 0, 0), Gap.NOT_DELIVERED),
        ("origin", Delivered(1000, 499, 5), Gap.MOSTLY_EMPTY),
        ("origin", Delivered(1000, 500, 5), Gap.NONE),
        ("end_date", Delivered(1000, 300), Gap.NONE),
        ("intervention_type", Delivered(1000, 1000, 8), Gap.COLLAPSED),
        ("intervention_type", Delivered(1000, 1000, 9), Gap.NONE),
        ("intervention_type", Delivered(99, 99, 1), Gap.NONE),
        ("legal_sex", Delivered(1000, 1000, 1), Gap.COLLAPSED),
        ("intervention_type", Delivered(1000, 1000, 30, unmapped=7), Gap.UNMAPPED),
        ("start_date", Delivered(1000, 1000), Gap.NONE),
        ("start_date", Delivered(0, 0), Gap.NOT_DELIVERED),
    ],
)
def test_gap_of_a_variable(variable, found, gap):
    assert gap_of(variable, found).gap == gap


def test_gap_of_what_is_not_used_is_never_missing(without_origin):
    row = gap_of("origin", None, without_origin)
    assert (row.gap, row.sv) == (Gap.NOT_USED, "används inte.")


def test_age_is_delivered_by_a_birth_date():
    delivered = {"birth_date": Delivered(1000, 1000)}
    row = next(row for row in gaps(CODEBOOK, delivered) if row.variable.id == "age")
    assert row.gap == Gap.NONE


def test_gaps_say_nothing_of_local_variables_that_are_off():
    assert [row.variable.number for row in gaps(CODEBOOK, FULL)] == list(range(1, 21))


def test_gap_list_says_what_is_missing_and_what_is_there():
    text = gap_list(CODEBOOK, {**FULL, "origin": Delivered(1000, 10, 2)})
    assert "| 6. Ursprung | bara 10 av 1000 rader har uppgiften. |" in text
    assert "- 1. Datum för aktualisering: 990 av 1000 rader har uppgiften." in text


def test_gap_list_never_says_a_hundred_percent_of_what_is_not_used(without_origin):
    text = gap_list(without_origin, {name: one for name, one in FULL.items() if name != "origin"})
    assert "100" not in text.replace("1000", "")
    assert "## Används inte i kommunen" in text
    assert "Underlaget ger alla uppgifter" in text

import pytest
from made_tables import frequency

from skillnad.exchange.results.spss_texts import NOTE, cut, file_label, note_lines, variable_name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("problem", "problem"),
        ("month:intake_date", "month_intake_date"),
        ("by", "by_"),
        ("2_kontakter", "v2_kontakter"),
        ("ålder", "v_lder"),
        ("_x", "v_x"),
        ("a" * 70, "a" * 60),
    ],
)
def test_variable_name_is_one_that_spss_takes(name, made):
    assert variable_name(name) == made


@pytest.mark.parametrize(
    ("text", "made"), [("kort", "kort"), ("ååååå", "ååååå"), ("åååååå", "ååå…"), ("a" * 11, "aaaaaaa…")]
)
def test_text_is_cut_to_its_bytes_at_a_whole_letter(text, made):
    assert cut(text, 10) == made
    assert len(made.encode()) <= 10


def test_notes_fit_their_lines():
    lines = note_lines(frequency({"1": 20}, column="en_mycket_lång_lokal_variabel_" * 4))
    assert all(len(line.encode()) <= NOTE for line in lines)
    assert {"ledger_key: " + "a" * 64, "left_out: none"} <= set(lines)


def test_file_label_has_day_snapshot_and_key():
    label = file_label(frequency({"1": 20}))
    assert label == "Skillnad 2025-12-31 snapshot 555555555555 key aaaaaaaaaaaa"
    assert len(label.encode()) <= 64

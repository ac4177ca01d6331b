import polars as pl
import pytest
from made_instruments import small

from skillnad.cli.kernel.instrument_answers import read_answers
from skillnad.cli.kernel.instrument_scores import score_file
from skillnad.cli.kernel.instrument_written import TOLD, check_out, said_of, write_scored
from skillnad.lib.errors import UserError


@pytest.fixture
def scored(tmp_path):
    def scored(content):
        path = tmp_path / "svar.csv"
        path.write_text(content, encoding="utf-8")
        answers = read_answers(path, small())
        return answers, score_file(small(), answers)

    return scored


def test_files_are_written_as_the_answers_were(scored, tmp_path):
    answers, found = scored("day,night\n1,2\n4,4\n")
    assert write_scored(tmp_path / "p.csv", small(), found, answers) == [tmp_path / "p.csv", tmp_path / "p.regler.csv"]
    assert (tmp_path / "p.csv").read_text("utf-8").splitlines()[1] == "2,1.5,0,trygghet 2026.1"


def test_parquet_has_the_same_columns(scored, tmp_path):
    answers, found = scored("day;night\n1;2\n")
    write_scored(tmp_path / "p.parquet", small(), found, answers)
    assert pl.read_parquet(tmp_path / "p.parquet").equals(found.scores)


def test_refused_rows_are_a_file_without_what_they_held(scored, tmp_path):
    answers, found = scored("day;night\nEva;2\n1;2\n")
    write_scored(tmp_path / "p.csv", small(), found, answers)
    text = (tmp_path / "p.avvisade.csv").read_text("utf-8")
    assert text.startswith("row;column;code;reason\n2;day;INSTR-051;Svaret kan inte ges här.")
    assert "Eva" not in text


def test_list_of_an_earlier_runs_refusals_does_not_stay(scored, tmp_path):
    (tmp_path / "p.avvisade.csv").write_text("gammal")
    answers, found = scored("day;night\n1;2\n")
    write_scored(tmp_path / "p.csv", small(), found, answers)
    assert not (tmp_path / "p.avvisade.csv").exists()


@pytest.mark.parametrize("name", ["p.xlsx", "p", "svar.csv", "saknas/p.csv"])
def test_scores_go_to_a_file_of_their_own_in_a_folder_that_is_there(tmp_path, name):
    with pytest.raises(UserError) as caught:
        check_out(tmp_path / name, tmp_path / "svar.csv")
    assert caught.value.code == "INSTR-050"


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Frågor utan kolumn räknas som obesvarade: night."), ("en", "count as not answered: night.")],
)
def test_what_was_not_in_the_file_is_told(scored, language, words):
    said = list(said_of(*scored("day;kommun\n1;x\n"), language))
    assert words in said[1]
    assert said[0].endswith("kommun.")


def test_nothing_is_told_where_all_is_well(scored):
    assert list(said_of(*scored("day;night\n1;2\n"), "sv")) == []


def test_many_refusals_are_counted_by_their_codes(scored):
    said = list(said_of(*scored("day;night\n" + "7;1\n" * (TOLD + 3)), "sv"))
    assert said[0] == f"0 av {TOLD + 3} rader är räknade. Inte räknade:"
    assert len(said) == TOLD + 2
    assert said[-1] == "… och 3 INSTR-051."


def test_identity_number_in_a_column_name_is_not_told(scored):
    said = list(said_of(*scored("day;night;19121212-1212\n1;2;x\n"), "sv"))
    assert "1212-1212" not in said[0]

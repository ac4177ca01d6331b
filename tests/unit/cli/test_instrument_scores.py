import random
from dataclasses import replace

import pytest
from made_instruments import scored, small, with_slots

from skillnad.cli.kernel.instrument_answers import read_answers
from skillnad.cli.kernel.instrument_scores import check_counted, rules_of, score_file
from skillnad.instruments.answers import check_answers
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.scoring import bands, score
from skillnad.lib.errors import UserError


@pytest.fixture
def scored_file(tmp_path):
    def scored_file(content, instrument=None, perspective="", on=()):
        path = tmp_path / "svar.csv"
        path.write_text(content, encoding="utf-8")
        instrument = instrument or small()
        return score_file(instrument, read_answers(path, instrument), perspective, on)

    return scored_file


def places(found):
    return [(each.row, each.column, each.problem.code) for each in found.refusals]


def test_all_rows_that_can_be_are_scored_and_the_others_told(scored_file):
    found = scored_file("key;day;night\n1;1;2\n2;5;2\n3;4;4\n")
    assert found.scores["key"].to_list() == ["1", "3"]
    assert found.scores["safety"].to_list() == [1.5, 4.0]
    assert places(found) == [(3, "day", "INSTR-051")]
    assert (found.rows, found.refused) == (3, 1)


def test_dont_know_gives_no_score_and_stands_outside_the_share(scored_file):
    found = scored_file("day;night\n9;2\n4;4\n1;1\n")
    assert found.scores["safety"].to_list() == [None, 4, 1]
    assert found.scores["safe_by_day"].to_list() == [None, 1, 0]


def test_result_says_which_version(scored_file):
    assert scored_file("day;night\n1;2\n").scores["version"].to_list() == ["trygghet 2026.1"]


def test_identity_is_no_key(scored_file):
    found = scored_file("key;day;night\n19900101-2384;1;2\n2;1;2\n")
    assert places(found) == [(2, "key", "INSTR-060")]
    assert found.scores["key"].to_list() == ["2"]
    assert "2384" not in repr(found.refusals)


def test_broken_rows_are_among_the_refused(scored_file):
    found = scored_file("day;night\n1;2;3\n1;2\n")
    assert places(found) == [(2, "", "INSTR-050")]
    assert found.rows == 2


def test_key_may_stand_once_for_each_perspective(scored_file):
    rows = "1;client;1\n1;staff;1\n1;client;2\n;client;1\n;client;1\n"
    found = scored_file(f"key;perspective;p1;place\n{rows}".replace(";p1;place", ";p1"), _without_required())
    assert places(found) == [(4, "key", "INSTR-060")]


def _without_required():
    instrument = scored()
    items = {name: replace(item, required=False) for name, item in instrument.items.items()}
    return replace(instrument, items=items)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("age", "tolv", "INSTR-051"),
        ("date", "2026-02-30", "INSTR-051"),
        ("variant", "svår", "INSTR-059"),
        ("language", "xx", "INSTR-059"),
        ("slot.since", "igår", "INSTR-059"),
    ],
)
def test_what_is_told_of_a_row_is_checked(scored_file, column, cell, code):
    instrument = replace(with_slots(), shares=small().shares[:0], scores=small().scores)
    scores = {"safety": replace(small().scores["safety"], items=("changed", "well"))}
    found = scored_file(f"well;{column}\n3;{cell}\n3;\n", replace(instrument, scores=scores))
    assert places(found) == [(2, column, code)]


def test_no_message_repeats_a_name(scored_file):
    found = scored_file("key;day;night;variant;age\n1;Eva;Eva;Eva;Eva\n")
    assert found.refused == 1
    assert all("Eva" not in each.problem.text() for each in found.refusals)


def test_rows_of_each_perspective_are_scored_by_its_rules(scored_file):
    found = scored_file("perspective,mood,rest,age\nclient,5,6,40\nstaff,,,\n", _without_required())
    assert found.scores["line"].to_list() == [11, None]
    assert found.scores["adult"].to_list() == ["clinical", None]


def test_unknown_perspective_is_refused_by_row(scored_file):
    found = scored_file("perspective,mood\nclient,5\nEva,5\n", _without_required())
    assert places(found) == [(3, "perspective", "INSTR-059")]


@pytest.mark.parametrize("content", ["p1\n1\n", "perspective,p1\n,1\n"])
def test_it_must_be_told_who_has_answered(scored_file, content):
    with pytest.raises(UserError, match="--perspective") as caught:
        scored_file(content, scored())
    assert caught.value.code == "INSTR-059"


def test_perspective_that_is_not_there_is_refused(scored_file):
    with pytest.raises(UserError, match="client eller staff"):
        scored_file("p1\n1\n", scored(), "teacher")


def test_questions_without_column_are_named(scored_file):
    assert scored_file("day\n1\n").lacking == ("night",)


def test_required_text_is_seen_and_not_read(scored_file):
    instrument = small()
    why = replace(instrument.items["why_not"], required=True)
    instrument = replace(instrument, items={**instrument.items, "why_not": why})
    found = scored_file("day;night;why_not\n1;2;Kalle\n1;2;\n", instrument)
    assert places(found) == [(3, "why_not", "INSTR-054")]


def test_score_that_is_off_is_counted_when_asked_for(scored_file):
    content = "perspective,days,money\nclient,30,0\n"
    assert "index" not in scored_file(content, _without_required()).scores.columns
    assert scored_file(content, _without_required(), on=("index",)).scores["index"].to_list() == [0.75]


def test_score_that_is_not_off_cannot_be_asked_for():
    with pytest.raises(UserError, match="index") as caught:
        check_counted(scored(), ("inxed",))
    assert caught.value.code == "INSTR-059"


def test_score_that_is_asked_for_is_told_with_those_that_may_be():
    with pytest.raises(UserError, match=r"Menade du ”index”\? Skriv --with index\."):
        check_counted(scored(), ("inxed",))
    with pytest.raises(UserError, match=r"Instrumentet har ingen sådan; ta bort --with\."):
        check_counted(small(), ("index",))


@pytest.mark.parametrize(
    ("row", "right"),
    [("1;tolv", "Skriv åldern i hela år, som 34."), ("1;12;3", "Sätt citattecken om en cell som har ett skiljetecken")],
)
def test_row_that_is_not_counted_says_what_would_be_right(scored_file, row, right):
    (refusal,) = scored_file(f"day;age\n{row}\n1;12\n").refusals
    assert right in refusal.problem.sv


@pytest.mark.parametrize("name", ["savry", "municipal_survey_2011"])
def test_what_must_not_or_cannot_be_counted_is_refused(name):
    with pytest.raises(UserError, match="fråga för fråga") as caught:
        check_counted(load_instrument(name), ())
    assert caught.value.code == "INSTR-014"


def test_every_column_says_what_gave_it(scored_file):
    found = scored_file("perspective,mood,rest,age\nclient,5,6,40\n", _without_required())
    rules = {row["column"]: row for row in rules_of(_without_required(), found.scores).to_dicts()}
    assert rules["problems"]["rule"] == "sum/prorate≥3/half_up"
    assert rules["adult"]["rule"] == "band/line"
    assert rules["often_safe"]["rule"] == "share/safe=3,4"
    assert {row["instrument"] for row in rules.values()} == {"samlat 2026.1"}
    assert set(rules) <= set(found.scores.columns)


def test_file_gives_what_each_sheet_does(scored_file):
    """Random rows of SDQ, one by one against all at once."""
    instrument, draw = load_instrument("sdq"), random.Random(11)
    names = [*instrument.items][:27]
    cells = [[draw.choice(["0", "1", "2", "", "", "3"]) for _ in names] for _ in range(300)]
    lines = [",".join(["perspective", "age", *names])]
    who = [draw.choice([*instrument.perspectives]) for _ in cells]
    lines += [",".join([who[row], "13", *each]) for row, each in enumerate(cells)]
    found = scored_file("\n".join(lines), instrument)
    by_row = {row["row"]: row for row in found.scores.to_dicts()}
    refused = {each.row for each in found.refusals}
    for row, each in enumerate(cells, 2):
        sheet = _sheet(instrument, who[row - 2], dict(zip(names, each, strict=True)))
        assert bool(check_answers(instrument, sheet)) == (row in refused)
        if row not in refused:
            _same(instrument, sheet, by_row[row])


def _sheet(instrument, perspective, answers):
    from skillnad.instruments.answers import AnswerSheet

    given = {name: answer for name, answer in answers.items() if answer}
    return AnswerSheet(instrument.id, instrument.version, perspective, given, age=13)


def _same(instrument, sheet, row):
    results = score(instrument, sheet)
    assert {name: result.number for name, result in results.items()} == {name: row[name] for name in results}
    assert all(row[name] == band.code for name, band in bands(instrument, sheet, results).items())

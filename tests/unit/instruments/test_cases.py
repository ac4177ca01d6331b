"""Worked examples: what must come out, against what does."""

import pytest
from made_instruments import scored, small, with_slots

from skillnad.instruments.cases import check_cases, sheet_of
from skillnad.instruments.reading import Findings
from skillnad.instruments.worked import cases_of
from skillnad.lib.toml_files import read_source

SAFE = """
[[case]]
id = "safe"
sv = "Trygg dag och natt: (3 + 4) / 2"
answers = { day = "3", night = "4" }
"""
WORSE = """
[[change_case]]
id = "worse"
sv = "Ett steg sämre"
before = { safe = "4" }
after = { safe = "3" }
"""
POOLED = """
[[pool_case]]
id = "since"
sv = "Olika utgångspunkt"
item = "changed"
slots = [{ since = "start" }, { since = "previous" }]
pools = false
"""


@pytest.fixture
def worked(tmp_path):
    """The problems of an instrument's cases, as code and words."""

    def work(text, instrument=None, words=lambda case, item: "", pools=lambda case: False):
        path = tmp_path / "trygghet" / "cases.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        findings = Findings()
        source = read_source(path, findings)
        check_cases(instrument or small(), source, "trygghet", findings, words=words, pools=pools)
        return [problem.text() for problem in findings.problems]

    return work


def only(problems, code, *words):
    """The one problem there is: its code, and words that it has."""
    assert [problem.split()[0] for problem in problems] == [code]
    assert all(word in problems[0] for word in words), problems[0]


@pytest.mark.parametrize(
    "expected",
    [
        'asked = ["day", "night"]',
        "scores = { safety = 3.5 }",
        "scores = { safety = 3.50004 }",
        "shares = { safe_by_day = 1 }",
        "missing = []",
    ],
)
def test_a_case_that_comes_out_has_no_problem(worked, expected):
    assert worked(SAFE + expected) == []


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ('asked = ["day"]', ["Det som frågas blev day och night", "väntar day"]),
        ("scores = { safety = 3 }", ["”safety” blev 3,5, men", "väntar 3."]),
        ("scores = { safety = 3.5001 }", ["”safety” blev 3,5,", "väntar 3,5001"]),
        ('missing = ["safety"]', ["”safety” blev 3,5", "väntar inget värde"]),
        ('off = ["safety"]', ["”safety” blev 3,5", "väntar ”inte räknad”"]),
        ("shares = { safe_by_day = 0 }", ["”safe_by_day” blev ja", "väntar nej"]),
        ('outside = ["safe_by_day"]', ["”safe_by_day” blev ja", "väntar inget värde"]),
        ('problems = ["INSTR-051 day"]', ["Det som avvisas blev inget", "väntar INSTR-051 day"]),
        ('filled = { day = "Hur är det?" }', ["”day” blev", "väntar ”Hur är det?”"]),
    ],
)
def test_what_does_not_come_out_is_told_with_its_line(worked, expected, words):
    only(worked(SAFE + expected), "INSTR-021", "trygghet/cases.toml, rad 2", *words)


def test_the_words_are_those_that_the_item_is_put_with(worked):
    assert worked(SAFE + 'filled = { day = "Om day" }', words=lambda case, item: f"Om {item}") == []


def test_an_expected_problem_is_met_and_nothing_more_is_asked(worked):
    text = SAFE.replace('"3"', '"7"') + 'problems = ["INSTR-051 day"]\nscores = { safety = 99 }'
    assert worked(text) == []


def test_a_problem_that_nobody_expected(worked):
    only(worked(SAFE.replace('"3"', '"7"')), "INSTR-021", "Det som avvisas blev INSTR-051 day", "väntar inget")


def test_a_score_that_is_missing_says_why(worked):
    text = SAFE.replace(', night = "4"', "") + "scores = { safety = 3 }"
    only(worked(text), "INSTR-021", "”safety” blev inget värde (för få svar är kända)")


def test_a_band_is_of_the_cases_age(worked):
    text = """
[[case]]
id = "line"
sv = "12,4 är under gränsen för en vuxen"
age = 20
answers = { mood = 6.2, rest = 6.2 }
bands = { adult = "BAND" }
"""
    assert worked(text.replace("BAND", "clinical"), scored()) == []
    only(worked(text.replace("BAND", "not_clinical"), scored()), "INSTR-021", "”adult” blev clinical")
    only(
        worked(text.replace("20", "15").replace("BAND", "clinical"), scored()), "INSTR-021", "”adult” blev inget värde"
    )


def test_a_score_that_is_off_is_counted_where_the_case_says_so(worked):
    text = '[[case]]\nid = "index"\nsv = "30/60 + 0,25"\nanswers = { days = 30, money = 0 }\n'
    assert worked(text + 'on = ["index"]\nscores = { index = 0.75 }', scored()) == []
    assert worked(text + 'off = ["index"]', scored()) == []
    only(worked(text + "scores = { index = 0.75 }", scored()), "INSTR-021", "”index” blev ”inte räknad”")


def test_a_matrix_is_asked_as_one(worked):
    text = '[[case]]\nid = "m"\nsv = "M"\nperspective = "staff"\nanswers = { place = "a" }\nasked = []'
    (problem,) = worked(text, scored())
    assert "minutes, hours och said" in problem


@pytest.mark.parametrize("text", ["", "# bara en kommentar", WORSE])
def test_an_instrument_without_a_worked_case_is_refused(worked, text):
    only(worked(text, scored()), "INSTR-020", "trygghet/cases.toml", "minst ett [[case]]")


def test_no_file_of_cases_is_no_cases():
    findings = Findings()
    check_cases(small(), None, "trygghet", findings, words=lambda case, item: "", pools=lambda case: True)
    assert [problem.code for problem in findings.problems] == ["INSTR-020"]


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ('perspective = "parent"', ["”parent” i perspective"]),
        ('variant = "child"', ["”child” i variant"]),
        ('slots = { since = "start" }', ["”since” i slots"]),
        ("scores = { safty = 3 }", ["”safty” i scores", "Menade du ”safety”?"]),
        ('missing = ["total"]', ["”total” i scores"]),
        ('on = ["total"]', ["”total” i scores"]),
        ('bands = { adult = "x" }', ["”adult” i bands"]),
        ("shares = { safe = 1 }", ["”safe” i shares"]),
        ('filled = { dya = "x" }', ["”dya” i filled", "Menade du ”day”?"]),
    ],
)
def test_what_the_instrument_does_not_have_is_named(worked, expected, words):
    only(worked(SAFE + expected), "INSTR-022", *words)


def test_an_answer_to_no_question_is_named(worked):
    only(worked(SAFE.replace("night", "nihgt")), "INSTR-022", "”nihgt” i answers", "Menade du ”night”?")


def test_a_case_twice_is_told_once_by_the_later(worked):
    only(worked(SAFE + SAFE), "INSTR-006", "rad 7", "”safe”")


@pytest.mark.parametrize(
    "text", [SAFE + "skores = { safety = 3 }", SAFE + "age = 'ung'", SAFE.replace('id = "safe"', "")]
)
def test_keys_that_are_not_a_cases_are_told_and_nothing_is_worked(worked, text):
    only(worked(text), "INSTR-003")


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ('expect = { safe_change = "better" }', ["”safe_change” blev worse", "väntar better"]),
        ('expect = { safe_change = "worse" }\nsteps = { safe_change = 1 }', ["”safe_change” blev -1", "väntar 1"]),
        ('outside = ["safe_change"]', ["”safe_change” blev worse", "väntar inget värde"]),
    ],
)
def test_a_change_that_does_not_come_out(worked, expected, words):
    case = SAFE.replace("day", "p1").replace('"3"', '"1"').replace("night", "p2").replace('"4"', '"1"')
    only(worked(case + WORSE + expected, scored()), "INSTR-021", "rad 7", *words)


@pytest.mark.parametrize(
    "expected",
    ['expect = { safe_change = "worse" }', 'expect = { safe_change = "worse" }\nsteps = { safe_change = -1 }'],
)
def test_a_change_that_comes_out(worked, expected):
    assert worked('[[case]]\nid = "a"\nsv = "A"\nanswers = { p1 = "1" }\n' + WORSE + expected, scored()) == []


def test_a_change_of_scores_uses_the_cases_age(worked):
    text = """
[[case]]
id = "a"
sv = "A"
answers = { p1 = "1" }
[[change_case]]
id = "line"
sv = "9,0 till 14,0"
age = 15
before_scores = { line = 9.0 }
after_scores = { line = 14.0 }
expect = { reliable = "clinically_improved" }
"""
    assert worked(text, scored()) == []
    only(worked(text.replace("14.0", "13.9"), scored()), "INSTR-021", "”reliable” blev no_reliable_change")


@pytest.mark.parametrize(
    ("old", "new"),
    [("{ safe =", "{ saef ="), ("worse", "worse"), ("sv =", 'perspective = "x"\nsv =')],
)
def test_what_a_change_names_must_be_there(worked, old, new):
    text = '[[case]]\nid = "a"\nsv = "A"\nanswers = { p1 = "1" }\n' + WORSE.replace(old, new, 1)
    rule = "safe_change" if old != "worse" else "no_change"
    found = worked(text + f'expect = {{ {rule} = "worse" }}', scored())
    assert [problem.split()[0] for problem in found] == ["INSTR-022"]


def test_what_may_be_pooled_is_asked_of_who_knows(worked):
    case = '[[case]]\nid = "a"\nsv = "A"\nanswers = { well = "1" }\n'
    assert worked(case + POOLED, with_slots()) == []
    only(worked(case + POOLED, with_slots(), pools=lambda case: True), "INSTR-021", "”pools” blev ja", "väntar nej")


@pytest.mark.parametrize(("old", "new"), [("changed", "chnaged"), ("{ since =", "{ sinec =")])
def test_what_a_pooling_names_must_be_there(worked, old, new):
    case = '[[case]]\nid = "a"\nsv = "A"\nanswers = { well = "1" }\n'
    only(worked(case + POOLED.replace(old, new, 1), with_slots()), "INSTR-022", new.strip("{ ="))


def test_a_file_of_cases_is_read_whole(tmp_path):
    path = tmp_path / "cases.toml"
    published = '[[published]]\nid = "pilot"\nfile = "p.csv"\nof = 49\ncounts = { w4 = { "1" = 23 } }\n'
    path.write_text(SAFE + "age = 5\nslots = { since = 'start' }\n" + POOLED + published, encoding="utf-8")
    findings = Findings()
    source = read_source(path, findings)
    cases = cases_of(source, "client", findings)
    (case,) = cases.cases
    assert (case.id, case.perspective, case.answers["night"]) == ("safe", "client", "4")
    sheet = sheet_of(small(), case)
    assert (sheet.instrument, sheet.version, sheet.age, sheet.slots) == ("trygghet", "2026.1", 5, {"since": "start"})
    assert cases.pools[0].slots == ({"since": "start"}, {"since": "previous"})
    assert (cases.published[0].of, cases.published[0].counts) == (49, {"w4": {"1": 23}})


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ('asked = ["day"]', "What is asked became day and night, but the example expects day."),
        ('missing = ["safety"]', "but the example expects no value."),
        ("shares = { safe_by_day = 0 }", "'safe_by_day' became yes, but the example expects no."),
    ],
)
def test_problems_are_told_in_english_too(tmp_path, expected, words):
    path = tmp_path / "cases.toml"
    path.write_text(SAFE + expected, encoding="utf-8")
    findings = Findings()
    source = read_source(path, findings)
    check_cases(small(), source, "trygghet", findings, words=lambda case, item: "", pools=lambda case: True)
    assert words in findings.problems[0].text("en")

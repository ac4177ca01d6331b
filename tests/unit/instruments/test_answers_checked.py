"""What may stand on a sheet of answers, and what an answer is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_instruments import CLIENT, scored, small, with_slots
from proof_sizes import examples

from skillnad.instruments.answers import AnswerSheet, Level, check_answers, level_of, levels
from skillnad.instruments.asked import Ages, Clause, Condition, Item, ItemKind, Means, Option
from skillnad.instruments.columns import column_of


def sheet(answers, perspective="client", instrument=None, **more):
    instrument = instrument or scored()
    return AnswerSheet(instrument.id, instrument.version, perspective, answers, **more)


def codes(answers, perspective="client", instrument=None, **more):
    instrument = instrument or scored()
    problems = check_answers(instrument, sheet(answers, perspective, instrument, **more))
    return [f"{problem.code} {problem.where}".strip() for problem in problems]


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"p1": "2", "safe": "9"},
        {"mood": 5.6, "rest": Decimal("10.0")},
        {"days": 30, "money": 10**9},
        {"days": "X"},
        {"help": ["a", "b"]},
        {"help": ["none"]},
        {"help": []},
        {"order": {"a": 2, "b": 1, "c": 3}},
        {"met": "2026-02-28", "minutes": 1440, "said": "Ett ord."},
        {"hours.mon.day": 7.5},
        {"p1": "", "help": ""},
    ],
)
def test_what_can_be_answered_has_no_problem(answers):
    assert codes(answers) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"p1": "3"},
        {"p1": 1},
        {"p1": ["1"]},
        {"mood": 10.1},
        {"mood": -0.1},
        {"mood": 5.55},
        {"mood": "5"},
        {"days": 30.5},
        {"days": True},
        {"days": float("nan")},
        {"days": float("inf")},
        {"days": [3]},
        {"days": 10**400},
        {"days": Decimal("sNaN")},
        {"money": 10**9 + 1},
        {"help": "a"},
        {"help": ["d"]},
        {"help": ["a", "a"]},
        {"order": ["a", "b", "c"]},
        {"order": {"z": 1}},
        {"help": [1]},
        {"help": [["a"]]},
        {"met": "2026-02-30"},
        {"met": "20260228"},
        {"met": "2026-2-28"},
        {"met": 20260228},
        {"said": 5},
    ],
)
def test_an_answer_out_of_range_is_refused(answers):
    assert codes(answers) == [f"INSTR-051 {next(iter(answers))}"]


@pytest.mark.parametrize(
    "order",
    [
        {"a": "1", "b": 2, "c": 3},
        {"a": [1], "b": 2, "c": 3},
        {"a": 1.5, "b": 2, "c": 3},
        {"a": 1, "b": 1, "c": 2},
        {"a": 0, "b": 1, "c": 2},
        {"a": 4, "b": 1, "c": 2},
        {"a": 1},
    ],
)
def test_each_rank_stands_once_and_all_are_ranked(order):
    assert codes({"order": order}) == ["INSTR-052 order"]


def test_a_partial_order_may_leave_some_out():
    order = replace(scored().items["order"], partial=True)
    partial = replace(scored(), items={"order": order}, rules=())
    assert codes({"order": {"a": 1}}, instrument=partial) == []
    assert codes({"order": {"a": 1, "b": 1}}, instrument=partial) == ["INSTR-052 order"]


def test_an_answer_whose_condition_is_false_is_refused():
    assert codes({"help": ["none"], "p1": "1", "helped": "1"}) == ["INSTR-053 helped"]
    assert codes({"help": ["a"], "p1": "1", "helped": "1"}) == []


def test_answer_that_cannot_be_is_told_and_not_what_hangs_on_it():
    assert codes({"help": ["a"], "p1": "7", "helped": "1"}) == ["INSTR-051 p1"]
    assert codes({"help": ["a"], "p1": "1", "helped": "7"}) == ["INSTR-051 helped"]


def test_what_hangs_on_an_unsure_question_is_unsure_too():
    first = Item("a", ItemKind.NUMBER, "A", "A", least=0, most=9)
    then = replace(first, id="b", when=Condition(all=(Clause("a", at_most=5),)))
    last = replace(first, id="c", when=Condition(any=(Clause("b", at_least=1),)))
    chain = replace(small(), items={"a": first, "b": then, "c": last})
    assert codes({"a": 77, "b": 1, "c": 1}, instrument=chain) == ["INSTR-051 a"]
    assert codes({"a": 7, "b": 1, "c": 1}, instrument=chain) == ["INSTR-053 b", "INSTR-053 c"]


def test_question_is_not_required_where_nobody_can_say_that_it_is_asked():
    first = Item("a", ItemKind.NUMBER, "A", "A", least=0, most=9)
    then = replace(first, id="b", required=True, when=Condition(all=(Clause("a", at_least=5),)))
    pair = replace(small(), items={"a": first, "b": then})
    assert codes({"a": 77}, instrument=pair) == ["INSTR-051 a"]
    assert codes({"a": 7}, instrument=pair) == ["INSTR-054 b"]


def test_a_question_that_must_be_answered_and_is_not():
    assert codes({}, "staff") == ["INSTR-054 place"]
    assert codes({"place": ""}, "staff") == ["INSTR-054 place"]
    assert codes({"place": "a"}, "staff") == []


def test_none_chosen_is_no_answer_where_one_is_required():
    asks = Item("q", ItemKind.MULTIPLE, "Q", "Q", options=(Option("a", "A", "A"),), required=True)
    one = replace(small(), items={"q": asks})
    assert codes({"q": []}, instrument=one) == ["INSTR-054 q"]
    assert codes({"q": ["a"]}, instrument=one) == []


def test_another_perspectives_question_is_refused():
    assert codes({"place": "a"}) == ["INSTR-055 place"]


def test_an_answer_that_excludes_others_stands_alone():
    assert codes({"help": ["a", "none"]}) == ["INSTR-056 help"]


@pytest.mark.parametrize(("age", "expected"), [(12, ["INSTR-057"]), (13, []), (90, []), (None, [])])
def test_the_age_of_who_answers_for_themselves_is_held_to(age, expected):
    assert codes({}, age=age) == expected


def test_the_message_says_for_which_ages_the_questions_are():
    (problem,) = check_answers(scored(), sheet({}, age=12))
    assert "minst 13 år" in problem.sv
    assert "at least 13 years" in problem.en
    school = replace(CLIENT, ages=Ages(6, 12))
    (problem,) = check_answers(
        replace(small(), perspectives={"client": school}), sheet({"day": "1"}, instrument=small(), age=13)
    )
    assert "6–12 år" in problem.sv


@pytest.mark.parametrize(("age", "expected"), [(3, ["INSTR-057"]), (4, []), (17, []), (18, ["INSTR-057"])])
def test_the_age_of_whom_it_is_about_is_held_to(age, expected):
    parent = replace(CLIENT, answered_by="guardian", ages=Ages(18), about_ages=Ages(4, 17))
    assert codes({"day": "1"}, instrument=replace(small(), perspectives={"client": parent}), age=age) == expected


def test_parts_that_are_more_than_the_whole_are_refused():
    assert codes({"words": 5, "good_words": 3, "bad_words": 3}) == ["INSTR-058 within"]
    assert codes({"words": 6, "good_words": 3, "bad_words": 3}) == []
    assert codes({"words": 5, "good_words": 6}) == []  # not all the parts are known


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"perspective": "parent"}, "perspective"),
        ({"variant": "child"}, "variant"),
        ({"language": "fi"}, "language"),
        ({"slots": {"worker": "staff"}}, "slot"),
        ({"slots": {"since": "yesterday"}}, "slot.since"),
    ],
)
def test_what_the_instrument_does_not_have_is_named(more, where):
    assert codes({}, instrument=with_slots(), **more) == [f"INSTR-059 {where}"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"perspective": "parent"}, "Instrumentet har inget sådant perspektiv (parent). Skriv client."),
        ({"variant": "child"}, "Instrumentet har inget sådant formulär (child). Skriv adult eller easy."),
        ({"slots": {"since": "Anna Andersson"}}, "Instrumentet har inget sådant ordval. Skriv start eller previous."),
    ],
)
def test_what_the_instrument_has_is_told_to_choose_among(more, told):
    (problem,) = check_answers(with_slots(), sheet({}, **{"perspective": "client"} | more, instrument=with_slots()))
    assert problem.sv == told


def test_what_the_instrument_has_is_taken():
    known = {"variant": "easy", "language": "ar", "slots": {"since": "previous", "topic": "problem"}}
    assert codes({"changed": "1"}, instrument=with_slots(), **known) == []


def test_an_unknown_question_is_named():
    assert codes({"q99": "1"}) == ["INSTR-050 q99"]


def test_answers_of_another_version_are_not_taken():
    old = AnswerSheet("trygghet", "2025.1", "client", {"day": "1"})
    assert [problem.code for problem in check_answers(small(), old)] == ["INSTR-041"]


def test_every_problem_is_told_at_once():
    assert codes({"p1": "7", "mood": 11, "place": "a"}, age=3) == [
        "INSTR-057",
        "INSTR-051 p1",
        "INSTR-051 mood",
        "INSTR-055 place",
    ]


def test_a_message_says_what_would_be_right():
    (problem,) = check_answers(scored(), sheet({"days": 31}))
    assert "31" in problem.sv
    assert "Skriv ett helt tal 0–30, X eller N." in problem.sv
    assert "Write a whole number 0 to 30, X or N." in problem.en


@pytest.mark.parametrize("answers", [{"p1": "Anna Andersson"}, {"met": "igår med Anna"}, {"said": 12}])
def test_no_message_tells_words_or_what_was_written_as_text(answers):
    (problem,) = check_answers(scored(), sheet(answers))
    assert "Anna" not in problem.sv + problem.en
    assert "12" not in problem.sv + problem.en


def test_four_kinds_of_no_value_are_told_apart():
    found = levels(scored(), sheet({"safe": "9", "days": "N", "p1": "1", "help": ["none"]}))
    kinds = {name: found[name] for name in ("safe", "days", "p1", "p2", "helped", "place")}
    assert kinds == {
        "safe": Level.DONT_KNOW,
        "days": Level.NOT_APPLICABLE,
        "p1": Level.VALUE,
        "p2": Level.MISSING,
        "helped": Level.NOT_ASKED,
        "place": Level.NOT_ASKED,
    }


def test_an_option_can_say_that_nothing_was_answered():
    assert levels(scored(), sheet({"days": "X"}))["days"] is Level.MISSING


def test_several_options_are_a_value_unless_all_say_the_same_of_not_being_one():
    options = (Option("a", "A", "A"), Option("x", "X", "X", Means.DONT_KNOW), Option("y", "Y", "Y", Means.DONT_KNOW))
    item = Item("q", ItemKind.MULTIPLE, "Q", "Q", options=options)
    assert level_of(item, ["a", "x"]) is Level.VALUE
    assert level_of(item, ["x", "y"]) is Level.DONT_KNOW
    assert level_of(item, []) is Level.VALUE


def test_a_choice_that_is_not_asked_can_mean_none_of_them():
    helped = replace(scored().items["helped"], not_asked="none")
    instrument = replace(scored(), items={**scored().items, "helped": helped})
    assert levels(instrument, sheet({"help": ["none"]}))["helped"] is Level.VALUE


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=2), inner, max_size=3)),
    max_leaves=4,
)


@examples(100, 5000)
@given(st.sampled_from(sorted(scored().items)), ANYTHING)
def test_whatever_a_file_holds_is_an_answer_or_a_problem(name, answer):
    instrument = scored()
    for perspective in ("client", "staff"):
        check_answers(instrument, sheet({name: answer, "p1": "1"}, perspective))
    assert len(column_of(instrument.items[name], [answer]).codes) == 1

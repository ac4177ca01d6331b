"""Conditions name earlier items with codes that they have; what else they do is told at its line."""

import pytest
from instrument_folders import damaged, found, line_of, places, trygghet

B2 = '[{ item = "b1a", in = ["1", "2"] }, { item = "b1b", in = ["1", "2"] }] }\n'


def said(folder, *, local=False):
    (problem,) = found(folder, local=local)
    return problem.text("sv"), problem.text("en")


def after_why_not(clause):
    """One more item, with a condition on the last, before the score."""
    when = f'when = {{ all = [{{ item = "why_not", {clause} }}] }}'
    return f'[[item]]\nid = "more"\nkind = "text"\nlabel_sv = "Mer"\ntext = "Mer?"\n{when}\n\n[[score]]'


def test_condition_on_a_later_item_says_which_to_move(tmp_path):
    folder = damaged(tmp_path, "skr6", (B2, '[{ item = "b5", in = ["1"] }] }\n'))
    line = line_of(folder, 'item = "b5"')
    assert said(folder) == (
        f"INSTR-008 skr6/definition.toml, rad {line}: Villkoret för ”b2” nämner ”b5”, som kommer senare. "
        "Flytta ”b2” så att den står efter.",
        f"INSTR-008 skr6/definition.toml, rad {line}: The condition of 'b2' names 'b5', which comes later. "
        "Move 'b2' to after it.",
    )


def test_condition_on_a_missing_item_says_what_stands_before(tmp_path):
    folder = damaged(tmp_path, "skr6", (B2, '[{ item = "b7", in = ["1"] }] }\n'))
    line = line_of(folder, 'item = "b7"')
    assert said(folder) == (
        f"INSTR-008 skr6/definition.toml, rad {line}: Villkoret för ”b2” nämner ”b7”, som inte finns. "
        "Före den står b1a och b1b.",
        f"INSTR-008 skr6/definition.toml, rad {line}: The condition of 'b2' names 'b7', which is not there. "
        "Before it: b1a and b1b.",
    )


def test_conditions_that_wait_for_each_other_are_told_as_a_ring(tmp_path):
    change = ('id = "b1a"\nnumber', 'id = "b1a"\nwhen = { any = [{ item = "b2", in = ["1"] }] }\nnumber')
    folder = damaged(tmp_path, "skr6", change)
    line = line_of(folder, 'item = "b2"')
    assert said(folder) == (
        f"INSTR-009 skr6/definition.toml, rad {line}: Villkoren går i ring (b1a → b2 → b1a), så ingen av frågorna kan "
        "ställas först. Ta bort ett av villkoren.",
        f"INSTR-009 skr6/definition.toml, rad {line}: The conditions go round in a ring (b1a → b2 → b1a), so that none "
        "can be asked first. Remove one of them.",
    )


def test_condition_on_itself_is_a_ring_of_one(tmp_path):
    folder = trygghet(tmp_path, ('{ item = "night", in', '{ item = "why_not", in'))
    assert "(why_not → why_not)" in said(folder, local=True)[0]


def test_ring_over_three_items_is_found(tmp_path):
    first = ('id = "day"', 'id = "day"\nwhen = { all = [{ item = "night", in = ["1"] }] }')
    second = ('id = "night"', 'id = "night"\nwhen = { all = [{ item = "why_not", in = ["1"] }] }')
    third = (' { item = "night", in = ["1", "2"] }]', "]")
    sentences = [problem.sv for problem in found(trygghet(tmp_path, first, second, third), local=True)]
    assert [sentence.split(")")[0] for sentence in sentences] == [
        "Villkoren går i ring (day → night → why_not → day",
        "Villkoren går i ring (night → why_not → day → night",
    ]


def test_condition_on_a_code_that_the_item_lacks_lists_its_codes(tmp_path):
    folder = trygghet(tmp_path, ('{ item = "day", in = ["1", "2"] }', '{ item = "day", in = ["1", "7"] }'))
    assert said(folder, local=True) == (
        "INSTR-010 trygghet/definition.toml, rad 58: Villkoret nämner koden ”7”, som ”day” inte har. "
        "Skriv 1, 2, 3, 4 eller 9.",
        "INSTR-010 trygghet/definition.toml, rad 58: The condition names the code '7', which 'day' lacks. "
        "Write 1, 2, 3, 4 or 9.",
    )


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        ('kind = "text"', 'in = ["1"]'),
        ('kind = "number"\nmin = 0', 'not_in = ["1"]'),
        ('kind = "text"', "at_least = 1"),
        ('kind = "date"', "at_most = 1"),
        ('kind = "single"\noptions = [{ code = "a", sv = "Ja" }]', "at_least = 1"),
    ],
)
def test_comparison_that_the_kind_cannot_bear_is_refused(tmp_path, kind, clause):
    folder = trygghet(tmp_path, ('kind = "text"', kind), ("[[score]]", after_why_not(clause)))
    assert [code for code, _ in places(folder, local=True)] == ["INSTR-010"]


def test_condition_on_what_another_perspective_is_asked_is_refused(tmp_path):
    staff = '[[perspective]]\nid = "staff"\nsv = "Personalen"\nanswered_by = "staff"\n\n[[variant]]'
    folder = trygghet(
        tmp_path,
        ('answered_by = ["client"]\nabout', 'answered_by = ["client", "staff"]\nabout'),
        ("[[variant]]", staff),
        ('label_sv = "Vad som saknas"', 'label_sv = "Vad som saknas"\nperspectives = ["staff"]'),
        ('label_sv = "Trygg på dagen"', 'label_sv = "Trygg på dagen"\nperspectives = ["client"]'),
        ('label_sv = "Trygg på natten"', 'label_sv = "Trygg på natten"\nperspectives = ["client"]'),
    )
    problems = found(folder, local=True)
    assert [problem.code for problem in problems] == ["INSTR-008", "INSTR-008"]
    assert problems[0].sv == (
        "Villkoret nämner ”day”, som aldrig ställs till ”staff”. Ta bort villkoret, eller ställ ”why_not” bara "
        "till client."
    )


def test_number_may_be_compared_with_a_limit(tmp_path):
    number = ('kind = "text"', 'kind = "number"\nmin = 0')
    folder = trygghet(tmp_path, number, ("[[score]]", after_why_not("at_least = 3, at_most = 5")))
    assert places(folder, local=True) == []


def test_condition_of_a_score_names_an_item_that_is_there(tmp_path):
    when = 'kind = "mean"\nonly_when = { all = [{ item = "nigt", in = ["1"] }] }'
    sv, _ = said(trygghet(tmp_path, ('kind = "mean"', when)), local=True)
    assert sv == (
        "INSTR-007 trygghet/definition.toml, rad 64: Frågan ”nigt” finns inte. Menade du ”night”? "
        "Här finns day, night och why_not."
    )


def test_condition_of_a_slots_choice_names_a_code_that_is_there(tmp_path):
    old = '{ code = "situation", sv = "{topic}", when = { all = [{ item = "b1a", in = ["1", "2"] }'
    folder = damaged(tmp_path, "skr6", (old, old.replace('["1", "2"]', '["8"]')))
    assert places(folder) == [("INSTR-010", f"skr6/definition.toml, rad {line_of(folder, old[:30])}")]


HANGS = 'when = { any = [{ item = "day", in = ["1", "2"] }, { item = "night", in = ["1", "2"] }] }'


@pytest.mark.parametrize(
    ("kind", "clause", "right"),
    [
        ('kind = "text"', 'in = ["1"]', "Ta bort villkoret; bara tal och svarsalternativ kan jämföras."),
        ('kind = "date"', "at_least = 1", "Ta bort villkoret; bara tal och svarsalternativ kan jämföras."),
        ('kind = "number"\nmin = 0', 'in = ["1"]', "Skriv at_least eller at_most."),
        ('kind = "single"\noption_set = "often"', "at_least = 1", "Skriv in eller not_in."),
    ],
)
def test_comparison_of_another_kind_says_which_is_right(tmp_path, kind, clause, right):
    other = f'[[item]]\nid = "other"\n{kind}\nlabel_sv = "X"\ntext = "X"\n\n[[item]]\nid = "why_not"'
    when = f'when = {{ all = [{{ item = "other", {clause} }}] }}'
    folder = trygghet(tmp_path, ('[[item]]\nid = "why_not"', other), (HANGS, when))
    (problem,) = found(folder, local=True)
    assert (problem.code, problem.sv.endswith(right)) == ("INSTR-010", True)

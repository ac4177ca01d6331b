from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.linking import Links
from skillnad.analysis.joint.sets import Among, among, holding, stretch

ROWS, PEOPLE_OF = Group("cases"), Group(f"{PEOPLE}cases")
DOMAINS = {"age": among("0", "1", "2", ""), "day": Among(frozenset({""}), stretch(0, 1000).stretches)}


def links(counts, *, counted=lambda group: None, together=False, **more):
    """Each group in a table of its own, unless they are together."""
    groups = {group.name: group for group in counts}
    tables = {name: frozenset({"one"} if together else {str(n)}) for n, name in enumerate(groups)}
    values = {group.name: float(count) for group, count in counts.items()}
    made = Links(groups, values, tables, lambda _, feature: DOMAINS.get(feature), counted, **more)
    made.find()
    return made


def by_age(*codes):
    return ROWS.having(("age", among(*codes)))


def latent(made):
    """Without the patterns that rows can have, which nobody is promised anything of."""
    return {name: cell.value for name, cell in made.cells.items() if name[0] != "pattern"}


def test_whole_is_its_levels_and_what_no_table_shows():
    made = links({ROWS: 20, by_age("0"): 5, by_age("1"): 12})
    assert latent(made) == {by_age("2", "").name: 3}
    (relation,) = made.relations
    assert dict(relation) == {
        ROWS.name: -1.0,
        by_age("0").name: 1.0,
        by_age("1").name: 1.0,
        by_age("2", "").name: 1.0,
    }


def test_merged_level_is_the_sum_of_its_parts():
    made = links({by_age("0", "1"): 17, by_age("0"): 5, by_age("1"): 12})
    assert made.cells == {}
    assert [dict(relation)[by_age("0", "1").name] for relation in made.relations] == [-1.0]


def test_year_is_its_months_and_the_rest():
    year, month = (ROWS.having(("day", stretch(0, end))) for end in (365, 31))
    assert latent(links({year: 30, month: 4})) == {ROWS.having(("day", stretch(31, 365))).name: 26}


def test_nobody_in_what_no_table_shows_leaves_two_equal():
    made = links({by_age("0", "1"): 5, by_age("0"): 5})
    assert made.cells == {}
    assert [sorted(relation) for relation in made.relations] == [
        sorted([(by_age("0").name, 1.0), (by_age("0", "1").name, -1.0)])
    ]


def test_overlap_that_can_be_counted_is_linked():
    told = {by_age("1").name: 6.0}
    made = links({by_age("0", "1"): 8, by_age("1", "2"): 9}, counted=lambda group: told.get(group.name, 2.0))
    assert latent(made) == {by_age("0").name: 2, by_age("1").name: 6, by_age("2").name: 3}


def test_overlap_that_cannot_be_counted_is_left():
    assert links({by_age("0", "1"): 8, by_age("1", "2"): 9}).cells == {}


def test_table_says_itself_how_its_levels_add_up():
    made = links({ROWS: 20, by_age("0"): 5}, together=True)
    assert (made.cells, made.relations) == ({}, [])


def test_groups_that_differ_in_two_features_are_on_no_line():
    assert links({ROWS: 20, by_age("0").having(("unit", among("A"))): 5}).relations == []


def test_who_holds_one_value_lies_within_those_who_hold_either():
    either, one = (ROWS.having(("problem", holding(codes))) for codes in (["1", "2"], ["1"]))
    made = links({either: 12, one: 9})
    assert list(latent(made).values()) == [3]
    assert not any(made.cells[name].slack for name in latent(made))


def test_those_who_hold_either_are_both_together_but_for_those_who_hold_both():
    either, one, other = (ROWS.having(("problem", holding(codes))) for codes in (["1", "2"], ["1"], ["2"]))
    made = links({either: 12, one: 9, other: 7})
    assert sorted(latent(made).values()) == [3, 4, 5]
    assert not any(made.cells[name].slack for name in latent(made))


def test_those_who_hold_any_of_three_are_no_more_than_all_together():
    any_of, *each = (ROWS.having(("problem", holding(codes))) for codes in (["1", "2", "3"], "1", "2", "3"))
    made = links({any_of: 12, **dict(zip(each, [9, 7, 5], strict=True))})
    assert [value for name, value in latent(made).items() if made.cells[name].slack] == [9]


def test_people_of_a_level_are_no_more_than_all_people():
    made = links({PEOPLE_OF: 9, PEOPLE_OF.having(("age", among("0"))): 7})
    assert list(latent(made).values()) == [2]


def test_there_are_no_more_people_than_rows():
    made = links({PEOPLE_OF: 9, ROWS: 12})
    assert [(cell.value, cell.slack) for cell in made.cells.values()] == [(3, True)]


def test_there_are_no_more_people_of_an_age_than_rows_of_it():
    """And of one age as of another: which is whose is known by the age."""
    young, old = ("age", among("0")), ("age", among("1"))
    counts = {PEOPLE_OF.having(young): 9, PEOPLE_OF.having(old): 5, ROWS.having(young): 12, ROWS.having(old): 6}
    made = links(counts)
    assert sorted(cell.value for cell in made.cells.values() if cell.slack and cell.name[0] == "rest of") == [1, 3]


def test_nobody_in_what_no_table_shows_may_be_somebody_where_zeros_may_be_hidden():
    made = links({by_age("0", "1"): 5, by_age("0"): 5}, zeros_known=False)
    assert latent(made) == {by_age("1").name: 0}
    assert len(made.relations) == 1


def test_people_of_all_may_be_of_others_too_where_zeros_may_be_hidden():
    made = links({PEOPLE_OF: 9, PEOPLE_OF.having(("age", among("0"))): 9}, zeros_known=False)
    assert list(latent(made).values()) == [0]


def test_line_that_is_as_it_was_is_not_linked_again():
    memory, counts = {}, {ROWS: 20, by_age("0"): 5, by_age("1"): 12}
    first = links(counts, memory=memory)
    again = links(counts, memory=memory)
    assert (again.cells, again.relations) == (first.cells, first.relations)
    assert (len(first.new), len(again.new)) == (1, 0)


def test_line_with_another_count_is_linked_again():
    memory = {}
    links({ROWS: 20, by_age("0"): 5}, memory=memory)
    assert latent(links({ROWS: 21, by_age("0"): 5}, memory=memory)) == {by_age("1", "2", "").name: 16}


def test_lines_of_people_are_linked_again_where_groups_come_to_stand_in_one_table():
    """What stands in one table is linked there."""
    memory, young = {}, PEOPLE_OF.having(("age", among("0")))
    assert len(links({PEOPLE_OF: 9, young: 7}, memory=memory).relations) == 1
    assert links({PEOPLE_OF: 9, young: 7}, memory=memory, together=True).relations == []


def test_group_of_all_who_are_there_is_the_whole_by_another_name():
    known, nobody = by_age("0", "1", "2"), by_age("")
    made = links({ROWS: 20, known: 20, nobody: 0})
    assert ((known.name, 1.0), (ROWS.name, -1.0)) in made.relations


def test_group_by_its_other_name_is_on_the_lines_of_that():
    """Who holds unit A of those of a known age are all who have it: the sum of their ages."""
    unit = ROWS.having(("unit", among("A")))
    nobody, known = by_age(""), unit.having(("age", among("0", "1", "2")))
    made = links({ROWS: 20, nobody: 0, known: 9})
    assert made.cells[unit.name].value == 9
    assert any({name for name, _ in relation} >= {ROWS.name, unit.name} for relation in made.relations) is False


def test_group_is_not_the_whole_where_zeros_may_be_hidden():
    made = links({ROWS: 20, by_age("0", "1", "2"): 20, by_age(""): 0}, zeros_known=False)
    assert all(len(relation) > 2 for relation in made.relations)

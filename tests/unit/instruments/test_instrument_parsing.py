"""A definition as the model has it: every key is heard, and each part remembers the table it was written in."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from instrument_folders import line_of, trygghet

from skillnad.instruments.asked import Ages, Clause, Direction, ItemKind
from skillnad.instruments.counted import Band, Term
from skillnad.instruments.loading import instrument_ids, load_instrument, load_with_files
from skillnad.instruments.model import Licence, Occasion, Pair, Rule, Share
from skillnad.instruments.parsing import instrument_from
from skillnad.instruments.reading import Findings, read_instrument_folder


def parsed(folder):
    findings = Findings()
    return instrument_from(read_instrument_folder(folder, findings, local=True), findings)


def reread(name, data):
    """The catalogue's `name` with other data: its digest, or None where problems are told."""
    files = load_with_files(name).files
    findings = Findings()
    found = instrument_from(replace(files, definition=replace(files.definition, data=data)), findings)
    return None if findings.problems or found is None else found.instrument.digest


def keys_of(part, path=()):
    """(path to the table, names of tables, key) of everything in a definition; the rows of a list have one name."""
    for key, inner in part.items():
        names = tuple(step for step in (*path, key) if isinstance(step, str))
        yield (*path, key), names
        if isinstance(inner, dict):
            yield from keys_of(inner, (*path, key))
        elif isinstance(inner, list):
            for index, row in enumerate(inner):
                if isinstance(row, dict):
                    yield from keys_of(row, (*path, key, index))


def without(data, path):
    """The data with the key at `path` gone."""
    changed = deepcopy(dict(data))
    table = changed
    for step in path[:-1]:
        table = table[step]
    del table[path[-1]]
    return changed


def places_of_each_key():
    """Every place of every key that some instrument of the catalogue has, by the names on the way to it."""
    places = {}
    for name in instrument_ids():
        for path, names in keys_of(load_with_files(name).files.definition.data):
            places.setdefault(names, []).append((name, path))
    return places


PLACES = places_of_each_key()


@pytest.mark.parametrize("names", sorted(PLACES.keys() - {("schema",)}), ids=".".join)
def test_key_of_a_definition_is_heard(names):
    """Somewhere it says something else than what its absence would."""
    assert any(
        reread(name, without(load_with_files(name).files.definition.data, path)) != load_instrument(name).digest
        for name, path in PLACES[names]
    )


def test_parts_remember_their_tables(tmp_path):
    folder = trygghet(tmp_path)
    found, line = parsed(folder), line_of(folder, 'id = "night"') - 1
    assert found.place("item", "night").where() == f"trygghet/definition.toml, rad {line}"
    assert found.place("score", "safety").get("step") == 0.5
    assert found.place("item", "borta") is found.top


def test_cells_have_the_matrix_own_table():
    files = load_with_files("work_diary").files
    found = instrument_from(files, Findings())
    assert found.place("item", "hours.client.mon") is found.place("item", "hours")


def test_people_and_variants_have_their_ages():
    skr6, sdq = load_instrument("skr6"), load_instrument("sdq")
    assert skr6.variants["child"].ages == Ages(7, 12)
    assert skr6.variants["adult"].languages == ("sv", "en", "fi", "ar", "so", "ti", "prs", "uk")
    assert skr6.variants["guardian"].perspectives == ("guardian",)
    assert any(perspective.about_ages for perspective in sdq.perspectives.values())
    assert load_instrument("ors").perspectives["client"].ages == Ages(13, None)


def test_slot_has_its_choices_in_order():
    since = load_instrument("skr6").slots["since"]
    assert (since.source, since.default, since.reference) == ("case.reference_point", "start", True)
    assert [choice.code for choice in since.choices] == ["start", "previous"]
    assert since.choices[1].dated_sv == "den senaste uppföljningen i {month}"
    improved = load_instrument("skr6").slots["improved"].choices[0].when
    assert improved.all[1] == Clause("b1b", not_in=frozenset({"1", "2"}))


def test_direction_is_the_items_own_before_its_sets():
    option_sets = load_instrument("skr6").option_sets
    assert option_sets["change"].direction is Direction.LOW_IS_GOOD
    assert load_instrument("skr6").items["b1a"].direction is Direction.LOW_IS_GOOD
    assert load_instrument("signs_of_safety").never_average


def test_numbers_have_limits_and_units():
    hours = load_instrument("work_diary").items["hours.client.mon"]
    assert (hours.kind, hours.least, hours.most, hours.unit_of_measure) == (ItemKind.NUMBER, 0, 24, "hours")


def test_weighted_score_has_its_terms():
    scores = load_instrument("asi").scores
    weighted = [score for score in scores.values() if score.kind == "weighted"]
    assert all(score.off for score in weighted)
    assert any(term.ln for score in weighted for term in score.terms)
    assert all(isinstance(term, Term) and term.divide != 0 for score in weighted for term in score.terms)


def test_score_of_a_condition_has_it():
    closeness = load_instrument("fcs").scores["closeness"]
    assert closeness.factor == (85, 18)
    assert closeness.only_when.all == (Clause("ticked", at_least=15.0),)
    assert (closeness.zero_when, closeness.decimals) == (None, 4)


def test_band_has_both_its_ends():
    assert load_instrument("ors").band_sets[1].bands[0] == Band(
        "clinical", "Under gränsvärdet", "Below the cut-off", 0, 27.9
    )


def test_shares_pairs_and_rules_are_those_of_the_file():
    assert load_instrument("skr6").shares[3] == Share(
        "satisfied", "Mycket eller ganska nöjd", "Very or rather satisfied", "b3", frozenset({"1", "2"})
    )
    assert isinstance(load_instrument("hvb_pilot_2022").pairs[0], Pair)
    assert isinstance(load_instrument("fcs").rules[0], Rule)


def test_licence_says_what_needs_confirming():
    licence = load_instrument("ors").licence
    assert isinstance(licence, Licence)
    assert (licence.kind, licence.texts, licence.confirm) == ("permission", False, True)


def test_occasions_and_versions_are_those_of_the_file(tmp_path):
    found = parsed(trygghet(tmp_path, ("[[perspective]]", OCCASION))).instrument
    assert found.occasions == (Occasion("month", "En gång i månaden", "En gång i månaden", "during", None, 30),)
    assert (found.versions[0].version, found.versions[0].date) == ("2026.1", date(2026, 11, 1))
    assert found.versions[0].breaks == frozenset()


OCCASION = """[[occasion]]
id = "month"
sv = "En gång i månaden"
when = "during"
every_days = 30

[[perspective]]"""


def test_matrix_without_cells_is_told(tmp_path):
    folder = trygghet(tmp_path, ('kind = "text"', 'kind = "matrix"'))
    findings = Findings()
    instrument_from(read_instrument_folder(folder, findings, local=True), findings)
    assert [problem.sv.split(" saknas")[0] for problem in findings.problems] == ["”rows”", "”columns”", "”cell”"]


def test_same_id_in_two_sorts_is_no_problem(tmp_path):
    folder = trygghet(tmp_path, ('id = "safety"', 'id = "day"'))
    assert "day" in parsed(folder).instrument.scores

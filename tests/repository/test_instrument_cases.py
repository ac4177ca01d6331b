"""Every instrument of the catalogue has worked examples, and they come out.

The sentences that the examples expect, and what may be put together, are worked out here once more from the data alone.
"""

import re
from collections import Counter

import pytest

from skillnad.instruments.cases import check_cases
from skillnad.instruments.conditions import holds
from skillnad.instruments.loading import instrument_ids, load_with_files
from skillnad.instruments.reading import Findings
from skillnad.instruments.worked import cases_of

IDS = instrument_ids()
PUBLISHED = {
    "sdq": "fyra_pa_tre halva_uppat tva_av_fem alla_noll alla_tva alla_ett_parent alla_ett_teacher alla_ett_self "
    "paverkan paverkan_larare delvis_paverkan inga_svarigheter svarigheter_obesvarad",
    "ors": "grans flyttal under ung kliniskt precis_fem tillforlitlig redan_over for_litet samre",
    "cors": "barn vuxen over vuxen_inte_over",
    "srs": "under pa fall",
    "asi": "fysisk_max narkotika_max familj_max psykisk_max alkohol_utan_pengar alkohol_1500 arbete_utan_inkomst "
    "arbete_8100 ratt_utan_inkomst ratt_9900 avstangt",
    "cansas": "nio_ar_inget alla ett_saknas",
    "fcs": "tjugo_ord precis_femton fjorton",
    "ibic": "tre_omraden precis utan_mal",
    "signs_of_safety": "aldrig_medel",
    "skr6": "bast oforandrat bara_livskvalitet vet_inte fem_ar_inte_samma b2_utan_forbattring",
}
"""The scoring examples that are published, and those that follow from a published rule, by the cases that have them."""


def cases(name):
    loaded = load_with_files(name)
    findings = Findings()
    return cases_of(loaded.files.cases, next(iter(loaded.instrument.perspectives)), findings)


def words_of(loaded):
    """The sentence of a case's item: the variant's words, with the words of the chosen slots put in."""

    def words(case, name):
        instrument, texts = loaded.instrument, loaded.files.texts.get(f"{case.variant}.sv.toml")
        own = texts.data.get("items", {}).get(name, {}) if texts else {}

        def word(match):
            slot = instrument.slots[match[1]]
            code = case.slots.get(slot.id, slot.default)
            if slot.source == "answers":
                code = next(choice.code for choice in slot.choices if holds(choice.when, case.answers))
            return next(choice.sv for choice in slot.choices if choice.code == code)

        text = own.get("text", instrument.items[name].text)
        while "{" in text:
            text = re.sub(r"\{(\w+)\}", word, text)
        return text

    return words


def pools_of(loaded):
    """One perspective only, and one point of reference."""

    def pools(case):
        references = [slot.id for slot in loaded.instrument.slots.values() if slot.reference]
        since = {tuple(choices.get(name) for name in references) for choices in case.slots}
        return len(since) <= 1 and len(case.perspectives) <= 1

    return pools


@pytest.mark.parametrize("name", IDS)
def test_every_worked_case_comes_out(name) -> None:
    loaded, findings = load_with_files(name), Findings()
    source = loaded.files.cases
    found = check_cases(loaded.instrument, source, name, findings, words=words_of(loaded), pools=pools_of(loaded))
    assert [problem.text() for problem in findings.problems] == []
    assert found.cases


@pytest.mark.parametrize("name", IDS)
def test_every_score_and_every_kind_of_change_is_worked_by_some_case(name) -> None:
    instrument, found = load_with_files(name).instrument, cases(name)
    assert set(instrument.scores) <= {each for case in found.cases for each in (*case.scores, *case.missing)}
    changes = {instrument.changes[each].kind for case in found.changes for each in case.expect}
    assert {rule.kind for rule in instrument.changes.values()} <= changes


def test_an_instrument_without_cases_is_refused() -> None:
    loaded, findings = load_with_files("ors"), Findings()
    check_cases(loaded.instrument, None, "ors", findings, words=words_of(loaded), pools=pools_of(loaded))
    assert [problem.code for problem in findings.problems] == ["INSTR-020"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_example_is_a_case(name) -> None:
    found = cases(name)
    ids = {case.id for case in (*found.cases, *found.changes, *found.pools)}
    assert set(PUBLISHED[name].split()) <= ids


def test_cases_say_in_words_what_they_show() -> None:
    said = Counter((name, case.sv) for name in IDS for case in (*cases(name).cases, *cases(name).changes))
    assert [name for name, count in said.items() if count > 1 or len(name[1]) < 8] == []

import pytest
from instrument_folders import trygghet

from skillnad.cli.kernel.instrument_page_counts import CHANGES
from skillnad.cli.kernel.instrument_pages import (
    BASIS,
    FROM,
    LANGUAGES,
    STATUSES,
    contents_page,
    instrument_page,
    instrument_pages,
)
from skillnad.instruments.changing import Changed
from skillnad.instruments.loading import load_catalogue, load_with_files
from skillnad.instruments.texts import STATUSES as OF_TEXTS
from skillnad.instruments.texts import words_of

PAGES = instrument_pages()
CATALOGUE = load_catalogue()


def page(name):
    return PAGES[f"{name}.md"]


def test_there_is_a_page_for_each_instrument():
    assert set(PAGES) == {"README.md", *(f"{name}.md" for name in CATALOGUE)}


@pytest.mark.parametrize("name", CATALOGUE)
def test_page_names_every_part(name):
    instrument, text = CATALOGUE[name], page(name)
    parts = [*instrument.scores, *(each.id for each in (*instrument.band_sets, *instrument.shares))]
    items = [item.matrix or item.id for item in instrument.items.values()]
    assert [part for part in (*items, *parts, *instrument.changes, *instrument.slots) if f"`{part}`" not in text] == []
    assert all(option.sv in text for item in instrument.items.values() for option in item.options)


@pytest.mark.parametrize("name", CATALOGUE)
def test_page_has_every_case_and_the_licence(name):
    loaded = load_with_files(name)
    assert all(case["sv"].replace("|", "\\|") in page(name) for case in loaded.files.cases.data["case"])
    assert loaded.files.licence.partition("\n")[2].strip() in page(name)


@pytest.mark.parametrize("name", CATALOGUE)
def test_tables_have_as_many_cells_in_every_row(name):
    for table in page(name).split("\n\n"):
        rows = [line.replace("\\|", "") for line in table.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_not_verified_says_so(name):
    instrument = CATALOGUE[name]
    facts = (*instrument.scores.values(), *instrument.band_sets, *instrument.changes.values())
    unsure = [fact for fact in facts if not fact.verified]
    used = {item.option_set for item in instrument.items.values()}
    unsure += [each for each in instrument.option_sets.values() if not each.verified and each.id in used]
    assert page(name).count("**(overifierat)**") == len(unsure) + (not instrument.verified)


@pytest.mark.parametrize("name", CATALOGUE)
def test_links_to_options_lead_somewhere(name):
    links = {part.partition(")")[0] for part in page(name).split("(#")[1:]}
    assert all(f'<a id="{link}"></a>' in page(name) for link in links)


def test_words_are_there_for_all_that_is_in_the_catalogue():
    loaded = [load_with_files(name) for name in CATALOGUE]
    assert {slot.source for each in loaded for slot in each.instrument.slots.values()} <= set(FROM)
    assert {item.basis for each in loaded for item in each.instrument.items.values()} <= {"", *BASIS}
    assert {language for each in loaded for _, language in words_of(each.files)} <= set(LANGUAGES)
    assert set(STATUSES) == set(OF_TEXTS)
    assert set(CHANGES) == set(Changed)


def test_question_is_shown_filled_beside_its_published_wording():
    assert "> Hur har din situation förändrats sedan stödet från socialtjänsten påbörjades?" in page("skr6")
    assert "- publicerad ordalydelse: ”Hur har din situation/problematik förändrats sedan insatsen/stödet" in page(
        "skr6"
    )
    assert "- ställs bara om B1a är 1 eller 2, eller B1b är 1 eller 2" in page("skr6")


def test_machine_translations_are_told_as_such():
    assert "arabiska, somaliska, tigrinska, dari och ukrainska (maskingjord, inte granskad)" in page("skr6")


def test_questions_whose_words_are_not_free_are_a_table_of_what_they_are_about():
    assert "| `individual` | Individuellt | ett märke på en linje 0–10 med 1 decimal |" in page("ors")
    assert "texterna ingår inte; licensen ska anges; rätten har Scott D. Miller" in page("ors")


def test_limits_and_examples_are_said_in_words():
    assert "Under gränsvärdet 0–24,9; På eller över gränsvärdet 25–40" in page("ors")
    assert "| ORS totalt 24,9; adult: Under gränsvärdet |" in page("ors")
    assert "| kliniskt säkerställd förbättring |" in page("ors")
    assert "sdq1 till sdq25 = 1 (25 svar)" in page("sdq")
    assert "| frågas inte: c3 |" not in page("hvb_pilot_2022")


def test_frames_that_may_not_be_added_up_say_so():
    assert "- **räknas aldrig ihop**" in page("savry")


def test_parts_are_listed_with_their_questions_and_empty_ones_wait_for_the_municipalitys():
    bbic = CATALOGUE["bbic"]
    assert all(f"- **{sv}** (`{name}`): kommunens egna" in page("bbic") for name, (sv, _) in bbic.groups.items())
    assert "## Delar" not in page("skr6")


def test_what_different_people_say_is_never_put_together():
    assert "| safety: child och caseworker | läggs aldrig ihop |" in page("signs_of_safety")
    assert "| b1a: since = start mot since = previous | läggs inte ihop utan att det sägs |" in page("skr6")


def test_list_has_every_instrument_once_under_its_kind():
    text = contents_page(list(CATALOGUE.values()))
    assert all(text.count(f"]({name}.md)") == 1 for name in CATALOGUE)
    assert text.index("(ors.md)") < text.index("## Mallar") < text.index("(uiv.md)") < text.index("## Ramar")


def test_municipalitys_own_has_a_page_too(tmp_path):
    text = instrument_page(load_with_files(trygghet(tmp_path)))
    assert "| 2 och 3 ger 2,5 | day = 2, night = 3, why_not = Mer ljus | Trygghet 2,5 |" in text

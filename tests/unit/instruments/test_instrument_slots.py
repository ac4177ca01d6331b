"""Standard wording, filled wording and slots stay tied together, and nobody reads a slash."""

from dataclasses import replace

import pytest
from instrument_folders import damaged, found, line_of, places, trygghet

from skillnad.instruments.loading import load_instrument
from skillnad.instruments.rules_slots import slots_in, standard_of


def said(folder, *, local=False):
    (problem,) = found(folder, local=local)
    return problem.text("sv"), problem.text("en")


def test_standard_comes_back_through_slots_in_slots():
    instrument = load_instrument("skr6")
    item = instrument.items["b1a"]
    assert slots_in(item.text) == ("topic", "since")
    assert standard_of(item.text, instrument.slots) == item.standard


def test_standard_of_a_ring_of_slots_ends():
    instrument = load_instrument("skr6")
    assert standard_of("{okänt} och {topic}", instrument.slots) == "{okänt} och situation/problematik"


def test_text_that_is_not_the_standard_says_where_they_part(tmp_path):
    folder = damaged(tmp_path, "skr6", ('text = "Hur har {worker} bemött dig?"', 'text = "Hur har {worker} mött dig?"'))
    line = line_of(folder, "{worker} mött dig?")
    assert said(folder) == (
        f"INSTR-015 skr6/definition.toml, rad {line}: Fylls ”text” med ordvalens ”standard” blir det inte ”standard”: "
        "det skiljer vid ”mött dig?” mot ”bemött dig?”. Rätta ordvalet, texten eller standarden.",
        f"INSTR-015 skr6/definition.toml, rad {line}: 'text' filled with the slots' 'standard' is not 'standard': "
        "they differ at 'mött dig?' against 'bemött dig?'. Correct the slot, the text or the standard.",
    )


def test_unknown_slot_is_told_with_the_nearest(tmp_path):
    folder = damaged(
        tmp_path, "skr6", ('text = "Hur har {worker} bemött dig?"', 'text = "Hur har {workr} bemött dig?"')
    )
    assert said(folder)[0].endswith(
        "Ordvalet {workr} finns inte. Menade du ”worker”? Här finns topic, intervention, since, improved och worker."
    )


def test_slash_in_what_a_client_reads_is_refused(tmp_path):
    folder = trygghet(tmp_path, ("Känner du dig trygg här på dagen?", "Känner du dig trygg/lugn här på dagen?"))
    assert said(folder, local=True) == (
        "INSTR-015 trygghet/definition.toml, rad 44: Ingen ska få läsa ”trygg/lugn”: skriv ett av orden, eller gör ett "
        "ordval ([[slot]]) av det.",
        "INSTR-015 trygghet/definition.toml, rad 44: Nobody is to read 'trygg/lugn': write one of the words, or make a "
        "slot ([[slot]]) of it.",
    )


def test_official_may_be_asked_with_the_surveys_own_slash():
    assert "goda/mindre goda" in " ".join(item.text for item in load_instrument("municipal_survey_2011").items.values())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('{ code = "problem", sv = "problematik" }', '{ code = "situation", sv = "problematik" }', "INSTR-006"),
        ('{ code = "problem", sv = "problematik" }', '{ code = "problem", sv = "problem/situation" }', "INSTR-015"),
        ('{ code = "problem", sv = "problematik" }', '{ code = "problem", sv = "{problem}" }', "INSTR-015"),
        ('from = "case.caseworker_kind"', 'from = "case.worker"', "INSTR-003"),
        ('default = "staff"', 'default = "staf"', "INSTR-007"),
        ('names = "interventions.toml"', 'names = "insatser.toml"', "INSTR-015"),
        ('names = "interventions.toml"', 'names = "../_shared/interventions.toml"', "INSTR-015"),
    ],
)
def test_slot_that_cannot_be_is_refused(tmp_path, old, new, code):
    assert [found for found, _ in places(damaged(tmp_path, "skr6", (old, new)))] == [code]


def test_slot_of_itself_is_refused(tmp_path):
    folder = damaged(
        tmp_path, "skr6", ('{ code = "problem", sv = "problematik" }', '{ code = "problem", sv = "{topic}" }')
    )
    assert said(folder)[0].endswith("Ordvalet ”topic” innehåller sig självt. Ta bort {topic} ur dess ord.")


@pytest.mark.parametrize("words", ["ord " * 100, "{topic} {intervention} {worker} {worker}"])
def test_slot_of_too_many_words_is_refused(tmp_path, words):
    old = '{ code = "previous", sv = "den senaste uppföljningen",'
    folder = damaged(tmp_path, "skr6", (old, f'{{ code = "previous", sv = "{words}",'))
    assert said(folder)[0].endswith("Orden i ”since” är för långa: högst 300 tecken, med högst 3 ordval i. Korta dem.")


def test_slots_in_slots_never_fill_the_memory():
    slots = load_instrument("skr6").slots
    many = {name: replace(slots["topic"], id=name, standard="{b}" * 5_000) for name in "ab"}
    assert len(standard_of("{a}" * 5_000, many)) <= 50_000


def test_slot_of_answers_needs_a_condition_for_each_choice(tmp_path):
    folder = damaged(
        tmp_path,
        "skr6",
        ('standard = "situation/problematik"\nfrom = "plan"', 'standard = "situation/problematik"\nfrom = "answers"'),
    )
    assert [code for code, _ in places(folder)] == ["INSTR-010", "INSTR-010"]


def test_slot_is_decided_before_the_item_that_has_it(tmp_path):
    folder = damaged(
        tmp_path,
        "skr6",
        (
            'text = "Hur har din livskvalitet förändrats sedan {since}?"\nhelp',
            'text = "Hur har din {improved} förändrats?"\nhelp',
        ),
    )
    codes = [code for code, _ in places(folder)]
    assert sorted(codes) == ["INSTR-008", "INSTR-015"]

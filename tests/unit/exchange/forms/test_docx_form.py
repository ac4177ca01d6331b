"""Forms in Word, read back: what stands on the paper, and how one finds one's way on it."""

import builtins
import io
import shutil
import subprocess
from dataclasses import replace

import docx
import pytest
from made_forms import folder, whole
from made_instruments import AGREES, scale, small
from worked_sheets import instrument_names

from skillnad.exchange.forms.docx_form import as_docx
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.exchange.forms.form_paths import paper
from skillnad.instruments.asked import Clause, Condition
from skillnad.instruments.conditions import belongs
from skillnad.instruments.wording import wording
from skillnad.lib.errors import UserError

OFFICE = shutil.which("lowriter")


def document(given, *more, **told):
    return docx.Document(io.BytesIO(as_docx(given, *more, **told).content))


def lines(given, *more, **told):
    return [each.text for each in document(given, *more, **told).paragraphs]


def asked_if(name, condition):
    return scale(name, AGREES, when=condition)


def made(*items):
    return replace(small(), items={item.id: item for item in items}, scores={}, shares=())


def ways(*items):
    """What each question of a form says of who answers it, and where to go from it."""
    return [(each.only, each.go) for each in paper(wording(made(*items), {}), "client")]


def when(name, *codes, **more):
    return Condition(all=(Clause(name, in_=frozenset(codes), **more),))


@pytest.mark.parametrize("name", instrument_names())
def test_every_perspective_of_every_instrument_has_a_form(name):
    given = loaded_folder(name)
    for perspective in given.instrument.perspectives:
        text = lines(given, perspective)
        assert text[0] == given.instrument.title_sv
        numbered = [line for line in text if line.partition(".")[0].isdigit()]
        assert [int(line.partition(".")[0]) for line in numbered] == list(range(1, len(numbered) + 1))
        assert bool(numbered) == any(belongs(item, perspective) for item in given.instrument.items.values())


@pytest.mark.parametrize("name", instrument_names())
def test_no_form_has_a_slot_left_open_or_sends_anyone_back(name):
    given = loaded_folder(name)
    for perspective in given.instrument.perspectives:
        assert not [line for line in lines(given, perspective) if "{" in line]
        for question in paper(wording(given.instrument, {}), perspective):
            if question.go.startswith("Gå till fråga "):
                assert int(question.go.split()[3]) > question.number + 1


def test_the_form_begins_with_title_and_intro():
    document_ = document(loaded_folder("skr6"))
    assert document_.paragraphs[0].style.name == "Title"
    assert document_.paragraphs[1].text == "Sex korta frågor om stödet du har fått från socialtjänsten."


def test_the_file_says_nothing_of_who_made_it():
    told = document(folder(small())).core_properties
    assert (told.author, told.title, told.language) == ("", "Trygghet", "sv")


def test_an_option_has_a_box():
    text = lines(folder(small()))
    assert text[1:7] == ["1. Hur är det med day?", "☐ Aldrig", "☐ Ibland", "☐ Ofta", "☐ Alltid", "☐ Vet inte"]


def test_a_question_stays_with_its_boxes_on_the_page():
    first = document(folder(small())).paragraphs[1]
    assert first.paragraph_format.keep_with_next is True
    assert first.runs[0].bold is True


def test_one_answer_that_skips_a_question_says_where_to_go():
    text = lines(loaded_folder("municipal_survey_2011"), "municipality")
    assert "Gå till fråga 5 om du svarade Nej." in text
    assert text.count("Besvara bara om du svarade Ja på fråga 1.") == 3


def test_the_last_question_that_is_skipped_is_the_end():
    only, go = "Besvara bara om du svarade Ja på fråga 1.", "Du är klar om du svarade Nej eller Delvis."
    assert ways(scale("a", AGREES), asked_if("b", when("a", "2"))) == [("", go), (only, "")]


def test_questions_that_hang_on_different_answers_are_no_way():
    found = ways(scale("a", AGREES), asked_if("b", when("a", "2")), asked_if("c", when("a", "1")), scale("d", AGREES))
    assert [go for _, go in found] == ["Gå till fråga 3 om du svarade Nej eller Delvis.", "", "", ""]


def test_a_question_in_between_leaves_only_the_condition():
    found = ways(scale("a", AGREES), scale("b", AGREES), asked_if("c", when("a", "2")))
    assert found == [("", ""), ("", ""), ("Besvara bara om du svarade Ja på fråga 1.", "")]


def test_two_questions_with_the_same_words_are_said_together():
    either = Condition(any=(Clause("a", in_=frozenset("12")), Clause("b", in_=frozenset("12"))))
    found = ways(scale("a", AGREES), scale("b", AGREES), asked_if("c", either))
    assert found[2][0] == "Besvara bara om du svarade Delvis eller Ja på fråga 1 eller 2."


def test_two_clauses_on_one_question_are_one():
    either = Condition(any=(Clause("a", in_=frozenset("1")), Clause("a", in_=frozenset("2"))))
    found = ways(scale("a", AGREES), scale("b", AGREES), asked_if("c", either))
    assert found[2][0] == "Besvara bara om du svarade Delvis eller Ja på fråga 1."


def test_other_conditions_are_said_in_words():
    items = whole().items
    condition = Condition(
        all=(Clause("days", at_least=2), Clause("mood", at_most=2.5)),
        any=(Clause("p1", not_in=frozenset("2")), Clause("p2", in_=frozenset("0"))),
    )
    found = ways(items["p1"], items["p2"], items["days"], items["mood"], asked_if("c", condition))
    assert found[4][0] == (
        "Besvara bara om du svarade minst 2 på fråga 3 och du svarade högst 2,5 på fråga 4 och "
        "du inte svarade Ja på fråga 1 eller du svarade Nej på fråga 2."
    )


def test_a_question_on_what_this_form_does_not_ask_is_left_out():
    other = replace(scale("a", AGREES), perspectives=("staff",))
    unless = Condition(all=(Clause("a", not_in=frozenset("2")),))
    assert ways(other, asked_if("b", when("a", "2")), asked_if("c", unless)) == [("", "")]


def test_the_kinds_of_question_have_their_own_room_to_answer():
    text = lines(folder(whole()))
    for expected in (
        "☐ Inget (inget annat kryss)",
        "Du kan sätta flera kryss.",
        "____ A",
        "År ________  månad ____  dag ____",
        "Svar: ____________ minuter (0–1440)",
        "Sätt ett kryss på linjen.",
        "☐ Inte tillämplig",
    ):
        assert expected in text


def test_an_option_that_asks_for_words_has_room_for_them():
    assert "☐ Annan, ange ________________________" in lines(loaded_folder("municipal_survey_2011"))


def test_a_line_goes_from_its_least_to_its_largest():
    (line,) = {line for line in lines(folder(whole())) if line.startswith("0 __")}
    assert line.endswith("_ 10")


def test_a_matrix_is_a_table():
    (table,) = document(loaded_folder("work_diary")).tables
    instrument = loaded_folder("work_diary").instrument
    matrix = instrument.matrices["hours"]
    assert [cell.text for cell in table.rows[0].cells] == ["", *(sv for _, sv, _ in matrix.columns)]
    assert [row.cells[0].text for row in table.rows[1:]] == [sv for _, sv, _ in matrix.rows]


def test_a_cell_that_is_not_asked_is_marked():
    given = whole()
    rows, columns = (
        (("mon", "Måndag", "Monday"), ("tue", "Tisdag", "Tuesday")),
        (("day", "D", "D"), ("night", "N", "N")),
    )
    hours = replace(given.matrices["hours"], rows=rows, columns=columns)
    (table,) = document(folder(replace(given, matrices={"hours": hours}))).tables
    assert [cell.text for cell in table.rows[1].cells] == ["Måndag", "", "–"]


def test_a_group_has_a_heading():
    headings = [
        each.text for each in document(loaded_folder("followup_record")).paragraphs if "Heading" in each.style.name
    ]
    assert headings == ["Ska dokumenteras", "Bör framgå (allmänt råd)"]


def test_the_guardians_form_has_the_guardians_words():
    assert lines(loaded_folder("skr6"), "guardian") != lines(loaded_folder("skr6"), "client")
    assert any("barn" in line for line in lines(loaded_folder("skr6"), "guardian"))


def test_another_variant_has_its_own_words():
    assert lines(loaded_folder("skr6"), "client", "easy_read")[2] != lines(loaded_folder("skr6"))[2]


def test_a_machines_translation_is_marked_in_both_languages():
    text = lines(loaded_folder("skr6"), language="ar")
    assert text[2] == "Maskingjord översättning som ingen har granskat."
    assert text[1] == "ترجمة آلية لم تتم مراجعتها."


def test_what_is_read_from_the_right_is_set_from_the_right():
    first = document(loaded_folder("skr6"), language="ar").paragraphs[4]
    assert "w:bidi" in first._p.xml
    assert "w:rtl" in first._p.xml
    assert "w:bidi" not in document(loaded_folder("skr6")).paragraphs[4]._p.xml


def test_english_is_english_all_through():
    text = lines(loaded_folder("skr6"), language="en")
    assert text[0] == "Six questions to clients"
    assert any(line.startswith("Answer only if you answered ") for line in text)


def test_words_that_are_not_ours_are_said_to_be_absent():
    text = lines(loaded_folder("sdq"))
    assert text[1].startswith("Frågornas ord står inte här: de tillhör ") or text[2].startswith("Frågornas ord")


def test_what_paper_cannot_hold_is_told():
    told = {loss.sv: loss.where for loss in as_docx(loaded_folder("sdq")).losses}
    assert "poängen och hur de räknas" in told
    assert told["de andra perspektivens frågor"] == "teacher och self"
    assert set(as_docx(folder(made(scale("a")))).losses[0].sv.split()) == {"svarens", "koder"}


def test_instructions_in_swedish_are_told_of_in_other_languages():
    assert "ar" in {loss.where for loss in as_docx(loaded_folder("skr6"), language="ar").losses}


@pytest.mark.parametrize("told", [{"perspective": "judge"}, {"variant": "loud"}, {"language": "xx"}])
def test_what_is_not_there_is_named(told):
    with pytest.raises(UserError, match="INSTR-059"):
        as_docx(loaded_folder("skr6"), **told)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def absent(name, *rest, **more):
        if name == "docx":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UserError, match=r"INSTR-035.*skillnad\[forms\]"):
        as_docx(folder(small()))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Writer is not installed: the file is only read by python-docx")
def test_an_office_programme_opens_it(tmp_path):
    from pypdf import PdfReader

    (tmp_path / "form.docx").write_bytes(as_docx(loaded_folder("municipal_survey_2011")).content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "form.docx"),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "form.pdf").pages)
    assert "Gå till fråga 5 om du svarade Nej." in " ".join(text.split())

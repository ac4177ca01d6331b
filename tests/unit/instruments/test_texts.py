"""Texts of variants and languages: whole, tied to the definition, truly signed, and unable to change a code."""

import re
import shutil

import pytest
from instrument_folders import damaged, line_of, trygghet

from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import load_with_files
from skillnad.instruments.reading import CATALOGUE
from skillnad.instruments.texts import direction_of, words_of
from skillnad.instruments.wording import wording

AR = "texts/adult.ar.toml"
EASY = "texts/easy_read.sv.toml"
PICTURE = "texts/picture.sv.toml"
STOCKHOLM = "texts/stockholm.sv.toml"


def found(folder, *, local=False):
    return check_folder(folder, local=local).problems


def places(folder, *, local=False):
    return [(problem.code, problem.where) for problem in found(folder, local=local)]


def told(tmp_path, old, new, file=AR, name="skr6"):
    return places(damaged(tmp_path, name, (old, new), file=file))


def codes(*arguments, **more):
    return [code for code, _ in told(*arguments, **more)]


def without(text, head):
    """`text` without the table [head]."""
    return re.sub(rf"\[{re.escape(head)}\]\n(?:[^\[\n][^\n]*\n)*", "", text)


@pytest.fixture
def lacking(tmp_path):
    def made(head, file=AR):
        folder = damaged(tmp_path, "skr6")
        path = folder / file
        text = path.read_text("utf-8")
        path.write_text(without(text, head), encoding="utf-8")
        assert path.read_text("utf-8") != text
        return found(folder)

    return made


def test_translation_that_lacks_a_question_is_refused(lacking):
    (problem,) = lacking("items.b4")
    assert problem.text("sv") == (
        "INSTR-016 skr6/texts/adult.ar.toml, rad 34: ”items.b4” saknas. En översättning har alla ord: skriv det på ar."
    )
    assert "'items.b4' is missing." in problem.text("en")


@pytest.mark.parametrize("head", ["option_sets.treatment", "slots.worker", "items.b1b"])
def test_translation_that_lacks_a_table_is_refused(lacking, head):
    assert [problem.code for problem in lacking(head)] == ["INSTR-016"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('help = "', '# help = "'),
        ('previous = "', '# previous = "'),
        ('staff = "الموظفين"', ""),
        ('text = "كيف كانت معاملة {worker} لك؟"', 'text = ""'),
        ('3 = "لا تغيير"\n', ""),
        ('3 = "لا تغيير"', '3 = " "'),
    ],
)
def test_translation_that_lacks_words_is_refused(tmp_path, old, new):
    assert codes(tmp_path, old, new) == ["INSTR-016"]


def test_translation_that_lacks_the_intro_is_refused(tmp_path):
    text = (CATALOGUE / "skr6" / AR).read_text("utf-8")
    (intro,) = re.findall(r'\[intro\]\n(text = ".*"\n)', text)
    assert codes(tmp_path, intro, "") == ["INSTR-016"]


def test_name_that_a_language_cannot_inflect_may_be_absent(tmp_path):
    assert codes(tmp_path, 'named = "الدعم"', "") == []


def test_swedish_variant_may_leave_words_to_the_base_form(lacking):
    assert lacking("items.b3", EASY) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[items.b4]", "[items.b44]"),
        ("[option_sets.treatment]", "[option_sets.treatmnt]"),
        ('3 = "لا تغيير"', '3 = "لا تغيير"\n7 = "x"'),
    ],
)
def test_words_for_what_is_not_there_are_refused(tmp_path, old, new):
    assert "INSTR-016" in codes(tmp_path, old, new)


def test_unknown_question_is_told_with_the_nearest(tmp_path):
    folder = damaged(tmp_path, "skr6", ("[items.b4]", "[items.b44]"), file=EASY)
    (problem,) = found(folder)
    assert problem.where == f"skr6/{EASY}, rad {line_of(folder, '[items.b44]', EASY)}"
    assert "Menade du ”b4”?" in problem.sv


@pytest.mark.parametrize("key", ["code", "when", "score", "direction", "required"])
def test_texts_have_no_key_for_what_an_answer_means(tmp_path, key):
    assert codes(tmp_path, "[items.b4]", f'[items.b4]\n{key} = "1"') == ["INSTR-003"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('variant = "adult"', 'variant = "vuxen"', "INSTR-016"),
        ('language = "ar"', 'language = "arabiska"', "INSTR-016"),
        ('direction = "rtl"', 'direction = "ltr"', "INSTR-016"),
        ('direction = "rtl"', 'direction = "upp"', "INSTR-003"),
        ('status = "machine"', 'status = "bra"', "INSTR-003"),
        ('language = "ar"\n', "", "INSTR-003"),
    ],
)
def test_head_of_a_file_that_cannot_be_is_refused(tmp_path, old, new, code):
    assert code in codes(tmp_path, old, new)


def test_promised_language_without_a_file_is_told_at_the_variant(tmp_path):
    folder = damaged(tmp_path, "skr6")
    (folder / AR).unlink()
    (problem,) = found(folder)
    line = line_of(folder, 'languages = ["sv", "en"')
    assert (problem.code, problem.where) == ("INSTR-016", f"skr6/definition.toml, rad {line}")


def test_file_that_is_not_toml_is_told_with_its_line(tmp_path):
    ((code, where), *_) = told(tmp_path, 'variant = "adult"', 'variant = "adult')
    assert (code, where) == ("INSTR-002", f"skr6/{AR}, rad 1")


@pytest.mark.parametrize("words", ["x" * 301, "{topic}{topic}{topic}{topic}"])
def test_words_of_a_slot_are_few(tmp_path, words):
    assert codes(tmp_path, 'staff = "الموظفين"', f'staff = "{words}"') == ["INSTR-015"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{worker} لك", "{workr} لك"),
        ('staff = "الموظفين"', 'staff = "{wrker}"'),
        ("معاملة {worker}", "معاملة أ/ب {worker}"),
        ('3 = "لا تغيير"', '3 = "لا/تغيير"'),
        ('منذ {since}؟"\n\n[items.b1b]', '؟"\n\n[items.b1b]'),
    ],
)
def test_words_that_are_not_tied_are_refused(tmp_path, old, new):
    assert codes(tmp_path, old, new) == ["INSTR-015"]


def test_standard_of_a_variant_comes_back_through_its_own_slots(tmp_path):
    old = 'standard = "Hur har socialsekreteraren/biståndshandläggaren bemött dig?"'
    folder = damaged(tmp_path, "skr6", (old, old.replace("bemött", "mött")), file=STOCKHOLM)
    assert places(folder) == [("INSTR-015", f"skr6/{STOCKHOLM}, rad {line_of(folder, ' mött dig', STOCKHOLM)}")]


def test_slot_that_the_definition_lacks_is_refused(tmp_path):
    assert codes(tmp_path, "[slots.worker]", "[slots.arbetare]", file=STOCKHOLM)[0] == "INSTR-015"


def test_choice_that_the_slot_lacks_is_refused(tmp_path):
    assert codes(tmp_path, 'default = "social_worker"', 'default = "chef"', file=STOCKHOLM) == ["INSTR-016"]


def test_machine_made_words_say_so_in_their_language(tmp_path):
    text = (CATALOGUE / "skr6" / AR).read_text("utf-8")
    (mark,) = re.findall(r'not_validated = ".*"\n', text)
    assert codes(tmp_path, mark, "") == ["INSTR-017"]


def signed(tmp_path, digest, *more):
    who = f'signed_by = "Auktoriserad översättare"\nsigned_date = 2026-11-20\nsigned_digest = "{digest}"'
    return damaged(tmp_path, "skr6", ('status = "machine"', f'status = "signed"\n{who}'), *more, file=AR)


def digest_of_arabic():
    return words_of(load_with_files("skr6").files)["adult", "ar"].digest


def test_signature_of_exactly_these_words_holds(tmp_path):
    folder = signed(tmp_path, digest_of_arabic())
    assert found(folder) == []


def test_municipality_signs_a_translation_of_the_catalogues(tmp_path):
    own = tmp_path / "kommun" / "skr6" / "texts"
    own.mkdir(parents=True)
    shutil.copy(signed(tmp_path, digest_of_arabic()) / AR, own)
    loaded = load_with_files("skr6", tmp_path / "kommun")
    texts = words_of(loaded.files)["adult", "ar"]
    assert (texts.validated, texts.signed_by, str(texts.signed_date)) == (
        True,
        "Auktoriserad översättare",
        "2026-11-20",
    )
    assert wording(loaded.instrument, words_of(loaded.files), "adult", "ar").form("client").mark == ""


def test_words_that_change_after_they_were_signed_are_refused(tmp_path):
    folder = signed(tmp_path, digest_of_arabic(), ('3 = "لا تغيير"', '3 = "تغيير"'))
    (problem,) = found(folder)
    assert (problem.code, problem.where) == ("INSTR-017", f"skr6/{AR}, rad {line_of(folder, 'signed_digest', AR)}")
    assert problem.sv.startswith("Orden har ändrats efter underskriften.")


@pytest.mark.parametrize("key", ["signed_by", "signed_date", "signed_digest"])
def test_signature_without_who_when_or_what_is_refused(tmp_path, key):
    folder = signed(tmp_path, digest_of_arabic())
    path = folder / AR
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(key)]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert [code for code, _ in places(folder)] == ["INSTR-017"]


def test_signature_beside_another_status_is_refused(tmp_path):
    assert codes(tmp_path, 'status = "machine"', 'status = "machine"\nsigned_by = "Översättare"') == ["INSTR-017"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            '4 = "face_4.svg"\n5 = "face_5.svg"\n6 = "question.svg"\n\n[pictures.treatment]',
            "[pictures.treatment]",
            "INSTR-016",
        ),
        ('[pictures.influence]\n1 = "amount_4.svg"', '[pictures.influence]\n1 = "amount_9.svg"', "INSTR-018"),
        ('[pictures.influence]\n1 = "amount_4.svg"', '[pictures.influence]\n1 = "../interventions.toml"', "INSTR-018"),
        ("[pictures.influence]", "[pictures.inflytande]", "INSTR-016"),
    ],
)
def test_picture_that_cannot_be_shown_is_refused(tmp_path, old, new, code):
    assert code in codes(tmp_path, old, new, file=PICTURE)


def test_own_picture_with_a_script_is_refused(tmp_path):
    folder = damaged(
        tmp_path,
        "skr6",
        ('[pictures.influence]\n1 = "amount_4.svg"', '[pictures.influence]\n1 = "egen.svg"'),
        file=PICTURE,
    )
    (folder / "pictures").mkdir()
    (folder / "pictures" / "egen.svg").write_text(
        '<svg viewBox="0 0 8 8" aria-label="x"><script/></svg>', encoding="utf-8"
    )
    (problem,) = found(folder)
    assert (problem.code, problem.sv) == (
        "INSTR-018",
        "egen.svg har elementet script. Välj en annan bild, eller rita om den.",
    )


def test_own_instrument_may_have_a_language_of_its_own(tmp_path):
    folder = trygghet(tmp_path, ('sv = "Grundform"', 'sv = "Grundform"\nlanguages = ["sv", "fi"]'))
    assert [code for code, _ in places(folder, local=True)] == ["INSTR-016"]
    (folder / "texts").mkdir()
    (folder / "texts" / "adult.fi.toml").write_text(FINNISH, encoding="utf-8")
    assert places(folder, local=True) == []


def test_damaged_definition_is_told_alone(tmp_path):
    problems = codes(tmp_path, 'id = "b3"', 'id = "b3x"', file="definition.toml")
    assert "INSTR-016" not in problems


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("prs", "rtl"), ("fa-AF", "rtl"), ("sv", "ltr"), ("ti", "ltr"), ("arn", "ltr")],
)
def test_direction_follows_the_language(language, direction):
    assert direction_of(language) == direction


FINNISH = """\
variant = "adult"
language = "fi"
status = "machine"

[intro]
not_validated = "Konekäännös, jota ei ole tarkistettu."

[items.day]
text = "Onko olosi turvallinen päivällä?"

[items.night]
text = "Onko olosi turvallinen yöllä?"

[items.why_not]
text = "Mikä lisäisi turvallisuuttasi?"

[option_sets.often]
1 = "Ei koskaan"
2 = "Joskus"
3 = "Usein"
4 = "Aina"
9 = "En tiedä"
"""

"""An instrument's folder as files: what is there, what is not TOML, and what is too large to be questions."""

from instrument_folders import damaged, found, places, trygghet

from skillnad.instruments.reading import CATALOGUE, LARGEST, Findings, read_instrument_folder


def said(folder):
    """Both languages of the only problem."""
    (problem,) = found(folder, local=True)
    return problem.text("sv"), problem.text("en")


def test_folder_is_read_with_cases_texts_and_licence(tmp_path):
    findings = Findings()
    files = read_instrument_folder(damaged(tmp_path, "skr6"), findings)
    assert findings.problems == []
    assert files.definition.data["id"] == "skr6"
    assert files.cases.name == "skr6/cases.toml"
    assert files.licence.startswith("# Licens")
    assert list(files.texts) == sorted(path.name for path in (CATALOGUE / "skr6" / "texts").iterdir())
    assert files.texts["adult.ar.toml"].name == "skr6/texts/adult.ar.toml"


def test_folder_without_cases_texts_and_licence_is_read(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "cases.toml").unlink()
    (folder / "licence.md").unlink()
    files = read_instrument_folder(folder, Findings())
    assert (files.cases, files.licence, files.texts) == (None, None, {})


def test_folder_that_is_not_there_is_told(tmp_path):
    where = str(tmp_path / "borta")
    assert said(tmp_path / "borta") == (
        f"INSTR-001 {where}: Mappen finns inte. Ange mappen som har instrumentets definition.toml.",
        f"INSTR-001 {where}: There is no such folder. Give the folder that holds the instrument's definition.toml.",
    )


def test_folder_without_definition_names_the_command_that_makes_one(tmp_path):
    sv, en = said(tmp_path)
    assert sv == (
        f"INSTR-001 {tmp_path}: Mappen har ingen definition.toml. Gör en med ”skillnad instrument new”, "
        "eller ange en annan mapp."
    )
    assert "Make one with 'skillnad instrument new'" in en


def test_missing_quote_is_told_at_its_line(tmp_path):
    folder = trygghet(tmp_path, ('sv = "Ofta" }', 'sv = "Ofta }'))
    sv, en = said(folder)
    assert sv == (
        "INSTR-002 trygghet/definition.toml, rad 34: Raden följer inte TOML:s regler: en text börjar men "
        'slutar aldrig. Sätt ett rakt citattecken (") efter den.'
    )
    assert en.startswith(
        "INSTR-002 trygghet/definition.toml, rad 34: The line does not follow the rules of TOML: a text"
    )


def test_windows_bytes_are_told_at_their_line(tmp_path):
    folder = trygghet(tmp_path)
    path = folder / "definition.toml"
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    assert said(folder) == (
        "INSTR-002 trygghet/definition.toml, rad 4: Filen är inte UTF-8. Spara den som UTF-8 i textredigeraren.",
        "INSTR-002 trygghet/definition.toml, rad 4: The file is not UTF-8. Save it as UTF-8 in the text editor.",
    )


def test_picture_called_toml_is_no_crash(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "definition.toml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert places(folder, local=True) == [("INSTR-002", "trygghet/definition.toml, rad 1")]


def test_deep_nesting_is_no_crash(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "definition.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    assert [code for code, _ in places(folder, local=True)] == ["INSTR-002"]


def test_number_of_many_digits_is_no_crash(tmp_path):
    folder = trygghet(tmp_path, ("schema = 1", "schema = " + "1" * 5000))
    assert [code for code, _ in places(folder, local=True)] == ["INSTR-002"]


def test_large_file_is_refused_before_it_is_parsed(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "definition.toml").write_text("[" * (LARGEST + 1), encoding="utf-8")
    assert said(folder)[0] == (
        "INSTR-023 trygghet/definition.toml: Filen är 2,0 MB; mer än 2 MB läses inte. "
        "Dela upp frågorna på flera instrument."
    )


def test_licence_of_windows_bytes_is_told(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "licence.md").write_bytes("# Licens: frågor".encode("cp1252"))
    assert ("INSTR-002", "trygghet/licence.md") in places(folder, local=True)


def test_text_file_that_is_no_toml_is_told_and_the_others_read(tmp_path):
    folder = damaged(tmp_path, "skr6", ('language = "ar"', "language = ar"), file="texts/adult.ar.toml")
    findings = Findings()
    files = read_instrument_folder(folder, findings)
    assert [(one.code, one.where) for one in findings.problems] == [("INSTR-002", "skr6/texts/adult.ar.toml, rad 2")]
    assert "adult.ar.toml" not in files.texts
    assert "adult.uk.toml" in files.texts


def test_file_of_a_kept_version_is_called_by_its_way(tmp_path):
    folder = trygghet(tmp_path / "trygghet" / "versions", name="2026.1")
    files = read_instrument_folder(folder, Findings())
    assert files.definition.name == "trygghet/versions/2026.1/definition.toml"

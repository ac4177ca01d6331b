"""Bands go from end to end; changes, shares, pairs and rules of sums name what is there."""

import pytest
from instrument_folders import damaged, found, line_of, places, trygghet

BAND = (
    '{ code = "not_clinical", sv = "På eller över gränsvärdet", en = "At or above the cut-off", from = 25, to = 40 },'
)


def said(folder, *, local=False):
    (problem,) = found(folder, local=local)
    return problem.text("sv"), problem.text("en")


def test_gap_between_bands_says_which_value_falls_out(tmp_path):
    folder = damaged(tmp_path, "ors", ("to = 24.9", "to = 24.8"))
    line = line_of(folder, "from = 25,")
    assert said(folder) == (
        f"INSTR-012 ors/definition.toml, rad {line}: Det är en lucka före bandet ”not_clinical”: 24,9 hör inte till "
        "något band. Skriv from = 24.9 här, eller to = 24.9 i bandet före.",
        f"INSTR-012 ors/definition.toml, rad {line}: There is a gap before the band 'not_clinical': 24.9 belongs to no "
        "band. Write from = 24.9 here, or to = 24.9 in the band before.",
    )


def test_overlap_of_bands_says_which_value_is_in_both(tmp_path):
    folder = damaged(tmp_path, "ors", ("to = 24.9", "to = 25.0"))
    line = line_of(folder, "from = 25,")
    assert said(folder) == (
        f"INSTR-012 ors/definition.toml, rad {line}: Bandet ”not_clinical” överlappar bandet före: 25 hör till båda. "
        "Skriv from = 25.1 här, eller to = 24.9 i bandet före.",
        f"INSTR-012 ors/definition.toml, rad {line}: The band 'not_clinical' overlaps the band before: 25 belongs to "
        "both. Write from = 25.1 here, or to = 24.9 in the band before.",
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "from = 0, to = 24.9",
            "from = 1, to = 24.9",
            "Det första bandet börjar vid 1, men skalan vid 0. Skriv from = 0.",
        ),
        (
            "from = 25, to = 40",
            "from = 25, to = 39.9",
            "Det sista bandet slutar vid 39,9, men skalan vid 40. Skriv to = 40.",
        ),
        (
            "from = 25, to = 40",
            "from = 25, to = 41",
            "Det sista bandet slutar vid 41, men skalan vid 40. Skriv to = 40.",
        ),
        (
            "from = 25, to = 40",
            "from = 25, to = 20",
            "Bandet ”not_clinical” slutar före sin början. Byt plats på from och to.",
        ),
        (BAND, "", "Det sista bandet slutar vid 24,9, men skalan vid 40. Skriv to = 40."),
    ],
)
def test_bands_reach_both_ends_of_the_scale(tmp_path, old, new, words):
    problems = found(damaged(tmp_path, "ors", (old, new)))
    assert words in [problem.sv for problem in problems]
    assert {problem.code for problem in problems} <= {"INSTR-012", "INSTR-007"}


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("ors", 'band_set = ["adult", "young"]', 'band_set = ["adult", "child"]', "INSTR-007"),
        ("ors", 'clinical = ["clinical"]', 'clinical = ["klinisk"]', "INSTR-007"),
        ("ors", "reliable = 5.0", "reliable = 0.0", "INSTR-003"),
        ("ors", 'score = "total"\nkind', 'score = "totalt"\nkind', "INSTR-007"),
        ("ors", 'score = "total"\nkind', 'score = "total"\nitem = "close"\nkind', "INSTR-013"),
        ("ors", 'norm_group = "Vuxna, USA"\n', "", "INSTR-003"),
        ("ors", 'score = "total"\nages = { first = 18 }', 'score = "sum"\nages = { first = 18 }', "INSTR-007"),
        ("ors", "ages = { first = 18 }", 'perspectives = ["parent"]', "INSTR-007"),
        ("skr6", 'item = "b3"\nkind = "step"', 'item = "b9"\nkind = "step"', "INSTR-007"),
        ("skr6", 'item = "b1b"\ncodes = ["1", "2"]', 'item = "b1b"\ncodes = ["1", "7"]', "INSTR-007"),
        ("skr6", 'item = "b1b"\ncodes = ["1", "2"]', 'item = "b1b"\ncodes = ["1", "6"]', "INSTR-007"),
        ("skr6", 'item = "b1b"\ncodes = ["1", "2"]', 'item = "b1b"\ncodes = []', "INSTR-003"),
        ("hvb_pilot_2022", 'first = "c3"', 'first = "c33"', "INSTR-007"),
    ],
)
def test_what_names_something_that_is_not_there_is_refused(tmp_path, name, old, new, code):
    assert {found for found, _ in places(damaged(tmp_path, name, (old, new)))} == {code}


def test_bands_are_written_as_finely_as_the_score(tmp_path):
    folder = damaged(tmp_path, "ors", ("step = 0.1\ndirection", "step = 0.5\ndirection"))
    problems = found(folder)
    assert {problem.code for problem in problems} == {"INSTR-012"}
    assert problems[0].sv == (
        "Banden går i steg om 0,1, men poängen ”total” i steg om 0,5. Skriv step = 0.5, och banden därefter."
    )
    assert problems[0].en.endswith("in steps of 0.5. Write step = 0.5, and the bands accordingly.")


def test_band_set_without_bands_is_refused(tmp_path):
    empty = 'id = "none"\nscore = "total"\nnorm_group = "N"\nsource = "S"\nstep = 0.1\nbands = []\n\n[[change]]'
    assert [code for code, _ in places(damaged(tmp_path, "ors", ("[[change]]", f"[[band_set]]\n{empty}")))] == [
        "INSTR-003"
    ]


def test_band_code_twice_is_refused(tmp_path):
    folder = damaged(tmp_path, "ors", (BAND, BAND.replace("not_clinical", "clinical")))
    assert places(folder)[0] == ("INSTR-006", f"ors/definition.toml, rad {line_of(folder, 'from = 25,')}")


def test_change_of_what_has_no_direction_is_refused(tmp_path):
    change = '[[change]]\nid = "day_change"\nsv = "D"\nkind = "step"\nitem = "day"\nsource = "Eget"\n\n[[version_note]]'
    folder = trygghet(
        tmp_path, ('direction = "high_is_good"\noptions', 'direction = "none"\noptions'), ("[[version_note]]", change)
    )
    assert said(folder, local=True)[0].endswith(
        "”day” har ingen riktning, så ingen förändring är bättre eller sämre. "
        "Ge den en direction, eller ta bort förändringen."
    )


def test_rule_of_a_sum_names_items(tmp_path):
    folder = damaged(tmp_path, "fcs", ('at_most_item = "ticked"', 'at_most_item = "tickad"'))
    assert said(folder)[0].endswith("Frågan ”tickad” finns inte. Menade du ”ticked”? Här finns " + listed_items())


def listed_items():
    return "ticked, closeness_ticked, distance_ticked, spontaneity_ticked och chaos_ticked."

"""Scores: what they are made of, and a scale that does not contain what its items can give."""

from fractions import Fraction

import pytest
from instrument_folders import damaged, found, line_of, places, trygghet

from skillnad.instruments.loading import load_instrument
from skillnad.instruments.rules_scores import points_of, span_of

MEAN = 'kind = "mean"\nitems = ["day", "night"]\nmissing = "refuse"\nrange = [1, 4]\nstep = 0.5'
SECOND = '[[score]]\nid = "both"\nsv = "B"\nkind = "sum"\nscores = ["safety"]\nmissing = "refuse"\nrange = [1, 4]\n'
REST = 'direction = "high_is_good"\nsource = "Eget"\n\n'


def said(folder, *, local=False):
    (problem,) = found(folder, local=local)
    return problem.text("sv"), problem.text("en")


def scored(within, *lines):
    """Trygghet with a score of these lines."""
    return trygghet(within, (MEAN, "\n".join(lines)))


def test_mean_that_does_not_contain_its_option_names_the_item_and_the_line_to_widen(tmp_path):
    folder = trygghet(tmp_path, ("range = [1, 4]", "range = [1, 3]"), ('items = ["day", "night"]', 'items = ["night"]'))
    assert said(folder, local=True) == (
        "INSTR-004 trygghet/definition.toml, rad 46: Frågan night tillåter 4, men skalan ”safety” slutar vid 3. "
        "Ändra svarsalternativet, eller vidga skalan på rad 66.",
        "INSTR-004 trygghet/definition.toml, rad 46: Item night allows 4, but scale 'safety' ends at 3. "
        "Change the option, or widen the scale on line 66.",
    )


def test_mean_that_begins_too_high_says_so(tmp_path):
    folder = trygghet(tmp_path, ("range = [1, 4]", "range = [2, 4]"), ('items = ["day", "night"]', 'items = ["night"]'))
    assert "Frågan night tillåter 1, men skalan ”safety” börjar vid 2." in said(folder, local=True)[0]


def test_sum_that_does_not_contain_its_options_says_the_right_range(tmp_path):
    folder = damaged(tmp_path, "ors", ("range = [0, 40]", "range = [0, 39.5]"))
    line = line_of(folder, "39.5")
    assert found(folder)[0].text() == (
        f"INSTR-004 ors/definition.toml, rad {line}: Frågorna ger 0–40, men skalan ”total” är 0–39,5. "
        "Skriv range = [0, 40], eller rätta frågorna."
    )
    assert (
        found(folder)[0]
        .text("en")
        .endswith("The items give 0–40, but scale 'total' is 0–39.5. Write range = [0, 40], or mend the items.")
    )


def test_option_with_more_points_than_the_scale_is_found_in_each_sum(tmp_path):
    folder = damaged(tmp_path, "sdq", ('sv = "2 poäng", en = "2 points", score = 2', 'sv = "3", en = "3", score = 3'))
    wrong = [problem for problem in found(folder) if problem.code == "INSTR-004"]
    assert len(wrong) == 5
    assert "Frågorna ger 0–15, men skalan ”emotion” är 0–10." in wrong[0].sv


def test_sum_of_too_wide_a_range_is_told(tmp_path):
    folder = scored(tmp_path, 'kind = "sum"', 'items = ["day", "night"]', 'missing = "zero"', "range = [0, 40]")
    assert "Frågorna ger 2–8, men skalan ”safety” är 0–40. Skriv range = [2, 8]" in said(folder, local=True)[0]


def test_range_of_decimals_is_counted_exactly(tmp_path):
    tenths = 'kind = "vas"\nmin = 0.1\nmax = 0.3\ndecimals = 1'
    lines = ('kind = "sum"', 'items = ["why_not"]', 'missing = "zero"', "range = [0.1, 0.3]", "step = 0.1")
    assert places(trygghet(tmp_path, ('kind = "text"', tenths), (MEAN, "\n".join(lines))), local=True) == []


@pytest.mark.parametrize("line", ["range = [4, 1]", "range = [1, 1]", "step = 0", "step = -1"])
def test_range_runs_upwards_in_steps(tmp_path, line):
    old = "range = [1, 4]" if line.startswith("range") else "step = 0.5"
    assert [code for code, _ in places(trygghet(tmp_path, (old, line)), local=True)] == ["INSTR-004"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (['kind = "mean"', 'items = ["dag"]', 'missing = "refuse"'], "INSTR-007"),
        (['kind = "mean"', 'items = ["day"]', 'needs = ["dag"]', 'missing = "refuse"'], "INSTR-007"),
        (['kind = "mean"', 'items = ["day"]', 'perspectives = ["staff"]', 'missing = "refuse"'], "INSTR-007"),
        (['kind = "mean"', 'scores = ["later"]', 'missing = "refuse"'], "INSTR-007"),
        (['kind = "mean"', 'scores = ["safety"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "mean"', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "mean"', 'items = ["why_not"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "mean"', 'items = ["day"]', 'missing = "prorate"'], "INSTR-013"),
        (['kind = "mean"', 'items = ["day"]', "minimum = 2", 'missing = "refuse"'], "INSTR-013"),
        (['kind = "mean"', 'items = ["day"]', "minimum = 0", 'missing = "refuse"'], "INSTR-013"),
        (['kind = "mean"', 'items = ["day"]', 'reverse = ["night"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "difference"', 'items = ["day"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "ratio"', 'items = ["day"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "weighted"', 'items = ["day"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "count"', 'items = ["day"]', 'missing = "refuse"'], "INSTR-013"),
        (['kind = "count_scores"', 'items = ["day"]', 'missing = "known"'], "INSTR-013"),
        (['kind = "count"', 'items = ["day"]', 'codes = ["7"]', 'missing = "refuse"'], "INSTR-007"),
        (['kind = "ratio"', 'items = ["day", "night"]', "factor = [1, 0]", 'missing = "refuse"'], "INSTR-003"),
        (['kind = "weighted"', 'terms = [{ item = "day" }]', 'missing = "refuse"'], "INSTR-003"),
    ],
)
def test_score_that_cannot_be_counted_is_refused(tmp_path, lines, code):
    assert {found for found, _ in places(scored(tmp_path, *lines, "range = [1, 4]"), local=True)} == {code}


def test_reversed_item_outside_the_score_is_named(tmp_path):
    sv, en = said(trygghet(tmp_path, ("step = 0.5", 'step = 0.5\nreverse = ["why_not"]')), local=True)
    assert sv.endswith("”reverse” nämner why_not, som items saknar. Lägg till dem där, eller ta bort.")
    assert en.endswith("'reverse' names why_not, which items lacks. Add to items, or remove.")


def test_score_built_on_a_later_one_says_which_to_move(tmp_path):
    folder = trygghet(tmp_path, ("[[score]]", f"{SECOND}{REST}[[score]]"))
    assert said(folder, local=True)[0].endswith(
        "”both” bygger på ”safety”, som står senare. Flytta ”both” så att den står efter."
    )


def test_score_of_an_earlier_score_is_counted(tmp_path):
    folder = trygghet(tmp_path, ("[[version_note]]", f"{SECOND}{REST}[[version_note]]"))
    assert places(folder, local=True) == []


def test_worded_code_needs_points_to_be_counted(tmp_path):
    folder = trygghet(tmp_path, ('{ code = "4", sv', '{ code = "alltid", sv'))
    sentences = {problem.sv for problem in found(folder, local=True)}
    assert "Svaret ”alltid” i ”day” är inget tal. Ge alternativet ett tal, som score = 1." in sentences


def test_instrument_without_sum_refuses_any_score(tmp_path):
    folder = trygghet(tmp_path, ('about = "intervention"', 'about = "intervention"\nno_sum = true'))
    assert said(folder, local=True)[0].endswith(
        "Instrumentet har no_sum = true: dess svar läggs aldrig ihop. Ta bort poängen."
    )


def test_instrument_that_is_never_averaged_refuses_a_mean(tmp_path):
    folder = trygghet(tmp_path, ('about = "intervention"', 'about = "intervention"\nnever_average = true'))
    assert "inget medelvärde räknas" in said(folder, local=True)[0]


def test_instrument_that_is_never_averaged_may_count(tmp_path):
    never = ('about = "intervention"', 'about = "intervention"\nnever_average = true')
    count = 'kind = "count"\nitems = ["day", "night"]\ncodes = ["1"]\nmissing = "refuse"\nrange = [0, 2]'
    assert places(trygghet(tmp_path, never, (MEAN, count)), local=True) == []


def test_score_over_two_perspectives_is_refused(tmp_path):
    staff = '[[perspective]]\nid = "staff"\nsv = "Personalen"\nanswered_by = "staff"\n\n[[variant]]'
    folder = trygghet(
        tmp_path,
        ('answered_by = ["client"]\nabout', 'answered_by = ["client", "staff"]\nabout'),
        ("[[variant]]", staff),
        ('label_sv = "Trygg på dagen"', 'label_sv = "Trygg på dagen"\nperspectives = ["client"]'),
        ('label_sv = "Trygg på natten"', 'label_sv = "Trygg på natten"\nperspectives = ["staff"]'),
        ('when = { any = [{ item = "day", in = ["1", "2"] }, { item = "night", in = ["1", "2"] }] }\n', ""),
    )
    assert said(folder, local=True)[0].endswith(
        "”night” ställs inte till ”client”: svar av olika slags personer läggs aldrig ihop. "
        "Gör en poäng för varje perspektiv."
    )


def test_points_are_the_options_own_or_its_code():
    instrument = load_instrument("skr6")
    assert [points_of(option) for option in instrument.items["b5"].options] == [1, 2, 3, 4, 5]
    assert points_of(load_instrument("sdq").option_sets["three"].options[0]) == Fraction(0)


def test_span_leaves_out_what_is_no_value():
    assert span_of(load_instrument("skr6").items["b5"]) == (1, 4)
    assert span_of(load_instrument("ors").items["close"]) == (0, 10)
    assert span_of(load_instrument("work_diary").items["week"]) is None

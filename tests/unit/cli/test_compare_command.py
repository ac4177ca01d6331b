"""`skillnad compare` and `skillnad course`: the question that the options tell, and the same numbers as Python."""

import json
from pathlib import Path

import pytest
from snapshots_made import make_snapshot
from typer.testing import CliRunner

import skillnad
from skillnad.analysis.comparisons.questions import Adjusted, Chart, Comparison, Drawn, Funnel, OverTime, Ranking
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.question_data import question_from_data
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.cli.main import build
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

ROWS = [
    {
        "unit": "ABC"[n % 3],
        "legal_sex": "12"[n % 2],
        "origin": "123"[n % 7 % 3],
        "problem": "1" if n % 5 < 2 + n % 2 else "3",
        "start_date": f"2025-0{1 + n % 9}-03",
        "end_date": f"2025-10-{10 + n % 18}",
    }
    for n in range(360)
]
MET = Where("problem", ("1",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared") / "snapshot"
    make_snapshot(folder, interventions=ROWS)
    return folder


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return skillnad.open_snapshot(folder)


def _told(folder: Path, *arguments: str):
    app = build(["compare", "course"])
    return CliRunner().invoke(app, [*arguments, "--snapshot", str(folder)])


@pytest.fixture
def ask(folder: Path):
    def ask(*arguments: str) -> dict:
        done = _told(folder, *arguments, "--format", "json")
        assert done.exit_code == 0, done.exception
        return json.loads(done.stdout)

    return ask


SHARE = ("--share", "problem=1")
BY_SEX = Share(MET, by=("legal_sex",))
BY_UNIT = Share(MET, by=("unit",))
DAYS = Duration("start_date", "end_date", by=("legal_sex",), within=(90,))
YEAR = Selection(period=Period.year(2025), where=(Where("unit", ("A",)),))
CASES = {
    "plain": (("compare", *SHARE, "--by", "legal_sex"), Comparison(BY_SEX)),
    "against": (("compare", *SHARE, "--by", "unit", "--against", "B"), Comparison(BY_UNIT, "B")),
    "adjusted": (
        ("compare", *SHARE, "--by", "legal_sex", "--adjust", "origin"),
        Comparison(BY_SEX, adjusted_for=("origin",)),
    ),
    "standard": (
        ("compare", *SHARE, "--by", "legal_sex", "--adjust", "origin", "--standard"),
        Comparison(BY_SEX, adjusted_for=("origin",), way=Adjusted.STANDARD),
    ),
    "lot": (
        ("compare", *SHARE, "--by", "unit", "--chosen", "by_lot", "--of-all", "1400"),
        Comparison(BY_UNIT, drawn=Drawn(Chosen.BY_LOT, 1400)),
    ),
    "lots": (
        (
            "compare",
            *SHARE,
            "--by",
            "unit",
            "--chosen",
            "by_lot",
            *(f"--of-each={each}" for each in ("A=300", "B=200", "C= 150")),
        ),
        Comparison(BY_UNIT, drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 300), ("B", 200), ("C", 150)))),
    ),
    "met": (
        ("compare", *SHARE, "--by", "unit", "--chosen", "first_met"),
        Comparison(BY_UNIT, drawn=Drawn(Chosen.FIRST_MET)),
    ),
    "relevant": (("compare", *SHARE, "--by", "unit", "--relevant", "0.1"), Comparison(BY_UNIT, relevant=0.1)),
    "time": (
        ("compare", "--from", "start_date", "--to", "end_date", "--within", "90", "--by", "legal_sex"),
        Comparison(DAYS),
    ),
    "chosen": (
        ("compare", *SHARE, "--by", "legal_sex", "--period", "2025", "--unit", "A"),
        Comparison(Share(MET, YEAR, ("legal_sex",))),
    ),
    "ranking": (("compare", *SHARE, "--by", "unit", "--as", "ranking"), Ranking(BY_UNIT)),
    "lowest": (("compare", *SHARE, "--by", "unit", "--as", "ranking", "--lowest-first"), Ranking(BY_UNIT, False)),
    "funnel": (("compare", *SHARE, "--by", "unit", "--as", "funnel", "--target", "0.4"), Funnel(BY_UNIT, 0.4)),
    "course": (("course", "--by", "month:start_date"), OverTime(Count(by=("month:start_date",)))),
    "course-of-a-period": (
        ("course", "--by", "month:end_date", "--period", "2025"),
        OverTime(Count(Selection(period=Period.year(2025), event="end_date"), ("month:end_date",))),
    ),
    "course-of-a-period-by-its-label": (
        ("course", "--by", "månad:END_DATE", "--period", "2025"),
        OverTime(Count(Selection(period=Period.year(2025), event="end_date"), ("month:end_date",))),
    ),
    "course-of-a-period-by-the-own-event": (
        ("course", "--by", "month:start_date", "--period", "2025"),
        OverTime(Count(Selection(period=Period.year(2025)), ("month:start_date",))),
    ),
    "control": (
        ("course", *SHARE, "--by", "month:end_date", "--chart", "control", "--baseline", "12"),
        OverTime(Share(MET, by=("month:end_date",)), Chart.CONTROL, 12),
    ),
}


@pytest.mark.parametrize(("arguments", "question"), CASES.values(), ids=CASES)
def test_options_ask_the_question_that_python_asks(ask, snapshot, arguments, question) -> None:
    told = ask(*arguments)
    assert question_from_data(told["question"]) == question
    assert told == json.loads(json.dumps(skillnad.ask(snapshot, question).as_data()))


def test_columns_may_be_called_by_their_labels(ask) -> None:
    told = ask("compare", "--share", "PROBLEM=1", "--by", "Legal_Sex")
    assert question_from_data(told["question"]) == Comparison(BY_SEX)


def test_answer_reads_verdict_first(folder) -> None:
    said = _told(folder, "compare", *SHARE, "--by", "legal_sex").stdout
    assert said.startswith("**Skillnader i ")
    assert said.index("mot Man") < said.index("| Kvinna |")


WRONG = {
    "nothing": (("compare", "--by", "unit"), "ASK-071"),
    "both": (("compare", *SHARE, "--from", "start_date", "--to", "end_date", "--by", "unit"), "ASK-070"),
    "half": (("compare", "--from", "start_date", "--by", "unit"), "ASK-070"),
    "limit": (("compare", *SHARE, "--within", "90", "--by", "unit"), "ASK-070"),
    "ranked-time": (
        ("compare", "--from", "start_date", "--to", "end_date", "--by", "unit", "--as", "ranking"),
        "ASK-072",
    ),
    "ranked-against": (("compare", *SHARE, "--by", "unit", "--as", "funnel", "--against", "A"), "ASK-072"),
    "ranked-relevant": (("compare", *SHARE, "--by", "unit", "--as", "ranking", "--relevant", "0"), "ASK-072"),
    "points": (("compare", *SHARE, "--by", "unit", "--relevant", "5"), "ASK-046"),
    "ranked-sample": (("compare", *SHARE, "--by", "unit", "--as", "ranking", "--chosen", "first_met"), "ASK-072"),
    "sample-of-what": (("compare", *SHARE, "--by", "unit", "--of-all", "1400"), "ASK-074"),
    "samples-of-what": (("compare", *SHARE, "--by", "unit", "--of-each", "A=1400"), "ASK-074"),
    "each-unread": (("compare", *SHARE, "--by", "unit", "--chosen", "by_lot", "--of-each", "A:14"), "ASK-074"),
    "each-of-none": (("compare", *SHARE, "--by", "unit", "--chosen", "by_lot", "--of-each", "A=-1"), "ASK-074"),
    "lot-of-what": (("compare", *SHARE, "--by", "unit", "--chosen", "by_lot"), "ASK-048"),
    "by-what": (("compare", *SHARE), "ASK-075"),
    "ranked-limit": (("compare", *SHARE, "--by", "unit", "--as", "ranking", "--within", "90"), "ASK-072"),
    "order-of-differences": (("compare", *SHARE, "--by", "unit", "--lowest-first"), "ASK-073"),
    "order-of-a-funnel": (("compare", *SHARE, "--by", "unit", "--as", "funnel", "--lowest-first"), "ASK-073"),
    "target-of-a-ranking": (("compare", *SHARE, "--by", "unit", "--as", "ranking", "--target", "0"), "ASK-073"),
    "standard-of-nothing": (("compare", *SHARE, "--by", "unit", "--standard"), "ASK-045"),
    "with-itself": (
        ("compare", *SHARE, "--by", "unit", "--against", "A", "--where", "unit=A"),
        "ASK-039",
    ),
    "course-of-another-date": (
        ("course", "--by", "month:end_date", "--period", "2025", "--event", "start_date"),
        "ASK-087",
    ),
    "no-calendar": (("course", "--by", "unit"), "ASK-037"),
}


@pytest.mark.parametrize(("arguments", "code"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_asked_says_what_would_be_right(folder, arguments, code) -> None:
    error = _told(folder, *arguments).exception
    assert isinstance(error, UserError)
    assert error.code == code


def test_option_that_cannot_be_read_is_named(folder) -> None:
    told = [
        str(_told(folder, "compare", "--by", "unit", *more).exception)
        for more in (("--share", "problem"), (*SHARE, "--where", "origin"))
    ]
    assert [each.split(":")[0] for each in told] == ["ASK-023 --share", "ASK-023 --where"]

"""The committee's edition, monthly, quarterly or yearly: few questions, each beside the year before, and what changes.

It is read in ten minutes by people who decide: how many we meet, how long they wait, how it goes, what they say of it
where they have been asked, and what it costs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from skillnad.analysis.comparisons.questions import Asked, Chart, Comparison, OverTime
from skillnad.analysis.questions import Duration, Flow, Selection, Share, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.reports.beside_last_year import LastYearBeside, against_last_year, how_it_was_tried
from skillnad.reports.chart_courses import course_chart
from skillnad.reports.chart_months import flow_columns
from skillnad.reports.contents.answers_beside import answers_beside
from skillnad.reports.contents.asking import CASES, INTERVENTIONS, flowed, shared, summed
from skillnad.reports.contents.results import (
    ALL_GOALS,
    BEGUN_ONLY,
    GOALS_MET,
    NEVER_BEGUN,
    NOT_EFFECT,
    UNPLANNED,
)
from skillnad.reports.cost_beside_result import cost_and_result, cost_beside_result
from skillnad.reports.courses import course_shown, course_told
from skillnad.reports.layouts import flows, months_alone
from skillnad.reports.outline import Ask, Chapter, Outline, Part, ReportItem, supported
from skillnad.reports.wording import new_ongoing_closed

BY = "intervention_type"
MONTHS, YEARS = 24, 4
"""A course is shown over so many months, or years by quarter where a month has too few for a share, up to the end of
the period: half as many points are enough for its rules."""


def committee_outline(manifest: Manifest, period: Period) -> Outline:
    """What a snapshot can answer of it: what it has no columns or rows for is said to be missing."""
    return supported(Outline((SITUATION, TIMES, RESULTS, *answers_beside(manifest), COSTS)), manifest, period)


def _ups_and_downs(rows: Population) -> Ask:
    return lambda period: Flow(period.leading_up(13), rows, monthly=True)


@dataclass(frozen=True)
class _Step:
    """How a course goes: a point for each `unit` of a calendar, over so long a time up to the end of a period."""

    unit: str
    heading: str
    words: str
    over: Callable[[Period], Period]


def _course(rows: Population, start: str, end: str, step: _Step) -> Ask:
    """Of those who began in each month or quarter, the open counted in: what was new then, and not what ended then."""

    def ask(period: Period) -> OverTime:
        selection = Selection(rows, step.over(period), start)
        return OverTime(Duration(start, end, selection, (f"{step.unit}:{start}",)), Chart.RUN)

    return ask


def _share_course(column: str, codes: tuple[str, ...], event: str, outside: tuple[str, ...] = ()) -> Ask:
    def ask(period: Period) -> OverTime:
        selection = Selection(INTERVENTIONS, _whole_quarters(period), event)
        return OverTime(Share(Where(column, codes), selection, (f"quarter:{event}",), outside), Chart.RUN)

    return ask


def _whole_quarters(period: Period) -> Period:
    """Up to the last quarter that is over when the period is: a part of one is no point of a course."""
    months = (period.end.month - 1) % 3
    last = period.leading_up(months).start if months else period.end
    return Period(last - timedelta(days=1), last).leading_up(YEARS * 12)


def _flow(id: str, title: str, rows: Population, what: str, lead: str = "") -> ReportItem:
    now = Part(
        f"Nya, pågående och avslutade {what} under perioden",
        (flowed(rows, monthly=False),),
        new_ongoing_closed(),
        flows(),
    )
    course = Part(
        f"Nya, pågående och avslutade {what}, månad för månad i drygt ett år",
        (_ups_and_downs(rows),),
        lambda tables: (),
        months_alone,
        flow_columns(),
    )
    return ReportItem(id, title, (now, course), lead=lead, key_figure=True)


SITUATION = Chapter(
    "laget",
    "Hur många möter vi?",
    (
        _flow(
            "arenden",
            "Hur många ärenden är nya, pågående och avslutade?",
            CASES,
            "ärenden",
            "Ett ärende utan registrerad sista dag räknas som pågående.",
        ),
        _flow(
            "nya-pagaende-avslutade",
            "Hur många insatser är nya, pågående och avslutade?",
            INTERVENTIONS,
            "insatser",
        ),
    ),
)


MONTHLY = _Step("month", "Månad", "månad för månad i två år", lambda period: period.leading_up(MONTHS))
QUARTERLY = _Step("quarter", "Kvartal", "kvartal för kvartal i fyra år", _whole_quarters)


def _time(
    id: str, title: str, rows: Population, dates: tuple[str, str], span: str, who_began: str, step: _Step
) -> ReportItem:
    course = Part(
        f"Mediantid {span} för {who_began}, {step.words}",
        (_course(rows, *dates, step),),
        course_told(f"Mediantiden {span} för {who_began}"),
        course_shown(step.heading),
        course_chart(),
    )
    return ReportItem(id, title, (course,), key_figure=True)


TIMES = Chapter(
    "tider",
    "Hur länge får de vänta?",
    (
        _time(
            "utredningstid",
            "Hur lång tid går det från aktualisering till beslut?",
            CASES,
            ("intake_date", "decision_date"),
            "från aktualisering till beslut",
            "ärenden som aktualiserades",
            MONTHLY,
        ),
        _time(
            "vantetid",
            "Hur lång tid går det från beslut till att insatsen börjar?",
            INTERVENTIONS,
            ("decision_date", "start_date"),
            "från beslut till verkställande",
            "insatser som beslutades",
            QUARTERLY,
        ),
    ),
    lead=(
        "Tiden räknas för dem som började vänta i månaden eller kvartalet, och de som väntar än är inräknade med den "
        "tid som har gått (Kaplan–Meier). Där mer än hälften väntar än går tiden inte att säga, så de sista punkterna "
        "kan saknas."
    ),
)


def _result(
    id: str, title: str, column: str, codes: tuple[str, ...], words: str, outside: tuple[str, ...] = (), lead: str = ""
) -> ReportItem:
    def of(selection: Selection, by: str) -> Comparison:
        return Comparison(Share(Where(column, codes), selection, (by,), outside))

    told = LastYearBeside(words)
    beside = Part(
        f"{words}, perioden och samma period året före",
        (against_last_year(of, INTERVENTIONS, "end_date"),),
        told.say,
        told.show,
        count=how_it_was_tried,
    )
    course = Part(
        f"{words}, kvartal för kvartal i fyra år",
        (_share_course(column, codes, "end_date", outside),),
        course_told(words),
        course_shown("Kvartal"),
        course_chart(),
    )
    return ReportItem(id, title, (beside, course), lead=lead, key_figure=True)


RESULTS = Chapter(
    "resultat",
    "Hur går det?",
    (
        _result(
            "maluppfyllelse",
            "Nås målen?",
            "goal_attainment",
            ALL_GOALS,
            "Andelen avslutade insatser där alla mål var uppnådda",
            lead=f"{GOALS_MET} {NOT_EFFECT}",
        ),
        _result(
            "avbrott",
            "Avbryts insatser oplanerat?",
            "closing_reason",
            UNPLANNED,
            "Andelen avslutade insatser som avbröts oplanerat",
            NEVER_BEGUN,
            BEGUN_ONLY,
        ),
    ),
    lead="Kapitlet gäller insatser som avslutades. Talen jämförs med samma period året före.",
)


_GOALS_BY_KIND = shared(INTERVENTIONS, "goal_attainment", ALL_GOALS, BY, event="end_date")


def _compared(asked: Asked) -> Comparison:
    """The same with intervals, where rows of one person count for what they tell together."""
    if not isinstance(asked, Share):
        raise TypeError("only shares have such intervals")
    return Comparison(asked)


def _a_year(ask: Ask) -> Ask:
    """Of a month too few have ended for a result."""
    return lambda period: ask(period.leading_up(max(12, len(list(period.months())))))


COSTS = Chapter(
    "kostnad",
    "Vad kostar det, och hur går det?",
    (
        ReportItem(
            "kostnad-och-resultat",
            "Kostnad bredvid resultat, för varje slag av insats",
            (
                Part(
                    "Kostnad, och andel avslutade insatser där alla mål var uppnådda, minst tolv månader till och med "
                    "perioden",
                    (
                        _a_year(summed("amount", BY)),
                        _a_year(_GOALS_BY_KIND),
                        _a_year(lambda period: _compared(_GOALS_BY_KIND(period))),
                    ),
                    cost_and_result,
                    cost_beside_result,
                ),
            ),
            lead=(
                "Kostnaden är de belopp som började gälla under tiden, resultatet gäller de insatser som avslutades: "
                "det är inte samma personer. "
                "Dyra insatser ges ofta till dem som behöver mest. Talen säger därför inte vad pengarna har "
                "åstadkommit, men de hör ihop i ett samtal om vad som prövas och för vem."
            ),
        ),
    ),
)

"""What the page of differences compares: results, offers and times, each by sex, age and origin, as it is and with
background taken into account.

The kinds of interventions that are compared are the most common ones of the period, whoever has them: each comparison
more makes every other one harder to show, and kinds that few have could not be told anyway.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from skillnad.analysis.calendars import THERE
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Duration, Selection, Share, Where
from skillnad.analysis.results import Level, ProtectedTable
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population, SnapshotColumn
from skillnad.reports.comparison_layouts import compared
from skillnad.reports.contents.asking import CASES, INTERVENTIONS, counted
from skillnad.reports.contents.results import ALL_GOALS, NEVER_BEGUN, UNPLANNED, WITH_OTHERS
from skillnad.reports.outline import Ask, Chapter, Outline, Part, ReportItem, Tables, supported
from skillnad.reports.reading import ranked

TITLE = "Skillnader att förklara"
GROUPS = ("legal_sex", "age_group", "origin")
BACKGROUND = ("problem", *GROUPS, "household_type")
"""What a share is adjusted for, but for what it is divided by."""
MOST_KINDS = 12
POSITIVE = ("1", "2")
"""Values of goal attainment with a positive change, all goals met or not."""
NEED_OF_OTHERS = Where("collaboration", (*WITH_OTHERS, "11"))
"""Not those who had none and needed none: 12 stands alone."""
NO_NEED_OF_PLAN = ("3",)
BEGUN = Where("known:start_date", (THERE,))
"""What never began has nothing to follow up."""

Plain = Share | Duration


class Kind(Enum):
    RESULT = ("resultat", "Resultat", "Hur det gick med insatser som avslutades under perioden.")
    OFFER = (
        "erbjudande",
        "Vad som erbjuds",
        "Vad avslutade ärenden ledde till, och vilket slags insatser som beslutades.",
    )
    TIME = ("tider", "Tider", "Tiden för det som nådde sitt slut under perioden.")

    def __init__(self, id: str, title: str, lead: str) -> None:
        self.id, self.title, self.lead = id, title, lead


@dataclass(frozen=True)
class Matter:
    """Something that groups are compared on. In a sentence: "Av insatserna för kvinnor {verb} 34 % {rest}"; of a time:
    "För hälften av {rows} … {verb} högst 34 dagar {rest}". `groups` are what it is compared by. Of a share within a
    limit, the median of all, `limited` is the title where the limit is known; `rest` has it too, as "{limit}"."""

    id: str
    kind: Kind
    title: str
    rows: str
    verb: str
    rest: str
    ask: Callable[[Period, tuple[str, ...]], Plain]
    groups: tuple[str, ...] = GROUPS
    background: tuple[str, ...] = BACKGROUND
    limited: str = ""


def _share(
    column: str,
    codes: tuple[str, ...],
    event: str,
    *,
    outside: tuple[str, ...] = (),
    where: tuple[Where, ...] = (),
    rows: Population = INTERVENTIONS,
) -> Callable[[Period, tuple[str, ...]], Plain]:
    return lambda period, by: Share(Where(column, codes), Selection(rows, period, event, where), by, outside)


def _time(rows: Population, start: str, end: str) -> Callable[[Period, tuple[str, ...]], Plain]:
    return lambda period, by: Duration(start, end, Selection(rows, period, end), by)


def _result(
    id: str,
    title: str,
    said: tuple[str, str],
    column: str,
    codes: tuple[str, ...],
    *,
    outside: tuple[str, ...] = (),
    where: tuple[Where, ...] = (),
) -> Matter:
    ask = _share(column, codes, "end_date", outside=outside, where=where)
    return Matter(id, Kind.RESULT, title, "insatserna", *said, ask)


NOT_BEGUN = Matter(
    "aldrig-paborjad",
    Kind.RESULT,
    "Insatsen påbörjades aldrig",
    "insatserna",
    "påbörjades",
    "aldrig",
    _share("closing_reason", NEVER_BEGUN, "end_date"),
    # what never began has no age: an intervention's is taken when it begins
    tuple(group for group in GROUPS if group != "age_group"),
    tuple(column for column in BACKGROUND if column != "age_group"),
)

RESULTS = (
    _result("mal", "Alla mål uppnådda", ("nådde", "alla mål"), "goal_attainment", ALL_GOALS),
    _result("forandring", "Positiv förändring", ("hade", "en positiv förändring"), "goal_attainment", POSITIVE),
    _result(
        "oplanerat", "Oplanerat avbrott", ("avbröts", "oplanerat"), "closing_reason", UNPLANNED, outside=NEVER_BEGUN
    ),
    NOT_BEGUN,
    _result("som-planerat", "Genomförd som planerat", ("genomfördes", "som planerat"), "adherence_to_plan", ("1",)),
    _result(
        "samverkan",
        "Samverkan där den behövs",
        ("hade", "samverkan med andra verksamheter, där den behövs"),
        "collaboration",
        WITH_OTHERS,
        where=(NEED_OF_OTHERS,),
    ),
    _result(
        "sip",
        "SIP där den behövs",
        ("hade", "en samordnad individuell plan (SIP), där den behövs"),
        "coordinated_plan",
        ("1",),
        outside=NO_NEED_OF_PLAN,
    ),
    # of what has ended: much of what goes on is yet to be followed up
    _result(
        "uppfoljning",
        "Insatsen följdes upp",
        ("följdes", "upp"),
        "known:follow_up_date",
        (THERE,),
        where=(BEGUN,),
    ),
)
DECIDED = Matter(
    "beslut",
    Kind.OFFER,
    "Ärendet ledde till beslut",
    "de avslutade ärendena",
    "ledde",
    "till ett beslut",
    # of closed cases: in a share of those that came in, the late ones would count as undecided
    _share("known:decision_date", (THERE,), "closed_date", rows=CASES),
)


def _days(
    id: str, title: str, said: tuple[str, str, str], within: tuple[str, str, str], days: tuple[Population, str, str]
) -> tuple[Matter, Matter]:
    """A time as it is, in days; and how many were done within the median of all, which can be adjusted."""
    ask, rows = _time(*days), said[0]
    limited, verb, rest = within
    done = limited.replace("{limit} dagar", "mediantiden")
    return (
        Matter(id, Kind.TIME, title, *said, ask, background=()),
        Matter(f"{id}-inom", Kind.TIME, done, rows, verb, rest, ask, limited=limited),
    )


TIMES = (
    *_days(
        "utredningstid",
        "Från aktualisering till beslut",
        ("ärendena", "tog det", "från aktualisering till beslut"),
        ("Beslut inom {limit} dagar", "fick", "beslut inom {limit} dagar från aktualiseringen"),
        (CASES, "intake_date", "decision_date"),
    ),
    *_days(
        "vantetid",
        "Från beslut till verkställande",
        ("insatserna", "tog det", "från beslut till verkställande"),
        ("Verkställd inom {limit} dagar", "verkställdes", "inom {limit} dagar från beslutet"),
        (INTERVENTIONS, "decision_date", "start_date"),
    ),
    *_days(
        "insatstid",
        "Insatsens längd",
        ("insatserna", "varade insatsen", "från verkställande till avslut"),
        ("Avslutad inom {limit} dagar", "avslutades", "inom {limit} dagar från verkställandet"),
        (INTERVENTIONS, "start_date", "end_date"),
    ),
)
KINDS = counted(INTERVENTIONS, "intervention_type", event="decision_date")
"""Asked first: which kinds of interventions are common."""


def common_kinds(table: ProtectedTable) -> tuple[Level, ...]:
    """The most common of KINDS' table, of those that are shown."""
    return tuple(level for level, _ in ranked(table)[:MOST_KINDS])


def matters(kinds: Sequence[Level]) -> tuple[Matter, ...]:
    return (*RESULTS, DECIDED, *map(_offer, kinds), *TIMES)


def _offer(kind: Level) -> Matter:
    name = f"”{kind.label}”"
    ask = _share("intervention_type", (kind.code,), "decision_date")
    return Matter(f"insatstyp-{kind.code}", Kind.OFFER, name, "de beslutade insatserna", "var", name, ask)


def differences_outline(compared_on: Sequence[Matter], manifest: Manifest, period: Period) -> Outline:
    """A chapter for each kind, an item for each matter, a part for each way to divide people; without what the snapshot
    lacks, which it says."""
    chapters = tuple(
        Chapter(
            kind.id, kind.title, tuple(_item(m, manifest, period) for m in compared_on if m.kind is kind), kind.lead
        )
        for kind in Kind
    )
    return supported(Outline(tuple(chapter for chapter in chapters if chapter.items)), manifest, period)


def _item(matter: Matter, manifest: Manifest, period: Period) -> ReportItem:
    """Of a share within the median that nothing can adjust there is no part: the time as it is says as much."""
    table = manifest.tables.get(matter.ask(period, ()).selection.population)
    has: Mapping[str, SnapshotColumn] = table.columns if table else {}
    background = {group: tuple(c for c in matter.background if c in has and c != group) for group in matter.groups}
    parts = tuple(
        Part(f"{matter.title}, {group}", (_asking(matter, group, background[group]),), _unsaid, compared())
        for group in matter.groups
        if background[group] or not matter.limited
    )
    return ReportItem(matter.id, matter.title, parts)


def _asking(matter: Matter, group: str, background: tuple[str, ...]) -> Ask:
    """Adjusted for the background that the snapshot has columns for."""
    return lambda asked: Comparison(matter.ask(asked, (group,)), adjusted_for=background)


def _unsaid(tables: Tables) -> tuple[str, ...]:
    """A part alone says nothing: a page judges all its comparisons together."""
    return ()

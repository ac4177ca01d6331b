"""Children and young people in family homes and HVB, row by row as a survey of municipalities asked about them.

Each row is answered as far as the extracts reach, and says what they lack and what would be needed.
"""

from skillnad.analysis.questions import Where
from skillnad.codebook.snapshot_schema import AT_START
from skillnad.reports.chart_months import flow_columns
from skillnad.reports.charts import amount_bars, bars, share_bars, spans
from skillnad.reports.cohorts import decided_within, within_shown
from skillnad.reports.contents.asking import (
    CASES,
    FOLLOW_UPS,
    INTERVENTIONS,
    REVIEWS,
    Conditions,
    began,
    counted,
    flowed,
    lasted,
    people,
    shared,
    summed,
)
from skillnad.reports.contents.results import ALL_GOALS, GOALS_MET, NEVER_BEGUN, NOT_EFFECT, UNPLANNED, WITH_OTHERS
from skillnad.reports.groups import share_by
from skillnad.reports.layouts import amounts, durations, flows, frequency, months_alone, shares
from skillnad.reports.outline import Chapter, Part, ReportItem, Tables
from skillnad.reports.reading import count, known
from skillnad.reports.wording import commonest, costs, how_long, in_the_table, new_ongoing_closed, split

FAMILY_HOME, HVB = "10", "12"
PLACEMENTS = (FAMILY_HOME, HVB)
FORMS = ("1", FAMILY_HOME, HVB, "16", "26", "31")
"""Every form of placement that the standard has: special approved homes (§ 12 LVU), emergency and network homes and
supported housing beside the two that the chapter is of."""
FOUR_MONTHS = 120
"""Days that the law gives an investigation of a child (11 kap. 2 § SoL), told as a limit that days can be held to."""

ASK_THEM = (
    "Underlagen ur verksamhetssystemen innehåller inga svar från {whom}. Det som behövs är en "
    "återkommande fråga till dem, "
    "med ett svarssätt som skyddar den som svarar, till exempel de sex brukarfrågorna om förändring, "
    "betydelse, nöjdhet, "
    "bemötande och delaktighet."
)


ADULT = 18

NO_DUE_DATES = (
    "Om omprövningar och överväganden gjordes i tid går inte att säga: underlaget har inga dagar då de senast skulle "
    "göras."
)


def chapter(child_bands: tuple[str, ...], forms: tuple[str, ...] = FORMS) -> Chapter:
    """The chapter, for the age bands where everyone is at most 20: one and the same population all through, by the age
    when the placement began. `forms` are those of FORMS that the municipality's codebook has."""
    young, young_then = (_young(column, child_bands) for column in ("age_group", AT_START))
    kinds = Where("intervention_type", PLACEMENTS)
    placed, of_placed = (kinds, *young), (kinds, *young_then)
    return Chapter(
        "placerade",
        "Barn och unga i familjehem och HVB",
        (
            _goals_of_the_committee(),
            _costs(of_placed),
            _law(young_then, tuple(band for band in child_bands if last_age(band) < ADULT)),
            _ways_of_working(of_placed),
            _statistics(placed, (Where("intervention_type", forms), *young)),
            _at_the_end(placed),
            _staff(),
            _results("resultat-hvb", "HVB", HVB, young),
            _results("resultat-familjehem", "familjehem", FAMILY_HOME, young),
            _asked("barnens-uppfattning", "Barn och ungas uppfattning", "barnen och de unga"),
            _asked("vardnadshavares-uppfattning", "Vårdnadshavares uppfattning", "vårdnadshavarna"),
            _asked("personalens-uppfattning", "Personalens uppfattning", "personalen"),
            _asked("vardgivares-uppfattning", "Vårdgivares uppfattning", "familjehemmen och HVB-hemmen"),
            _other(placed),
        ),
        lead=_lead(child_bands),
    )


def last_age(band: str) -> int:
    """The oldest that someone in a band such as 13-17 can be, in whole years."""
    return int(band.rpartition("-")[2])


def _young(column: str, child_bands: tuple[str, ...]) -> Conditions:
    return (Where(column, child_bands),) if child_bands else ()


def _lead(child_bands: tuple[str, ...]) -> str:
    ages = f"i åldersgrupperna {', '.join(child_bands).replace('-', '–')} år" if child_bands else "i alla åldrar"
    return (
        "Kapitlet gäller insatstyperna familjehem och hem för vård eller boende (HVB), för personer "
        f"{ages} när placeringen "
        "började. Det är den åldern som gäller också för placeringens kostnader, omprövningar och uppföljningar. "
        f"{_left_out(child_bands)}"
        "Jourhem, nätverkshem, stödboende och särskilda ungdomshem ingår bara i tabellen efter placeringsform. Varje "
        "rubrik är "
        "en rad i frågan om "
        "vilka uppgifter en verksamhetsuppföljning av placerade barn och unga innehåller."
    )


def _left_out(child_bands: tuple[str, ...]) -> str:
    """Whom the bands leave out: those of unknown age, and the oldest of the young where the bands stop before 20."""
    if not child_bands:
        return ""
    last = max(map(last_age, child_bands))
    older = f"Unga över {last} år ingår inte, för deras åldersgrupp rymmer också vuxna över 20. " if last < 20 else ""
    return f"{older}Den vars ålder är okänd ingår inte. "


def _goals_of_the_committee() -> ReportItem:
    return ReportItem(
        "namndens-mal",
        "Nämndens verksamhetsmål",
        lacking="Underlagen innehåller inte nämndens mål. Det som behövs är målen för placerade barn och "
        "unga, vart och ett med "
        "ett mått och ett målvärde; de flesta sådana mått går att räkna ur det som redan finns här.",
    )


def _costs(placed: Conditions) -> ReportItem:
    part = Part(
        "Kostnader som började under perioden, efter insatstyp",
        (summed("amount", "intervention_type", where=placed),),
        costs("Placeringarna kostade"),
        amounts(),
        amount_bars(),
    )
    return ReportItem(
        "vardkostnader",
        "Budget för vårdkostnader",
        (part,),
        lacking="Underlagen visar kostnaden men inte budgeten. Det som behövs är budgeten för samma "
        "placeringar och period.",
    )


def _law(young: Conditions, of_children: tuple[str, ...]) -> ReportItem:
    """Reviews are of care away from home, so all of them count: also those that hang on the child's case alone.

    `of_children` are the age bands below 18, whose investigations the law gives four months.
    """
    in_time = Part(
        "Andel omprövningar och överväganden som gjordes i tid, efter kön och ålder när insatsen började",
        (
            shared(REVIEWS, "review_in_time", ("in_time",), "legal_sex", where=young),
            shared(REVIEWS, "review_in_time", ("in_time",), AT_START, where=young),
        ),
        _told_in_time,
        shares("Antal som skulle göras", "Andel i tid"),
        share_bars(),
    )
    held = Part(
        "Omprövningar och överväganden som gjordes under perioden, efter kön",
        (counted(REVIEWS, "legal_sex", event="held_date", where=young),),
        split("gjordes under perioden"),
        frequency(),
    )
    return ReportItem(
        "laguppfyllelse",
        "Laguppfyllelse",
        (in_time, held, *_investigated(of_children)),
        lead="Raden gäller alla omprövningar och överväganden i åldersgrupperna, oavsett placeringsform: underlagen "
        "knyter dem ofta till barnets ärende och inte till en viss placering. Då gäller åldern när ärendets senaste "
        "insats dittills började, och omprövningens egen dag om ingen insats hade börjat. Utredningstiden gäller alla "
        "barns ärenden, också dem som inte ledde till placering.",
        lacking="Andra lagkrav, som uppföljning av vården och besök, finns inte i underlagen som egna datum.",
        key_figure=True,
    )


def _investigated(of_children: tuple[str, ...]) -> tuple[Part, ...]:
    """The share of investigations that are done within four months, the open counted in. Without bands nobody knows
    which are children's."""
    if not of_children:
        return ()
    children = (Where("age_group", of_children),)
    dates, limits = ("intake_date", "decision_date"), (FOUR_MONTHS,)
    ages = f"under {last_age(of_children[-1]) + 1} år"
    began_then, ended_then = "aktualiserades under perioden", "beslutades under perioden"
    part = Part(
        f"Ärenden för barn {ages}: från aktualisering till beslut inom fyra månader ({FOUR_MONTHS} dagar)",
        (
            began(CASES, *dates, where=children, within=limits),
            lasted(CASES, *dates, where=children, within=limits),
        ),
        decided_within(FOUR_MONTHS, f"ärendena för barn {ages}", began_then, ended_then, "fyra månader"),
        within_shown(FOUR_MONTHS, (began_then.capitalize(), ended_then.capitalize())),
    )
    return (part,)


def _told_in_time(tables: Tables) -> tuple[str, ...]:
    """Where no review of the period has a day when it was due, nothing is known of time."""
    if known(tables[0]) == 0 and count(tables[0]) != 0:
        return (NO_DUE_DATES,)
    return share_by("som skulle göras under perioden gjordes i tid")(tables)


def _ways_of_working(placed: Conditions) -> ReportItem:
    together = Part(
        "Andel uppföljningar där samverkan skett med någon annan verksamhet",
        (shared(FOLLOW_UPS, "collaboration", WITH_OTHERS, "intervention_type", where=placed),),
        share_by("visar samverkan med minst en annan verksamhet"),
        shares("Antal uppföljningar med uppgift", "Andel med samverkan"),
    )
    plans = Part(
        "Samordnad individuell plan (SIP) vid uppföljningarna",
        (counted(FOLLOW_UPS, "coordinated_plan", where=placed),),
        split("gjordes, med uppgiften"),
        frequency(),
        bars(sort=False),
    )
    return ReportItem(
        "arbetsprocesser",
        "Verksamhetens arbetsprocesser",
        (together, plans),
        lacking="Rutiner och hur de följs finns inte i underlagen. Det som behövs är en egenkontroll med "
        "svar per rutin.",
    )


def _statistics(placed: Conditions, of_any_form: Conditions) -> ReportItem:
    by_sex = Part(
        "Placerade barn och unga under perioden, efter kön",
        (people(INTERVENTIONS, "legal_sex", ongoing=True, where=placed),),
        split("var placerade i familjehem eller HVB någon gång under perioden"),
        frequency(),
        bars(sort=False),
    )
    by_age = Part(
        "Placerade barn och unga under perioden, efter ålder när placeringen började",
        (people(INTERVENTIONS, "age_group", ongoing=True, where=placed),),
        commonest("åldersgruppen"),
        frequency(),
        bars(sort=False, most=0),
    )
    by_form = Part(
        "Placerade barn och unga under perioden, efter placeringsform",
        (people(INTERVENTIONS, "intervention_type", ongoing=True, where=of_any_form),),
        commonest("placeringsformen"),
        frequency(),
        bars(sort=False, most=0),
    )
    whole_period = Part(
        "Nya, pågående och avslutade placeringar under perioden",
        (flowed(INTERVENTIONS, monthly=False, where=placed),),
        new_ongoing_closed("placeringar"),
        flows(),
    )
    stream = Part(
        "Nya, pågående och avslutade placeringar, månad för månad",
        (flowed(INTERVENTIONS, where=placed),),
        in_the_table,
        months_alone,
        flow_columns(),
    )
    return ReportItem(
        "statistik",
        "Statistik om de placerade barnen och unga",
        (by_sex, by_age, by_form, whole_period, stream),
        lead="Tabellen efter placeringsform har också med jourhem, nätverkshem, stödboende och särskilda ungdomshem "
        "(§ 12 LVU-hem). Ett barn som har varit i flera former räknas en gång i var och en.",
        key_figure=True,
    )


def _at_the_end(placed: Conditions) -> ReportItem:
    why = Part(
        "Avslutsorsak för placeringar som avslutades under perioden",
        (counted(INTERVENTIONS, "closing_reason", event="end_date", where=placed),),
        commonest("avslutsorsaken"),
        frequency(sort=True),
        bars(),
    )
    broken = Part(
        "Andel av de påbörjade och avslutade placeringarna som avbröts oplanerat (sammanbrott)",
        (
            shared(
                INTERVENTIONS,
                "closing_reason",
                UNPLANNED,
                "legal_sex",
                event="end_date",
                where=placed,
                outside=NEVER_BEGUN,
            ),
        ),
        share_by("som hade påbörjats och avslutades under perioden avbröts oplanerat"),
        shares("Antal avslutade med uppgift", "Andel oplanerade avbrott"),
        share_bars(),
    )
    return ReportItem(
        "vid-avslut",
        "Uppgifter vid avslut av placeringen",
        (why, broken),
        lead="Som oplanerat avbrott räknas att utföraren, den unge eller en vårdnadshavare avbröt placeringen. "
        "En placering som aldrig påbörjades kan inte avbrytas, och ingår inte i andelen.",
        lacking="Vart barnet flyttar efter placeringen finns inte i underlagen.",
    )


def _staff() -> ReportItem:
    return ReportItem(
        "personal",
        "Personalen och deras förutsättningar",
        lacking="Underlagen innehåller inga uppgifter om personalen. Det som behövs är till exempel "
        "utbildning, antal barn per "
        "socialsekreterare och personalomsättning ur personalsystemet, som tal per enhet.",
    )


def _results(id: str, where_to: str, code: str, young: Conditions) -> ReportItem:
    where = (Where("intervention_type", (code,)), *young)
    goals = Part(
        f"Måluppfyllelse vid senaste uppföljningen, placeringar i {where_to} som avslutades under perioden",
        (counted(INTERVENTIONS, "goal_attainment", event="end_date", where=where),),
        commonest("bedömningen"),
        frequency(),
        bars(sort=False),
    )
    reached = Part(
        f"Andel avslutade placeringar i {where_to} där alla mål var uppnådda vid senaste uppföljningen",
        (shared(INTERVENTIONS, "goal_attainment", ALL_GOALS, "legal_sex", event="end_date", where=where),),
        share_by("som avslutades under perioden hade alla mål uppnådda vid senaste uppföljningen"),
        shares("Antal avslutade med uppgift", "Andel med alla mål uppnådda"),
        share_bars(),
    )
    lacking = "Resultat med bedömningsinstrument finns inte i underlagen."
    return ReportItem(id, f"Resultat av insatsen – {where_to}", (goals, reached), f"{GOALS_MET} {NOT_EFFECT}", lacking)


def _asked(id: str, title: str, whom: str) -> ReportItem:
    return ReportItem(id, title, lacking=ASK_THEM.format(whom=whom))


def _other(placed: Conditions) -> ReportItem:
    part = Part(
        "Dagar från placeringens början till avslut, efter kön och ålder",
        (
            lasted(INTERVENTIONS, "start_date", "end_date", "legal_sex", where=placed),
            lasted(INTERVENTIONS, "start_date", "end_date", "age_group", where=placed),
        ),
        how_long("placeringarna som avslutades under perioden", "från början till avslut"),
        durations(),
        spans(),
    )
    return ReportItem(
        "andra-uppgifter",
        "Andra uppgifter: hur länge placeringarna varar",
        (part,),
        lacking="Skolgång och hälsa under placeringen finns inte i underlagen.",
    )

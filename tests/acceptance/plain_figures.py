"""The report's key figures out of a plain register: counting with Counter, and quantiles by their definition."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from acceptance.plain_demo import Case, Intervention, Register

Key = tuple[str, ...]
ALL = "*"


def within(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def cases_of(register: Register, year: int) -> list[Case]:
    return [case for case in register.cases.values() if within(case.intake, year)]


def started(register: Register, year: int) -> list[Intervention]:
    return [each for each in register.interventions.values() if within(each.started, year)]


def ended(register: Register, year: int) -> list[Intervention]:
    return [each for each in register.interventions.values() if within(each.ended, year)]


def values(sets: Iterable[tuple[str, ...]]) -> Counter[Key]:
    """How many rows have each value, none of them (""), and how many there are."""
    found: Counter[Key] = Counter()
    for codes in sets:
        found.update((code,) for code in codes or ("",))
        found[(ALL,)] += 1
    return found


def intake_reasons(register: Register, year: int) -> Counter[Key]:
    return values(case.reasons for case in cases_of(register, year))


def problems(register: Register, year: int) -> Counter[Key]:
    return values(case.problems for case in cases_of(register, year))


def households(register: Register, year: int) -> Counter[Key]:
    return values((case.household,) for case in cases_of(register, year))


def origins(register: Register, year: int) -> Counter[Key]:
    return values((register.clients[case.client].origin,) for case in cases_of(register, year))


def intakes_by_month(register: Register, year: int) -> Counter[Key]:
    return values((f"{case.intake:%Y-%m}",) for case in cases_of(register, year))


def intervention_types(register: Register, year: int) -> Counter[Key]:
    return values(each.types for each in started(register, year))


def problems_by_sex(register: Register, year: int) -> Counter[Key]:
    rows = ((case.problems or ("",), register.clients[case.client].sex) for case in cases_of(register, year))
    return crossed(rows)


def types_by_problem(register: Register, year: int) -> Counter[Key]:
    """Problem down, intervention type across."""
    found: Counter[Key] = Counter()
    for each in started(register, year):
        down, across = register.cases[each.case].problems or ("",), each.types or ("",)
        found.update((a, b) for a in (*down, ALL) for b in (*across, ALL))
    return found


def crossed(rows: Iterable[tuple[tuple[str, ...], str]]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for codes, group in rows:
        found.update((code, level) for code in (*codes, ALL) for level in (group, ALL))
    return found


def ongoing_clients_by_sex(register: Register, year: int) -> Counter[Key]:
    """Distinct clients with an intervention on some day of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    clients = {
        register.cases[each.case].client
        for each in register.interventions.values()
        if each.started and each.started <= last and (each.ended is None or each.ended >= first)
    }
    return values((register.clients[client].sex,) for client in clients)


def flow(spans: Iterable[tuple[date | None, date | None]], year: int) -> Counter[Key]:
    """Ongoing before the first day, new, closed, and ongoing after the last."""
    found: Counter[Key] = Counter()
    first, last = date(year, 1, 1), date(year, 12, 31)
    for start, end in spans:
        if start is None:
            continue
        found[("ongoing_start",)] += start < first and (end is None or end >= first)
        found[("new",)] += first <= start <= last
        found[("closed",)] += end is not None and first <= end <= last
        found[("ongoing_end",)] += start <= last and (end is None or end > last)
        found[(ALL,)] += start <= last and (end is None or end >= first)
    return found


def intervention_flow(register: Register, year: int) -> Counter[Key]:
    return flow(((each.started, each.ended) for each in register.interventions.values()), year)


def case_flow(register: Register, year: int) -> Counter[Key]:
    return flow(((case.intake, case.closed) for case in register.cases.values()), year)


def goals_by_sex(register: Register, year: int) -> Counter[Key]:
    """The latest follow-up's goal attainment, among interventions that ended in the year."""
    latest: dict[str, tuple[date, str]] = {}
    for visit in register.follow_ups.values():
        latest[visit.intervention] = max(latest.get(visit.intervention, (date.min, "")), (visit.day, visit.goal))
    return crossed(
        ((latest.get(key, (date.min, ""))[1],), _sex(register, each))
        for key, each in register.interventions.items()
        if within(each.ended, year)
    )


def _sex(register: Register, each: Intervention) -> str:
    return register.clients[register.cases[each.case].client].sex


def closing_reasons(register: Register, year: int) -> Counter[Key]:
    return values((each.closing,) for each in ended(register, year))


def broken_off_by_sex(register: Register, year: int) -> Mapping[str, tuple[int, int]]:
    """Of those that ended in the year, had begun and have a reason: how many were broken off, and how many they are."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in ended(register, year):
        if each.closing in ("", "8"):
            continue
        for sex in (_sex(register, each), ALL):
            found[sex][0] += each.closing in ("3", "4", "5")
            found[sex][1] += 1
    return {sex: (broken, known) for sex, (broken, known) in found.items()}


def ages_at_start(register: Register, year: int) -> Counter[Key]:
    """Whole years from the birth date in the identity to the first day, in the report's bands."""
    return values((_band(_age(register.cases[each.case].client, each.started)),) for each in started(register, year))


def reviews_by_age_at_start(register: Register, year: int) -> Counter[Key]:
    """The same of the reviews due in the year: the age when what is reviewed began."""
    reviewed = [register.interventions[key] for key, due, _ in register.reviews.values() if within(due, year)]
    return values((_band(_age(register.cases[each.case].client, each.started)),) for each in reviewed)


def _age(identity: str, day: date | None) -> int | None:
    if day is None or not identity[:8].isdigit():
        return None
    born = int(identity[:8])
    return (day.year * 10_000 + day.month * 100 + day.day - born) // 10_000


def _band(age: int | None) -> str:
    bands = ((0, 6), (7, 12), (13, 17), (18, 20), (21, 24), (25, 44), (45, 64), (65, 79))
    if age is None:
        return ""
    return next((f"{low}-{high}" for low, high in bands if low <= age <= high), "80+")


def quartiles(days: list[int]) -> tuple[float, float, float]:
    """Quantiles that interpolate linearly between the ordered days."""
    days = sorted(days)

    def at(share: float) -> float:
        place = (len(days) - 1) * share
        low = int(place)
        high = min(low + 1, len(days) - 1)
        return days[low] + (days[high] - days[low]) * (place - low)

    return at(0.25), at(0.5), at(0.75)


def days_to_decision(register: Register, year: int) -> Mapping[str, list[int]]:
    """Days from intake to decision by legal sex, and all, among cases decided in the year."""
    return _by_sex(
        (register.clients[case.client].sex, case.intake, case.decided)
        for case in register.cases.values()
        if within(case.decided, year)
    )


def days_to_end(register: Register, year: int) -> Mapping[str, list[int]]:
    """Days from start to end by legal sex, and all, among interventions ended in the year."""
    return _by_sex((_sex(register, each), each.started, each.ended) for each in ended(register, year))


def _by_sex(rows: Iterator[tuple[str, date | None, date | None]]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for sex, start, end in rows:
        if start and end and end >= start:
            found[sex].append((end - start).days)
            found[ALL].append((end - start).days)
    return found


def reviews_in_time(register: Register, year: int) -> tuple[int, int]:
    """Reviews due in the year, and how many of them were held on the day or before."""
    due = [(due, held) for _, due, held in register.reviews.values() if within(due, year)]
    return len(due), sum(held is not None and held <= due for due, held in due)


def costs_of_the_year(register: Register, year: int) -> float:
    """SEK of costs that began in the year."""
    return sum(amount for _, first, amount in register.costs.values() if within(first, year)) / 100

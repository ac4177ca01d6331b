"""What a reader found, in plain Swedish. Only what was published, and what follows from it, is in these words."""

from collections.abc import Iterator
from math import inf

from skillnad.analysis.disclosure.attack.findings import Attack, Finding, Kind
from skillnad.analysis.disclosure.attack.published import Place
from skillnad.analysis.disclosure.attack.route import Route, Term

EVERYBODY = "alla"
MOST_TERMS = 12
"""A longer route is told by how many numbers it takes."""
MINUS = "−"


def told(found: Attack, *, most: int = 50) -> Iterator[str]:
    """The attack line by line, the worst first."""
    yield f"{found.cells} grupper av människor, {found.gaps} av dem luckor. Läsaren {found.reader.sv}."
    if not found.findings:
        yield "Inget litet tal går att räkna ut, och ingen lucka."
        return
    for title, findings in (
        ("Går att räkna ut om få:", found.small),
        ("Andra luckor som går att fylla i eller ringa in:", [each for each in found.findings if not each.small]),
    ):
        if findings:
            yield ""
            yield f"{title} {len(findings)}"
            yield from (f"- {line(finding)}" for finding in findings[:most])
            if len(findings) > most:
                yield f"- och {len(findings) - most} till"
    if not found.small:
        yield ""
        yield "Inget litet tal går att räkna ut."


def line(finding: Finding) -> str:
    """Who, how many, and why."""
    who, why = place(finding.people), _why(finding)
    return f"{who}: {_number(finding)}{', ' if why else ''}{why}."


def place(people: Place) -> str:
    return ", ".join(f"{column} {value}" for column, value in people) or EVERYBODY


def _number(finding: Finding) -> str:
    if finding.low == finding.high:
        return str(finding.low)
    return f"minst {finding.low}" if finding.high == inf else f"{finding.low}–{int(finding.high)}"


def _why(finding: Finding) -> str:
    match finding.kind:
        case Kind.SHOWN:
            return "det står i tabellen"
        case Kind.ELSEWHERE:
            return f"luckan står ifylld i en annan av tabellerna ({', '.join(finding.tables)})"
        case Kind.SHARE:
            return "".join(f"andelen kan inte vara något annat antal av {_name(r.terms[0])}" for r in finding.routes)
        case Kind.GROUP:
            return "så ingen i den lilla gruppen är det" + "".join(
                f", för att {_sum(route)}" for route in finding.routes
            )
    return " och ".join(filter(None, map(_route, finding.routes)))


def _route(route: Route) -> str:
    if len([term for term in route.terms if term.factor]) > MOST_TERMS:
        return f"{_end(route)}det följer av {len(route.terms)} andra tal tillsammans"
    if not route.terms:
        return ""
    return f"{_end(route)}för att {_sum(route)}"


def _end(route: Route) -> str:
    return "" if route.upward is None else "inte fler " if route.upward else "inte färre "


def _sum(route: Route) -> str:
    """ "område Norr är 20 och kön man, område Norr är 17" where that is all; else the sum itself."""
    terms = [term for term in route.terms if term.factor]
    shares = "".join(f", med andelen för {place(term.people)}" for term in route.terms if not term.factor)
    if len(terms) == 2 and not any(term.limit for term in terms) and [term.factor for term in terms] == [1.0, -1.0]:
        return f"{_is(terms[0])} och {_is(terms[1])}{shares}"
    parts = [f"{_sign(term, at == 0)}{_factor(term)}{_told(term)}" for at, term in enumerate(terms)]
    return " ".join(parts) + (f" = {_rounded(route.value)}" if len(terms) > 1 else "") + shares


def _is(term: Term) -> str:
    return f"{place(term.people)} är {term.count}{_of_share(term)}"


def _name(term: Term) -> str:
    return f"{place(term.people)} ({term.count})"


def _told(term: Term) -> str:
    if not term.limit:
        return f"{term.count} ({place(term.people)}{_of_share(term)})"
    return f"{term.count} ({place(term.people)}, en lucka, är {'minst' if term.factor < 0 else 'högst'} det)"


def _of_share(term: Term) -> str:
    return ", enligt andelen" if term.share else ""


def _sign(term: Term, first: bool) -> str:
    if first:
        return MINUS if term.factor < 0 else ""
    return f"{MINUS} " if term.factor < 0 else "+ "


def _factor(term: Term) -> str:
    size = abs(term.factor)
    return "" if abs(size - 1) < 1e-6 else f"{_rounded(size)} × "


def _rounded(number: float) -> str:
    return f"{round(number, 2):g}".replace(".", ",")

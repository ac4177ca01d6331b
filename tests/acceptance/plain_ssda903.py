"""What the SSDA903 files say, counted with nothing but the csv module: the other computation of the acceptance test.

It shares no code, no mapping and no codebook with Skillnad. Codes of the standard are written as the mapping's page
(examples/ssda903/README.md) says them.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

WOMAN, MAN = "1", "2"
KINDS = {
    # intervention_type by PLACE, as a caseworker would say it
    "1": "K1",
    "2": "P3 Z1",
    "10": "A3 A4 A5 A6 U4 U5 U6",
    "12": "K2 R1 R3",
    "20": "T0 T2 T3 T4",
    "26": "U1 U2 U3",
    "31": "H5",
    "34": "P2",
    "hos-foralder": "P1",
    "vardinrattning": "R2 T1",
    "internatskola": "S1",
    "anstalt": "R5",
}
KIND = {place: kind for kind, places in KINDS.items() for place in places.split()}
PROBLEMS = {
    "N1": "1 2", "N2": "5 7", "N3": "1", "N4": "14", "N5": "14", "N6": "14", "N7": "10", "N8": "1",
}  # fmt: skip
BANDS = {"0-6": range(7), "7-12": range(7, 13), "13-17": range(13, 18), "18-20": range(18, 21)}


@dataclass(frozen=True)
class Child:
    sex: str
    born: date
    unaccompanied: bool
    sdq: int | None


@dataclass(frozen=True)
class Episode:
    """One placement; `last` is None where it was going on at the end of the day that is looked back to."""

    child: str
    sex: str
    born: date
    first: date
    last: date | None
    kind: str
    needs: frozenset[str]
    reason: str
    provider: str

    @property
    def age_band(self) -> str:
        years = _age(self.born, self.first)
        return next(band for band, ages in BANDS.items() if years in ages)

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and (self.last is None or self.last >= first)


class Records:
    """The files of one folder, as of a day."""

    def __init__(self, folder: Path, day: date) -> None:
        self.folder, self.day = folder, day
        unaccompanied = {row["CHILD"] for row in self._rows("uasc.csv")}
        scores = {row["CHILD"]: row["SDQ_SCORE"] for row in self._rows("oc2.csv")}
        self.children = {
            row["CHILD"]: Child(
                sex={"1": MAN, "2": WOMAN}[row["SEX"]],
                born=_day(row["DOB"]),
                unaccompanied=row["CHILD"] in unaccompanied,
                sdq=int(scores[row["CHILD"]]) if scores.get(row["CHILD"]) else None,
            )
            for row in self._rows("header.csv")
        }
        self.needs = self._needs()
        self.reviews = sorted(self._reviews())
        self.episodes = [episode for episode in self._episodes() if episode.first <= day]

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self.folder / name).open(encoding="ascii", newline="") as file:
            yield from csv.DictReader(file)

    def _needs(self) -> dict[str, set[str]]:
        """The problems of each child's case: of every episode, and being alone."""
        needs: dict[str, set[str]] = {name: {"13"} for name, child in self.children.items() if child.unaccompanied}
        for row in self._rows("episodes.csv"):
            needs.setdefault(row["CHILD"], set()).update(PROBLEMS[row["CIN"]].split())
        return needs

    def _reviews(self) -> set[tuple[date, str]]:
        """Days and children of the reviews held by the day; one a child and day."""
        held = {(_day(row["REVIEW"]), row["CHILD"]) for row in self._rows("reviews.csv")}
        return {(day, child) for day, child in held if day <= self.day}

    def review_rows_after(self, day: date) -> int:
        """Rows of reviews after a day: after today's, none can have been held."""
        return sum(_day(row["REVIEW"]) > day for row in self._rows("reviews.csv"))

    def cases(self) -> set[str]:
        """Children with a case: an episode, being alone, or a review."""
        return {*self.needs, *(row["CHILD"] for row in self._rows("reviews.csv"))}

    def held(self, year: int) -> Counter[str]:
        """Reviews held in the year, by the child's sex."""
        return Counter(self.children[child].sex for day, child in self.reviews if day.year == year)

    def held_for_the_young(self, year: int) -> int:
        """Reviews held in the year of those who were at most 20 when their latest placement until then began."""
        held = [(day, child) for day, child in self.reviews if day.year == year]
        return sum(_age(self.children[child].born, self._placed_by(child, day)) <= 20 for day, child in held)

    def _placed_by(self, child: str, day: date) -> date:
        """The day itself where no placement had begun."""
        return max((e.first for e in self.episodes if e.child == child and e.first <= day), default=day)

    def _episodes(self) -> Iterator[Episode]:
        for row in self._rows("episodes.csv"):
            child = self.children[row["CHILD"]]
            last = _day(row["DEC"]) if row["DEC"] else None
            over = last is not None and last <= self.day
            yield Episode(
                child=row["CHILD"],
                sex=child.sex,
                born=child.born,
                first=_day(row["DECOM"]),
                last=last if over else None,
                kind=KIND[row["PLACE"]],
                needs=frozenset(self.needs[row["CHILD"]]),
                reason=_reason(row) if over else "",
                provider=row["PLACE_PROVIDER"],
            )

    def begun(self, year: int, by: Callable[[Episode], str]) -> Counter[str]:
        """Episodes that began in the year."""
        return Counter(by(episode) for episode in self.episodes if episode.first.year == year)

    def ended(self, year: int) -> list[Episode]:
        return [episode for episode in self.episodes if episode.last is not None and episode.last.year == year]

    def children_in_care(self, year: int, by: Callable[[Episode], str]) -> Counter[str]:
        """Different children with an episode on some day of the year."""
        met = {(episode.child, by(episode)) for episode in self.episodes if episode.touches(*_year(year))}
        return Counter(group for _, group in met)

    def flow(self, year: int) -> dict[str, int]:
        """Going on before the year, new in it, closed in it, going on after it. An episode that ends on the last day of
        the year before is not going on when the year begins; one that ends on the year's last day is closed in it."""
        first, last = _year(year)
        return {
            "ongoing_start": sum(e.first < first and (e.last is None or e.last >= first) for e in self.episodes),
            "new": sum(first <= e.first <= last for e in self.episodes),
            "closed": sum(e.last is not None and first <= e.last <= last for e in self.episodes),
            "ongoing_end": sum(e.first <= last and (e.last is None or e.last > last) for e in self.episodes),
        }


def days(episodes: Iterable[Episode]) -> dict[str, float]:
    """Median, quartiles and 90th percentile of the days from first to last, linearly interpolated (type 7)."""
    lasted = [(episode.last - episode.first).days for episode in episodes if episode.last]
    q1, median, q3 = quantiles(lasted, n=4, method="inclusive")
    return {
        "count": len(lasted),
        "q1": q1,
        "median": median,
        "q3": q3,
        "p90": quantiles(lasted, n=10, method="inclusive")[8],
    }


def _reason(row: dict[str, str]) -> str:
    """Why an episode that is over ended, in the standard's codes."""
    if row["REC"] != "X1":
        return {"E2": "7", "E3": "6", "E16": "6"}.get(row["REC"], "9")
    known = {"": "", "PLACE": "", "CHILD": "4", "CLOSE": "3", "CREQB": "3", "CREQO": "3", "STAND": "2"}
    return known.get(row["REASON_PLACE_CHANGE"], "9")


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)

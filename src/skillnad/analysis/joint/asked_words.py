"""An earlier question in a few words, for who is told that it stands in the way."""

from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.questions import Asked, plain
from skillnad.analysis.questions import Duration, Flow, Sequence, Share
from skillnad.analysis.selection import by_of, selection_of
from skillnad.codebook.snapshot_schema import Population

_POPULATIONS = {
    Population.CLIENTS: ("brukare", "clients"),
    Population.CASES: ("ärenden", "cases"),
    Population.INTERVENTIONS: ("insatser", "interventions"),
    Population.FOLLOW_UPS: ("uppföljningar", "follow-ups"),
    Population.REVIEWS: ("omprövningar", "reviews"),
    Population.COSTS: ("kostnader", "costs"),
    Population.ANSWERS: ("svarstillfällen", "answers"),
}


def asked_words(asked: Asked) -> tuple[str, str]:
    """In Swedish and English: what is counted, by which columns, of which rows and when. No codes but the reader's."""
    question, selection = plain(asked), selection_of(asked)
    sv, en = _POPULATIONS[selection.population]
    people = ("personer med ", "people with ") if selection.people else ("", "")
    columns = list(by_of(question))
    if isinstance(question, Share):
        columns.insert(0, question.of.column)
    if isinstance(question, Sequence):
        columns = list(question.steps)
    if isinstance(question, Duration):
        columns = [question.start, question.end, *columns]
    when = question.period if isinstance(question, Flow) else selection.period
    conditions = [where.column for where in selection.where]
    period = f", {when}" if when else ""
    by, chosen = _told(" efter ", columns), _told(", med villkor på ", conditions)
    split, where = _listed(" by ", columns), _listed(", chosen by ", conditions)
    return f"{people[0]}{sv}{by}{chosen}{period}", f"{people[1]}{en}{split}{where}{period}"


def _told(before: str, columns: list[str]) -> str:
    return before + " och ".join(dict.fromkeys(map(column_words, columns))) if columns else ""


def _listed(before: str, columns: list[str]) -> str:
    return before + " and ".join(dict.fromkeys(columns)) if columns else ""

"""Where a table's numbers come from, in words for everyone; the ids for whoever takes the same numbers out again."""

from skillnad.analysis.results import Provenance
from skillnad.codebook.days_in_words import day
from skillnad.lib.text import lowered
from skillnad.reports.notes import fine_print
from skillnad.reports.report import PublishedSource, Report, ReportAnswer

WHERE_FROM = "Varifrån talen kommer"


def source_words(told: Provenance | PublishedSource) -> str:
    """A sentence without ids."""
    if isinstance(told, PublishedSource):
        return f"Källa: {told.words}. Öppen statistik, inte kommunens egna uppgifter i Skillnad."
    as_of = day(told.as_of)
    return f"Källa: kommunens egna uppgifter till och med {as_of}, utan namn och personnummer. Små tal är dolda."


def source_ids(answer: ReportAnswer) -> str:
    """What finds the very same answer again: snapshot, population, protection and ledger."""
    return f"För den som tar fram talen igen: {lowered(fine_print(answer))}."


def ledger_words(answer: ReportAnswer) -> str:
    """The posts of the ledger alone, where snapshot and protection are told once for all tables."""
    keys = ", ".join(told.ledger_key[:12] for told in answer.provenance if isinstance(told, Provenance))
    return f"Liggare {keys}." if keys else source_words(answer.provenance[0])


def source_of_all(report: Report) -> str:
    """What holds for every table that names a post of the ledger; nothing where none does."""
    told = [each for item in report.items for answer in item.answers for each in answer.provenance]
    own = [each for each in told if isinstance(each, Provenance)]
    if not own:
        return ""
    snapshots, policies = (
        ", ".join(dict.fromkeys(getattr(each, name)[:length] for each in own))
        for name, length in (("snapshot", 12), ("policy", None))
    )
    return f"{source_words(own[0])} Ögonblicksbild {snapshots}, skydd {policies}."

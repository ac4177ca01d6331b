"""All the rules of a definition, in the order in which a reader would mend what they find."""

from skillnad.instruments.parsing import Parsed
from skillnad.instruments.reading import CATALOGUE, Files
from skillnad.instruments.rules_bands import check_bands, check_changes, check_shown
from skillnad.instruments.rules_conditions import check_conditions
from skillnad.instruments.rules_items import check_items
from skillnad.instruments.rules_names import check_names
from skillnad.instruments.rules_scores import check_scores
from skillnad.instruments.rules_slots import check_slots
from skillnad.instruments.rules_texts import check_texts
from skillnad.instruments.rules_whole import check_whole


def check_definition(parsed: Parsed, files: Files) -> None:
    """Add to the findings of `parsed` what its definition and texts break (INSTR-003 to INSTR-019, 024 and 027)."""
    check_whole(parsed, files)
    check_items(parsed)
    check_names(parsed)
    check_conditions(parsed)
    check_slots(parsed, (CATALOGUE / "_shared", files.folder.parent / "_shared", files.folder))
    check_scores(parsed)
    check_bands(parsed)
    check_changes(parsed)
    check_shown(parsed)
    if not _has_problems(parsed):
        check_texts(parsed, files)


def _has_problems(parsed: Parsed) -> bool:
    """What is wrong in the definition would be told again for every language, so it is mended first."""
    name = parsed.top.source.name
    return any(problem.where.startswith(name) for problem in parsed.top.findings.problems)

"""Cells that are to be hidden whatever their size, as the user names them."""

from collections.abc import Mapping, Sequence
from typing import cast

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.disclosure.table_set.publication import Publication
from skillnad.analysis.disclosure.table_set.tables import cell_words
from skillnad.lib.errors import UserError

Forced = Mapping[str, str]
"""Columns with values; the others are Total."""


def forced_cells(publication: Publication, asked: Sequence[Forced], policy: Policy) -> frozenset[Name]:
    """Raises UserError (DISC-051) where there is no such cell, or where it is a zero that is to be printed."""
    return frozenset(_cell(publication, each, policy) for each in asked)


def _cell(publication: Publication, asked: Forced, policy: Policy) -> Name:
    name = next(filter(None, (_in_table(publication, place, asked) for place in range(len(publication.tables)))), None)
    if name is None:
        raise refused(
            asked,
            "Cellen finns inte i någon av tabellerna. Skriv kolumner och värden som i filen, åtskilda av komma.",
            "There is no such cell in any of the tables. Write columns and values as in the file, with commas between.",
        )
    if policy.zeros_printed and publication.counts[name] == 0:
        raise refused(
            asked,
            "Cellen är noll, och policyn visar nollor. Ta bort den ur --force, eller ange en policy med "
            "zeros_printed = false.",
            "The cell is zero, and the policy prints zeros. Remove it from --force, or give a policy with "
            "zeros_printed = false.",
        )
    return name


def _in_table(publication: Publication, place: int, asked: Forced) -> Name | None:
    table = publication.tables[place]
    if not set(asked) <= set(table.given.columns):
        return None
    values = dict.fromkeys(table.given.columns, TOTAL) | dict(asked)
    levels = [dimension.level_of(values) for dimension in table.dimensions]
    return None if None in levels else cast(Name, publication.named[place][tuple(levels)]) or None


def refused(asked: Forced, sv: str, en: str) -> UserError:
    return UserError.of("DISC-051", where=f"--force {cell_words(tuple(asked.items()))}", sv=sv, en=en)

"""Ten thousand random publications, and pairs and triples of releases on top: nothing that was promised is unmet.

Each is protected, verified by inner cells, and attacked by a reader who has no truth; group disclosure and sums, which
those two do not ask of, meet an integer programme over the inner cells. What nothing safe was found for is refused and
counted apart.
"""

import numpy as np
import pytest
from disclosure_tables import Solver, as_system, levels, with_margins
from proof_sizes import SEED, size
from random_releases import KINDS, publication, rests, sums
from tables_from_files import InnerReader, inner_of

from skillnad.analysis.disclosure.attack.findings import Kind, attack
from skillnad.analysis.disclosure.attack.reading import publications_of
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_sums
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.verify.verifying import verify
from skillnad.lib.errors import UserError

SECONDS = 0.1
TRIED = {
    "one table": (24, 7_000),
    "linked tables": (8, 1_500),
    "someone alone in a cell": (6, 500),
    "sensitive column": (6, 500),
    "pair of releases": (8, 1_500),
    "triple of releases": (6, 1_000),
}
REFUSALS = {"DISC-053", "DISC-056", "DISC-057"}
"""Nothing safe was found, by itself or beside an earlier release, or the verifier objected: nothing is published."""


def releases_of(told):
    """Those that were published, with what they were made of."""
    made, truth = [], []
    for each in told.released:
        release = published(each, told.policy, made)
        if release:
            made.append(release)
            truth += each.tables
    return made, truth


def published(told, policy, against):
    try:
        return protect(told, policy, seconds=SECONDS, against=against)
    except UserError as refused:
        if refused.code not in REFUSALS:
            raise
        return None


def unmet(told, releases, truth):
    """What any of the three readers can say of a publication that it should not."""
    if releases:
        yield from verify(releases, told.policy, truth)
        yield from found_by_reader(told.policy, releases)
    for release in releases if told.policy.sensitive else ():
        yield from told_of_groups(told.released[0], release.tables[0])


def found_by_reader(policy, releases):
    """Which gaps are small stands in no file, so the reader of one who knows it is the usual one; and whether a gap
    between 0 and 2 is a small number or a zero that protects another only the truth says."""
    usual = Attacker.ZEROS_PRINTED if policy.zeros_printed else Attacker.NOT_NEGATIVE
    reader = usual if policy.reader is Attacker.PRIMARY_KNOWN else policy.reader
    publications = [each for release in releases for each in publications_of(release)]
    found = attack(publications, reader, policy.threshold, most_routes=0).small
    sure = policy.reader is Attacker.ZEROS_PRINTED
    return [each for each in found if sure or each.kind is not Kind.NARROW]


def told_of_groups(told, table):
    reader = InnerReader(inner_of(told.tables[0]), [table], floor=0)
    for whole, part, rest in rests(told, table, "b"):
        most = reader._end(reader.matrix[whole] - reader.matrix[part], -1)
        if most < (1 if rest == 0 else DEFAULT.threshold):
            yield table.rows[part][0]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_unmet_of(kind, record_property):
    wrong, gaps, refused = [], 0, 0
    for number in range(size(*TRIED[kind])):
        told = publication(kind, SEED, number)
        releases, truth = releases_of(told)
        wrong += [(number, each) for each in unmet(told, releases, truth)]
        gaps += sum(table.gaps for release in releases for table in release.tables)
        refused += len(told.released) - len(releases)
    record_property("random instances", number + 1)
    record_property("gaps", gaps)
    record_property("refused", refused)
    assert wrong == []
    assert gaps


def test_no_sum_of_few_is_estimated_closely(record_property):
    wrong, gaps, number = [], 0, 0
    for number in range(size(10, 1_000)):
        amounts, few = sums(np.random.default_rng([SEED, number]))
        forced = frozenset(tuple(levels(amounts.shape, axis)[at] for axis, at in enumerate(place)) for place in few)
        pattern = protect_sums(as_system(amounts), DEFAULT, forced)
        gaps += len(pattern.hidden)
        if not pattern.withheld:
            wrong += [(number, each) for each in close(amounts, pattern.hidden, forced)]
    record_property("random instances", number + 1)
    record_property("gaps", gaps)
    assert wrong == []


def close(amounts, hidden, forced):
    """The forced sums that a reader knows within the margin, on either side, and gaps that are exact."""
    reader, truth = Solver(amounts, hidden, floor=0), with_margins(amounts)
    for name in hidden:
        low, high = reader.interval(name, whole=False)
        margin = max(1.0, DEFAULT.sum_margin * truth[name])
        held = low <= max(0.0, truth[name] - margin) and high >= truth[name] + margin
        if (name in forced and not held) or high - low < 1e-6:
            yield name

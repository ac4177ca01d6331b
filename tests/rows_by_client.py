"""What an engine tells of rows by whose they are, so that two can be held against each other."""

from skillnad.analysis.comparisons.rows import NOBODY, ByClient

Told = list[list[tuple]]


def by_whom(told: ByClient) -> Told:
    """Each client's patterns, with part and whole, whatever the clients' numbers are; those of nobody known last."""
    of: dict[int, list[tuple]] = {NOBODY: []}
    for client, pattern, part, whole in zip(told.client, told.pattern, told.part, told.whole, strict=True):
        of.setdefault(int(client), []).append((*told.patterns[pattern], int(part), int(whole)))
    nobody = sorted(of.pop(NOBODY))
    return [*sorted(sorted(patterns) for patterns in of.values()), nobody]

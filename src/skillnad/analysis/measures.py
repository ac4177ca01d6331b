"""What the measures of a Duration are called in `RawTable.values`, and which of them a table shows."""

QUANTILES = {"median": 0.5, "q1": 0.25, "q3": 0.75, "p90": 0.9}
"""The quantiles of a Duration, by the names that they have in `RawTable.values`."""
OPEN = "open"
"""How many rows of a Duration have not ended, in `RawTable.values`, where any can be open."""


def followed(name: str) -> str:
    """What a quantile is called where the open are counted by Kaplan and Meier."""
    return f"km_{name}"


def beside(name: str) -> str:
    """How many rows a followed quantile rests on: those that have ended, or those that are left, on the side of its
    day that has fewest; or those at risk on the day up to it that had fewest, where they are fewer. None where the
    stretch that it is in the middle of goes on to the last day that anybody has been followed: that day is the longest
    row's."""
    return f"{name}_beside"


def within(limit: int) -> str:
    """The share that has ended after at most `limit` days."""
    return f"within_{limit}"


def ended_within(limit: int) -> str:
    """How many rows have ended after at most `limit` days."""
    return f"ended_{limit}"


def open_within(limit: int) -> str:
    """How many open rows have been followed for less than `limit` days."""
    return f"open_{limit}"


def fewest_within(limit: int) -> str:
    """Of a Duration with late entries: how many rows were at risk on the day that had fewest, of those up to the limit
    and to the day when most were. Where few were seen from their first days, each that ended weighs too much."""
    return f"fewest_{limit}"

"""What the measures of a Duration are called in `RawTable.values`, and which of them a table shows."""

OPEN = "open"
"""How many rows of a Duration have not ended, in `RawTable.values`, where any can be open."""


def followed(name: str) -> str:
    """What a quantile is called where the open are counted by Kaplan and Meier."""
    return f"km_{name}"


def at_risk(name: str) -> str:
    """How many rows a followed quantile rests on: those that were neither ended nor last seen before its day."""
    return f"{name}_at_risk"


def within(limit: int) -> str:
    """The share that has ended after at most `limit` days."""
    return f"within_{limit}"


def ended_within(limit: int) -> str:
    """How many rows have ended after at most `limit` days."""
    return f"ended_{limit}"


def open_within(limit: int) -> str:
    """How many open rows have been followed for less than `limit` days."""
    return f"open_{limit}"

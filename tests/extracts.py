"""Mappings of a made-up extract: a file of interventions, each row with its client and case."""

_HEAD = """
[mapping]
name = "ifo"
title = "IFO"
municipality = "1234 Exempelby"
[[file]]
match = "{match}"
[file.keys]
client = {{ column = "Pnr", identity = true }}
case = "Arende"
intervention = "Insats"
[file.columns]
"""


def of_interventions(columns: str, match: str = "insatser*.csv") -> str:
    """`columns` are the lines of `[file.columns]`."""
    return _HEAD.format(match=match) + columns.lstrip()

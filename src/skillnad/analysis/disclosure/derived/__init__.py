"""Derived numbers as facts: what every number beside a count says of the counts, and an auditor who turns it around."""

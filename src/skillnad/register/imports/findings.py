"""Which rows broke which rules, gathered from all parts of a run."""

from dataclasses import dataclass, field

import polars as pl

from skillnad.register.imports.rules import RULES, rejects

SCHEMA = {"section": pl.UInt16, "row": pl.UInt32, "rule": pl.String, "column": pl.String}


@dataclass
class Findings:
    """A section is one `[[file]]` read from one file; a row is its number in that file."""

    frames: list[pl.DataFrame] = field(default_factory=list)

    def add(self, section: int, rows: pl.Series, rule: str, column: str = "") -> None:
        """`rows` of the section break `rule`; `column` is a heading, or several with commas between."""
        if not len(rows):
            return
        self.frames.append(
            pl.DataFrame({"row": rows.cast(pl.UInt32)}).select(
                pl.lit(section, pl.UInt16).alias("section"),
                "row",
                pl.lit(rule).alias("rule"),
                pl.lit(column).alias("column"),
            )
        )

    def extend(self, others: "Findings") -> None:
        self.frames.extend(others.frames)

    def all(self) -> pl.DataFrame:
        return pl.concat(self.frames) if self.frames else pl.DataFrame(schema=SCHEMA)

    def rejected(self, section: int) -> pl.Series:
        """The numbers of the section's rows that are not stored, each once."""
        codes = [code for code in RULES if rejects(code)]
        found = self.all().filter(pl.col("section") == section, pl.col("rule").is_in(codes))
        return found["row"].unique()

    def counts(self) -> dict[str, int]:
        """Rows by rule."""
        counted = self.all().unique(["section", "row", "rule"]).group_by("rule").len().sort("rule")
        return {str(rule): int(count) for rule, count in counted.rows()}

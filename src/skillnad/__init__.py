"""Skillnad: systematic follow-up of social services.

The names that an analyst needs in a notebook are here; everything else has its own room (see docs/architecture.md).
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Period": "skillnad.codebook.periods",
    "load_codebook": "skillnad.codebook.loading",
    "Population": "skillnad.codebook.snapshot_schema",
    "Adjusted": "skillnad.analysis.comparisons.questions",
    "Chart": "skillnad.analysis.comparisons.questions",
    "Chosen": "skillnad.analysis.formulas.samples",
    "Comparison": "skillnad.analysis.comparisons.questions",
    "Drawn": "skillnad.analysis.comparisons.questions",
    "Funnel": "skillnad.analysis.comparisons.questions",
    "OverTime": "skillnad.analysis.comparisons.questions",
    "Paired": "skillnad.analysis.comparisons.questions",
    "Ranking": "skillnad.analysis.comparisons.questions",
    "ResponseRate": "skillnad.analysis.comparisons.questions",
    "Change": "skillnad.analysis.questions",
    "Count": "skillnad.analysis.questions",
    "CrossTable": "skillnad.analysis.questions",
    "Duration": "skillnad.analysis.questions",
    "Flow": "skillnad.analysis.questions",
    "Percent": "skillnad.analysis.questions",
    "Selection": "skillnad.analysis.questions",
    "Sequence": "skillnad.analysis.questions",
    "Share": "skillnad.analysis.questions",
    "Sum": "skillnad.analysis.questions",
    "Where": "skillnad.analysis.questions",
    "ask": "skillnad.analysis.asking",
    "ask_municipalities": "skillnad.analysis.asking",
    "chart": "skillnad.reports.table_charts",
    "merged": "skillnad.analysis.merged",
    "notebook_html": "skillnad.reports.render.notebook",
    "open_snapshot": "skillnad.analysis.snapshot",
    "save": "skillnad.reports.render.files",
    "to_frame": "skillnad.exchange.results.frames",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    """Import on first use: `import skillnad` stays instant and needs no server parts."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'skillnad' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)

"""The methods handbook as data: every statistic with its text, formula, source and an example that is worked out."""

from skillnad.analysis.handbook.loading import chapters, internal, statistic, statistics, words
from skillnad.analysis.handbook.model import Chapter, Figures, Statistic

__all__ = ["Chapter", "Figures", "Statistic", "chapters", "internal", "statistic", "statistics", "words"]

"""Each statistic in plain Python, with its source."""

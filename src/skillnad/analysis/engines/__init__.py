"""How it is counted. Only analysis.door may import an engine."""

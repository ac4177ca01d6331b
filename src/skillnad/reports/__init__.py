"""Results as people read them: outline, charts, wording, and one renderer a format."""

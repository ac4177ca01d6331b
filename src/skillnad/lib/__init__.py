"""Errors, text, hashing, TOML with line numbers: knows nothing of social services."""

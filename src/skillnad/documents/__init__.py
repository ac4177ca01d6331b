"""Typeset pages (PDF): reports, letters and paper forms are laid out on it."""

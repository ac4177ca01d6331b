"""Tokens for other systems: few rights, one place, a last day, and no way to be anybody."""

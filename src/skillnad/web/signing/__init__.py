"""Signing in: the municipality's own login, and what holds a session together until it ends."""

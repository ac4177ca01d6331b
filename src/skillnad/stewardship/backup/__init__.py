"""Backups: the database and what a home must not lose, encrypted to a key that this machine need not have."""

"""Figures of units with few answers: down a stated ladder until one can be both shown and used."""

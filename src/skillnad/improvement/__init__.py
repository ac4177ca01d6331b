"""Reflection, actions, and whether they helped."""

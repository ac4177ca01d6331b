"""Extracts from case systems into the register."""

"""Extracts from case systems into the register: mapping, reading, rules, merge."""

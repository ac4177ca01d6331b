"""The tree's history: what each unit was called and where it stood when, and who went on with whose work."""

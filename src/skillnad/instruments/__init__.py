"""Questionnaires: definition, loading, variants and scoring."""

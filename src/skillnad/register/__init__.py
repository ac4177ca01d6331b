"""Clients, cases, interventions, follow-ups."""

"""Contracts, commissions, plans and reports due, deviations, complaints, sanctions."""

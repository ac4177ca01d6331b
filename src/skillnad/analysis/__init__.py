"""What is asked (questions), how it is counted (engines, formulas), what may be said (disclosure), and the only way out
(door)."""

"""What may be said: cells and linear relations in, the cells to hide out. Pure mathematics, no tables, files or engines."""

"""What may be said: cells and linear relations in, the cells to hide out. Pure mathematics: no files, no engines."""

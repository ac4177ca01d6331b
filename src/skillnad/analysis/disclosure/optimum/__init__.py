"""The cheapest safe pattern of gaps, or how near one is to it: Benders' way (Fischetti and Salazar-González 2001)."""

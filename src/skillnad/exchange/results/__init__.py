"""Results to other systems (SPSS, SDMX, Kolada shape, signed deliveries)."""

"""Programs ask here."""

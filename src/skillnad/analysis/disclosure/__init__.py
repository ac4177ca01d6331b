"""What may be said: pure mathematics on tables. Imports no engine."""

"""Commands on the municipality's own store: Django is set up first."""

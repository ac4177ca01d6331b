"""Commands for an analyst without a server: no Django."""

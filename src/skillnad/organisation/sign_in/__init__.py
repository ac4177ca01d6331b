"""Signing in with the municipality's own login: what it says of a person becomes roles here, and goes when it goes."""

"""Releases: reviewed, frozen, published, never contradicted by the next."""

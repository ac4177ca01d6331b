"""Municipality to region to nation."""

"""Settings (one file, from the environment), addresses, wsgi."""

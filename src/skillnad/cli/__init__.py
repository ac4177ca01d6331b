"""The command line. cli.kernel needs no server parts; cli.service does."""

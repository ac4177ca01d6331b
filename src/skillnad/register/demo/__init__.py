"""A made-up municipality: five years of social services, written as three messy extracts. Nobody in it exists."""

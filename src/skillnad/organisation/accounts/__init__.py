"""Looking after logins at the machine: who has one, and what is done when somebody leaves or loses a telephone."""

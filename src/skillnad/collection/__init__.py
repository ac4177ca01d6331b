"""Follow-up plans, rounds, samples, invitations, submissions; one folder a channel."""

"""Question sets as data: what is asked, what the answers mean, and how they are counted."""

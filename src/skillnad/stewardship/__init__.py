"""What is owed to the people in the store: retention, extracts, log review, keys, backup."""

"""What a word means: variables, value sets, identity numbers, periods, local additions, the schema of a snapshot."""

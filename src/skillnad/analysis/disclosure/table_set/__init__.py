"""Tables of anybody's, as CSV files of inner cells: what they count, how their columns group, and all of them as one
system where the same set of people is one cell. `protecting.protect` gives the release."""

"""Plays the reader of a publication: what follows from what is shown, how narrowly, and by which route.

Nothing here knows an original: all that is read is published. `reading` takes releases and other people's CSV files in,
`model` has their cells and sums, `rank` and `view` find what follows, `route` why, and `words` says it in Swedish.
"""

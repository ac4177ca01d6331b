"""Several tables of one snapshot as one problem: the same set of rows is one cell, whatever it is called."""

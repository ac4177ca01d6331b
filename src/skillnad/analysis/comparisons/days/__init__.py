"""Groups' times compared: medians, means and shares within a limit, with the open counted right.

`durations` makes the table. `groups` has the rows of each group and of all the others, and `told` says how exactly a
figure of days is told.
"""

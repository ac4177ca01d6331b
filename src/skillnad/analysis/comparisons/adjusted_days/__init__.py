"""Groups' times adjusted for background: the share that has ended within a limit of days, had all groups had the same.

    Comparison(of=Duration(…, by=("legal_sex",), within=(90,)), adjusted_for=("problem", "age_group"))

Without `within` the limit is the median of all rows that the plain question shows, in whole days (`limits.completed`).
The table has the measures of an adjusted share, in percentage points: `whole`, `share` (of those that had ended within
the limit) with its ends, `difference`, `p`, `seen`, `verdict`, and `adjusted`, `adjusted_difference`, `adjusted_p`,
`adjusted_seen`, `adjusted_verdict` with theirs; and `open` where rows can be. `limits.limit_of(table)` is the limit.
A larger share is a shorter time. Medians in days are a plain comparison's, `Comparison(of=Duration(…))`.

`times` makes the table, `model` its adjusted figures, and `limits` says which limits there are and why so few.
"""

"""Groups' shares adjusted for background, by a logistic model or by standardisation, and what the figures tell.

`shares` sets the adjusted figures beside the plain ones. Each way has its protection beside it: `model` has
`protection`, and `standard` has `strata`.
"""

"""Whether a release is safe, by a model of its own: its unknowns are inner cells, and it imports nothing that protects.

`verify(release, policy, truth)` is in `verifying`.
"""

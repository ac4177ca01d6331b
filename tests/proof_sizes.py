"""How much a test tries: a sample in `make test`, the whole in `make proof` (SKILLNAD_PROOF=1).

SKILLNAD_PROOF_SHARE (such as 0.1) takes that share of the whole, on a machine with less time; SKILLNAD_PROOF_SEED is
the seed of what draws its own chances (Hypothesis is given it by option).
"""

import os

from hypothesis import HealthCheck, settings

PROOF = os.environ.get("SKILLNAD_PROOF") == "1"
SHARE = float(os.environ.get("SKILLNAD_PROOF_SHARE", "1"))
SEED = int(os.environ.get("SKILLNAD_PROOF_SEED", "1"))


def size(sample: int, proof: int) -> int:
    """`sample` in an ordinary run, else `proof` or its share, at least 1."""
    return max(1, round(proof * SHARE)) if PROOF else sample


def examples(sample: int, proof: int) -> settings:
    """Hypothesis' settings for so many examples: the same in every ordinary run, so that a change is what breaks it. A
    proof tries new ones, by the seed that its page names."""
    return settings(
        max_examples=size(sample, proof),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not PROOF,
    )

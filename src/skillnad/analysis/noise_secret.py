"""The secret that noise is made with, out of the installation's key file: the same for as long as its keys of identity
numbers are, and of use for nothing else."""

import hashlib
from pathlib import Path

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy

BYTES = 32
FOR = b"skillnad noise"


def secret_for(policy: Policy, key_file: Path | None) -> bytes:
    """Nothing where the policy has no noise (the file is then not read), or where there is no installation. Raises
    UserError (CONF-011, CONF-012)."""
    if policy.way is not Way.CELL_KEYS or key_file is None:
        return b""
    from skillnad.lib.sealing import load_key_file  # takes a while to load, and few need it

    return hashlib.blake2b(digest_size=BYTES, key=load_key_file(key_file).index, person=FOR).digest()

"""The ledgers of a home, the one place where they are opened: one a municipality, beside the folder `snapshots`.

Their key follows from the installation's key file, which lies elsewhere. Where there is none (snapshots in a folder of
their own, for a notebook), it is a file beside the ledger, made with it.
"""

import hashlib
import os
import secrets
from pathlib import Path

from skillnad.analysis.joint.ledger import KEY_BYTES, Ledger
from skillnad.lib.errors import UserError
from skillnad.lib.locks import file_lock

SNAPSHOTS = "snapshots"
FOR = b"skillnad ledger"


def home_of(snapshot: Path) -> Path | None:
    """The home that a snapshot's folder lies in; None of one that lies by itself."""
    above = snapshot.absolute().parent
    return above.parent if above.name == SNAPSHOTS else None


def ledger_of(snapshot: Path, municipality: str, key_file: Path | None = None) -> Ledger | None:
    """The ledger of the home that the snapshot's folder lies in; None where it lies by itself. `key_file` is the
    installation's where there is one: what SKILLNAD_KEY_FILE says, else `keys.json` in the home.

    Raises UserError: DISC-027 where the ledger or its key is missing, DISC-028 where the home cannot be written to,
    CONF-011 and CONF-012 of the key file.
    """
    home = home_of(snapshot)
    if home is None:
        return None
    try:
        file = home / file_name(municipality)
        return Ledger(file, _key(file, key_file or _key_file(home)), municipality)
    except OSError:
        raise not_writable(home) from None


def file_name(municipality: str) -> str:
    """What a municipality's ledger is called, whatever letters its name has."""
    return f"ledger-{hashlib.sha256(municipality.encode()).hexdigest()[:12]}.jsonl"


def _key_file(home: Path) -> Path:
    return Path(os.environ.get("SKILLNAD_KEY_FILE") or home / "keys.json")


def _key(ledger: Path, key_file: Path) -> bytes:
    """The ledger is there, if only empty, before its own key is: a key without a ledger is that of one that is lost."""
    own = ledger.with_suffix(".key")
    with file_lock(ledger.with_suffix(".lock")):
        begun = ledger.exists() and ledger.stat().st_size > 0
        if own.exists():
            if not ledger.exists():
                raise _missing(ledger)
            return bytes.fromhex(own.read_text(encoding="ascii"))
        if key_file.exists():
            return _from(key_file)
        if begun:
            raise _missing(key_file)
        ledger.touch()
        return _made(own)


def _from(key_file: Path) -> bytes:
    from skillnad.lib.sealing import load_key_file  # takes a while to load

    index = load_key_file(key_file).index
    return hashlib.blake2b(digest_size=KEY_BYTES, key=index, person=FOR).digest()


def _made(file: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key.hex())
        stream.flush()
        os.fsync(stream.fileno())
    return key


def _missing(file: Path) -> UserError:
    return UserError.of(
        "DISC-027",
        where=file.name,
        sv="Liggaren över det som har visats och dess nyckel hör ihop, och den ena saknas. Inget nytt visas. Lägg "
        "tillbaka filen från säkerhetskopian, eller ange nyckelfilen i SKILLNAD_KEY_FILE.",
        en="The ledger of what has been shown and its key belong together, and one of them is missing. Nothing new is "
        "shown. Restore the file from the backup, or name the key file in SKILLNAD_KEY_FILE.",
    )


def not_writable(folder: Path) -> UserError:
    return UserError.of(
        "DISC-028",
        where=str(folder),
        sv="Det går inte att skriva i mappen, så svaret kan inte läggas till det som redan har visats. Inget visas. Be "
        "om skrivrätt till mappen, eller kopiera ögonblicksbilden till en mapp som du får skriva i.",
        en="The folder cannot be written to, so the answer cannot be kept with what has been shown already. Nothing is "
        "shown. Ask for the right to write there, or copy the snapshot to a folder of your own.",
    )

"""Bytes to UTF-8: the encoding that a mapping names, or the one that the bytes show."""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from skillnad.lib.errors import UserError

# Without this list Swedish cp1252 is read as cp1250, which has other letters in the same places.
_CANDIDATES = ["utf_8", "utf_16", "utf_32", "cp1252", "cp850", "mac_roman"]
_NAMES = {"utf_8": "utf-8", "utf_16": "utf-16", "ascii": "utf-8", "latin_1": "cp1252", "iso8859_1": "cp1252"}
_CHUNK = 16 * 1024 * 1024
_SAMPLE_LINES = 4000
_TWICE_ENCODED = re.compile(rb"\xc3[\xa4\xa5\xb6\x84\x85\x96\xa9]")
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def to_utf8(raw: bytes, named: str | None, file: str) -> tuple[bytes, str]:
    """The content in UTF-8 without a byte order mark, and the encoding it was in.

    Raises UserError IMP-003 where the bytes are not in the named encoding, IMP-004 where there is a NUL.
    """
    encoding = named or detect(raw)
    if not encoding.startswith("utf-16") and b"\0" in raw:
        raise _nul(file)
    if named and named != "utf-8" and named != "utf-16" and _reads_as_utf8(raw):
        raise _wrong(file, named, "utf-8")
    try:
        return _transcoded(raw, encoding), encoding
    except (UnicodeDecodeError, UnicodeError):
        raise _wrong(file, encoding, detect(raw)) from None


def detect(raw: bytes) -> str:
    """`utf-8`, `utf-16`, `cp1252` or `cp850`: from a byte order mark, else by reading, else from a sample."""
    if raw.startswith(UTF_16_MARKS):
        return "utf-16"
    if _is_utf8(raw):
        return "utf-8"
    guess = from_bytes(_sample(raw), cp_isolation=_CANDIDATES).best()
    found = _NAMES.get(guess.encoding, guess.encoding) if guess else "cp1252"
    # cp850 has Swedish letters on bytes that cp1252 leaves empty or uses for quotes: one of the former settles it.
    if found == "cp1252" and _UNDEFINED_1252.search(raw):
        return "cp850"
    return found if found in ("cp1252", "cp850", "mac_roman") else "cp1252"


def read_bytes(path: Path, limit: int) -> bytes:
    """The file. Raises UserError IMP-001 (missing), IMP-002 (empty), IMP-005 (above `limit` bytes)."""
    if not path.is_file():
        raise UserError.of(
            "IMP-001",
            where=path.name,
            sv="Filen finns inte. Se efter namn och katalog.",
            en="The file does not exist. Check name and folder.",
        )
    size = path.stat().st_size
    if size > limit:
        raise UserError.of(
            "IMP-005",
            where=path.name,
            sv=f"Filen är {size / 1e9:.1f} GB och gränsen är {limit / 1e9:.1f} GB. Dela uttaget, till exempel per år.",
            en=f"The file is {size / 1e9:.1f} GB and the limit is {limit / 1e9:.1f} GB. Split the extract, for "
            "instance by year.",
        )
    raw = path.read_bytes() if size else b""
    if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
        raise UserError.of(
            "IMP-002",
            where=path.name,
            sv="Filen är tom. Gör om uttaget i verksamhetssystemet.",
            en="The file is empty. Make the extract again in the case system.",
        )
    return raw


def _transcoded(raw: bytes, encoding: str) -> bytes:
    if encoding == "utf-8":
        raw.decode("utf-8")  # only to know that it can be
        return raw.removeprefix(codecs.BOM_UTF8)
    decoder = codecs.getincrementaldecoder(encoding)()
    parts = [
        decoder.decode(raw[start : start + _CHUNK], start + _CHUNK >= len(raw)).encode()
        for start in range(0, len(raw), _CHUNK)
    ]
    return b"".join(parts).removeprefix(codecs.BOM_UTF8)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_utf8(raw: bytes) -> bool:
    """Letters that are Swedish only when read as UTF-8: a mapping that says otherwise would store å as two signs."""
    return bool(_TWICE_ENCODED.search(raw)) and _is_utf8(raw)


def _sample(raw: bytes) -> bytes:
    """Lines with letters beyond ASCII, from all over the file: the others say nothing."""
    lines = [line for line in raw[: 4 * _CHUNK].split(b"\n") if not line.isascii()]
    step = max(1, len(lines) // _SAMPLE_LINES)
    return b"\n".join(lines[::step])


def _nul(file: str) -> UserError:
    return UserError.of(
        "IMP-004",
        where=file,
        sv="Filen har tecknet NUL och är ingen textfil, eller så är den skadad. Gör om uttaget som CSV.",
        en="The file has a NUL character: it is no text file, or it is damaged. Make the extract again as CSV.",
    )


def _wrong(file: str, said: str, looks: str) -> UserError:
    return UserError.of(
        "IMP-003",
        where=file,
        sv=f'Filen är inte i teckenkodningen {said}; den ser ut som {looks}. Skriv encoding = "{looks}" i '
        "mappningens [[file]].",
        en=f'The file is not encoded as {said}; it looks like {looks}. Write encoding = "{looks}" in the '
        "mapping's [[file]].",
    )

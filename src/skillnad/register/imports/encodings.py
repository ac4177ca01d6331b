"""Bytes to UTF-8: the encoding that a mapping names, or the one that the bytes show."""

import codecs
import io
import re
from pathlib import Path

from charset_normalizer import from_bytes

from skillnad.lib.errors import UserError

# Without this list Swedish cp1252 is read as cp1250, which has other letters in the same places.
_CANDIDATES = ["utf_8", "utf_16", "utf_32", "cp1252", "cp850", "mac_roman"]
_EIGHT_BITS = ("cp1252", "cp850", "mac_roman")
_SWEDISH = "åäöéÅÄÖ"
_ASCII = bytes(range(128))
_LOOKED_AT = 8 * 1024 * 1024
_SAMPLED = 64 * 1024 * 1024
_CHUNK = 256 * 1024
"""Small enough to stay in the processor's own memory while it is read and written anew: a third of the time less."""
_SAMPLE_LINES = 4000
_TWICE_ENCODED = re.compile(rb"\xc3[\xa4\xa5\xb6\x84\x85\x96\xa9]")
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
    """`utf-8`, `utf-16`, `cp1252`, `cp850` or `mac_roman`: from a byte order mark, else by reading, else by letters."""
    if raw.startswith(UTF_16_MARKS):
        return "utf-16"
    if _is_utf8(raw):
        return "utf-8"
    return _by_letters(raw[:_LOOKED_AT]) or _guessed(raw)


def _by_letters(raw: bytes) -> str | None:
    """The encoding in which most bytes beyond ASCII are Swedish letters: å, ä, ö stand on other bytes in each."""
    beyond = raw.translate(None, _ASCII)
    counts = {name: sum(beyond.count(letter.encode(name)) for letter in _SWEDISH) for name in _EIGHT_BITS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > len(beyond) / 2 else None


def _guessed(raw: bytes) -> str:
    guess = from_bytes(_sample(raw), cp_isolation=_CANDIDATES).best()
    return guess.encoding if guess and guess.encoding in _EIGHT_BITS else "cp1252"


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
    text = io.BytesIO()
    for start in range(0, len(raw), _CHUNK):
        text.write(decoder.decode(raw[start : start + _CHUNK], start + _CHUNK >= len(raw)).encode())
    return text.getvalue().removeprefix(codecs.BOM_UTF8)


def _is_utf8(raw: bytes) -> bool:
    """What is not shows itself early; a failure takes a copy of all that was to be read."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw[:_CHUNK])
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_utf8(raw: bytes) -> bool:
    """Letters that are Swedish only when read as UTF-8: a mapping that says otherwise would store å as two signs."""
    return bool(_TWICE_ENCODED.search(raw)) and _is_utf8(raw)


def _sample(raw: bytes) -> bytes:
    """Lines with letters beyond ASCII, from all over the file: the others say nothing."""
    lines = [line for line in raw[:_SAMPLED].split(b"\n") if not line.isascii()]
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

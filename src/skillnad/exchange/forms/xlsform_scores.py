"""A calculation of a form made elsewhere as a score, where it is the plain sum or mean of questions."""

import re
from collections.abc import Iterator

from skillnad.exchange.forms.xlsform_reading import Reading, Table, unlike
from skillnad.exchange.forms.xlsform_table import SheetRow
from skillnad.instruments.rules_names import OF_SCORES

_SUM = re.compile(r"(\()?\s*(\$\{[^}]+\}(?:\s*\+\s*\$\{[^}]+\})+)\s*(?(1)\))(?:\s*div\s*(\d+))?")
_NAME = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


def score_read(row: SheetRow, reading: Reading) -> Table | None:
    """The table of the score, or None where the calculation says something else. One answer missing, none is given."""
    match = _SUM.fullmatch(row.get("calculation"))
    names = _NAME.findall(match[2]) if match else []
    ends = [_ends(name, reading) for name in names]
    if match is None or (match[3] and (not match[1] or int(match[3]) != len(names))) or not all(ends):
        return None
    count = int(match[3] or 1)
    known = [end for end in ends if end]
    name = unlike(row.get("name"), {*reading.ids.values(), *OF_SCORES, *(str(score["id"]) for score in reading.scores)})
    step = min(10 ** -reading.known[each].decimals for each in names) / count
    return {
        "id": name,
        "sv": reading.main(row, "label") or name,
        "kind": "mean" if match[3] else "sum",
        "items": [reading.known[each].id for each in names],
        "missing": "refuse",
        "range": [sum(end[0] for end in known) / count, sum(end[1] for end in known) / count],
        "step": step,
        "decimals": 2 if count > 1 else 0,
        "direction": "none",
        "source": f"XLSForm, blad survey, rad {row.number}",
    }


def _ends(name: str, reading: Reading) -> tuple[float, float] | None:
    """The least and largest that a question's answer can be; None where it is no number, or has no end."""
    known = reading.known.get(name)
    if known is None or known.several:
        return None
    if known.codes:
        numbers = list(_numbers(known.codes))
        return (min(numbers), max(numbers)) if len(numbers) == len(known.codes) else None
    item = next((item for item in reading.items if item["id"] == known.id), {})
    return (float(item["min"]), float(item["max"])) if "min" in item and "max" in item else None


def _numbers(codes: tuple[str, ...]) -> Iterator[float]:
    for code in codes:
        if re.fullmatch(r"-?\d+(\.\d+)?", code):
            yield float(code)

"""What must hold of what is read out of scores and answers: bands, changes, shares, pairs and rules of sums."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from skillnad.instruments.asked import Direction, Item, Means
from skillnad.instruments.counted import Band, BandSet, ChangeRule, Score
from skillnad.instruments.exact import exact
from skillnad.instruments.model import Instrument, Share
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import BAND, BAND_SET, CODE, ITEM, PERSPECTIVE, SCORE, refer
from skillnad.lib.text import shown
from skillnad.lib.toml_files import Checked


def check_bands(parsed: Parsed) -> None:
    """Bands go from end to end of their score without gap or overlap (INSTR-012)."""
    instrument = parsed.instrument
    for bands in instrument.band_sets:
        place = parsed.place("band_set", bands.id)
        refer(place, bands.perspectives, instrument.perspectives, PERSPECTIVE, "perspectives")
        _check_codes(bands, place)
        if not bands.bands:
            place.missing("bands", '[{ code = "low", sv = "…", en = "…", from = 0, to = 40 }]')
        elif bands.score and refer(place, [bands.score], instrument.scores, SCORE, "score"):
            _check_steps(bands, instrument.scores[bands.score], place)
            for index, sv, en in _faults(bands, instrument.scores[bands.score]):
                place.add("INSTR-012", "bands", index, sv=sv, en=en)


def check_changes(parsed: Parsed) -> None:
    instrument = parsed.instrument
    for change in instrument.changes.values():
        _check_change(change, instrument, parsed.place("change", change.id))


def check_shown(parsed: Parsed) -> None:
    """Shares, pairs and rules of sums name what is there."""
    instrument = parsed.instrument
    for share in instrument.shares:
        _check_share(share, instrument, parsed.place("share", share.id))
    for pair in instrument.pairs:
        place = parsed.place("pair", pair.id)
        refer(place, [pair.first] if pair.first else [], instrument.items, ITEM, "first")
        refer(place, [pair.second] if pair.second else [], instrument.items, ITEM, "second")
    for rule in instrument.rules:
        place = parsed.place("rule", rule.id)
        refer(place, rule.sum_of, instrument.items, ITEM, "sum_of")
        refer(place, [rule.at_most_item] if rule.at_most_item else [], instrument.items, ITEM, "at_most_item")


def _check_codes(bands: BandSet, place: Checked) -> None:
    seen: set[str] = set()
    for index, band in enumerate(bands.bands):
        if band.code in seen:
            sv = f"Koden ”{shown(band.code)}” står två gånger. Ge ett av banden en annan kod."
            en = f"The code '{shown(band.code)}' stands twice. Give one of the bands another code."
            place.add("INSTR-006", "bands", index, sv=sv, en=en)
        seen.add(band.code)


def _check_steps(bands: BandSet, score: Score, place: Checked) -> None:
    """Cut-offs are written as finely as the score is counted."""
    if bands.step == score.step:
        return
    own, right = _toml(exact(bands.step)), _toml(exact(score.step))
    place.add(
        "INSTR-012",
        "step",
        sv=f"Banden går i steg om {own.replace('.', ',')}, men poängen ”{score.id}” i steg om "
        f"{right.replace('.', ',')}. Skriv step = {right}, och banden därefter.",
        en=f"The bands go in steps of {own}, but the score '{score.id}' in steps of {right}. "
        f"Write step = {right}, and the bands accordingly.",
    )


def _faults(bands: BandSet, score: Score) -> Iterator[tuple[int, str, str]]:
    """Each place where the bands leave a gap, overlap, or do not reach an end: (band, Swedish, English)."""
    step = exact(bands.step)
    expected = exact(score.low)
    for index, band in enumerate(bands.bands):
        low, high = exact(band.low), exact(band.high)
        if low != expected:
            yield index, *_apart(band, low, expected, step if index else None)
        elif high < low:
            yield index, *_backwards(band)
        expected = high + step
    end = exact(score.high)
    if expected != end + step:
        sv = f"Det sista bandet slutar vid {_sv(expected - step)}, men skalan vid {_sv(end)}. Skriv to = {_toml(end)}."
        en = f"The last band ends at {_toml(expected - step)}, but the scale at {_toml(end)}. Write to = {_toml(end)}."
        yield max(len(bands.bands) - 1, 0), sv, en


def _apart(band: Band, low: Fraction, expected: Fraction, step: Fraction | None) -> tuple[str, str]:
    """`step` is None for the first band, which begins where the scale does."""
    if step is None:
        right = _toml(expected)
        return (
            f"Det första bandet börjar vid {_sv(low)}, men skalan vid {_sv(expected)}. Skriv from = {right}.",
            f"The first band begins at {_toml(low)}, but the scale at {right}. Write from = {right}.",
        )
    before = f"to = {_toml(low - step)}"
    if low > expected:
        return (
            f"Det är en lucka före bandet ”{shown(band.code)}”: {_sv(expected)} hör inte till något band. "
            f"Skriv from = {_toml(expected)} här, eller {before} i bandet före.",
            f"There is a gap before the band '{shown(band.code)}': {_toml(expected)} belongs to no band. "
            f"Write from = {_toml(expected)} here, or {before} in the band before.",
        )
    return (
        f"Bandet ”{shown(band.code)}” överlappar bandet före: {_sv(low)} hör till båda. "
        f"Skriv from = {_toml(expected)} här, eller {before} i bandet före.",
        f"The band '{shown(band.code)}' overlaps the band before: {_toml(low)} belongs to both. "
        f"Write from = {_toml(expected)} here, or {before} in the band before.",
    )


def _backwards(band: Band) -> tuple[str, str]:
    return (
        f"Bandet ”{shown(band.code)}” slutar före sin början. Byt plats på from och to.",
        f"The band '{shown(band.code)}' ends before it begins. Swap from and to.",
    )


def _check_change(change: ChangeRule, instrument: Instrument, place: Checked) -> None:
    if bool(change.item) == bool(change.score):
        sv = "En förändring räknas av antingen item eller score. Skriv den ena, och bara den."
        en = "A change is counted of either item or score. Write one of them, and only one."
        place.add("INSTR-013", sv=sv, en=en)
        return
    key = "item" if change.item else "score"
    one = change.item or change.score
    known: Mapping[str, Item | Score] = instrument.items if change.item else instrument.scores
    if not refer(place, [one], known, ITEM if change.item else SCORE, key):
        return
    if known[one].direction is Direction.NONE:
        sv = f"”{one}” har ingen riktning, så ingen förändring är bättre eller sämre. "
        sv += "Ge den en direction, eller ta bort förändringen."
        en = f"'{one}' has no direction, so that no change is better or worse. "
        en += "Give it a direction, or remove the change."
        place.add("INSTR-013", key, sv=sv, en=en)
    _check_reliable(change, instrument, place)


def _check_reliable(change: ChangeRule, instrument: Instrument, place: Checked) -> None:
    sets = {bands.id: bands for bands in instrument.band_sets if bands.score == change.score}
    if change.kind == "reliable" and change.reliable <= 0:
        place.missing("reliable", "5.0")
    if not refer(place, change.band_sets, sets, BAND_SET, "band_set"):
        return
    codes = [band.code for name in change.band_sets for band in sets[name].bands]
    refer(place, sorted(change.clinical), codes, BAND, "clinical")


def _check_share(share: Share, instrument: Instrument, place: Checked) -> None:
    if not share.item or not refer(place, [share.item], instrument.items, ITEM, "item"):
        return
    options = instrument.items[share.item].options
    values = [option.code for option in options if option.means is Means.VALUE]
    if not share.codes:
        place.missing("codes", '["1", "2"]')
    refer(place, sorted(share.codes), values, CODE, "codes")


def _sv(number: Fraction) -> str:
    return _toml(number).replace(".", ",")


def _toml(number: Fraction) -> str:
    return f"{float(number):.10g}"

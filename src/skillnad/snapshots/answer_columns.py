"""What the manifest says of an instrument's columns: `skr6__b3`, `sdq__total`, a band, a change, a reference point.

A column is an item's (or a score's) series, as one perspective answers it: the perspectives that share an item are
never in one column. The first of them has the plain name, the others are named after it ("cansas__money__at_staff").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skillnad.codebook.snapshot_schema import Column, SnapshotColumn, SnapshotLevel
from skillnad.instruments.answer_kinds import NUMBERS, limits_of
from skillnad.instruments.asked import Direction, Item, ItemKind, Means, Slot
from skillnad.instruments.changing import Changed, verdicts_of
from skillnad.instruments.conditions import belongs
from skillnad.instruments.counted import BandSet, ChangeRule, Score
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import points_of, rule_in_words
from skillnad.instruments.versions import series_names
from skillnad.lib.text import lowered

NOT_ASKED, NONE = "not_asked", "none"
_NOT_ASKED = SnapshotLevel(NOT_ASKED, "Frågades inte", "Not asked")
_NO_EARLIER = SnapshotLevel(
    NOT_ASKED, "Inget tidigare tillfälle att jämföra med", "No earlier occasion to compare with"
)
_NONE = SnapshotLevel(NONE, "Inget av dessa", "None of these")
MOST_POINTS = 100
"""Numbers that are never averaged are levels of their own, where they are no more than this."""
_IN_CONFIDENCE = ("client", "guardian", "relative")
_VERDICTS = {
    Changed.BETTER: ("Bättre", "Better"),
    Changed.SAME: ("Oförändrat", "Unchanged"),
    Changed.WORSE: ("Sämre", "Worse"),
    Changed.CLINICALLY_IMPROVED: ("Bättre, och över gränsen för det kliniska", "Clinically improved"),
    Changed.IMPROVED: ("Bättre", "Improved"),
    Changed.NO_RELIABLE_CHANGE: ("Ingen tillförlitlig förändring", "No reliable change"),
    Changed.DETERIORATED: ("Sämre", "Deteriorated"),
}


@dataclass(frozen=True)
class Asked:
    """One version of an instrument, as one perspective answers it. `names` has the series of each item and score."""

    instrument: Instrument
    perspective: str
    names: Mapping[tuple[str, str], str]

    def name(self, part: Item | Score) -> str:
        """The column of an item or a score."""
        return self.names[self.instrument.version, part.id] + self._at(self._of(part))

    def name_of_bands(self, bands: BandSet) -> str:
        return f"{self.name(self.instrument.scores[bands.score])}__{bands.id}"

    def name_of_change(self, rule: ChangeRule) -> str:
        return f"{self.instrument.id}__{rule.id}{self._at(self._of(self.changed(rule)))}"

    def changed(self, rule: ChangeRule) -> Item | Score:
        """What a rule is about."""
        return self.instrument.scores[rule.score] if rule.score else self.instrument.items[rule.item]

    def name_of_slot(self, slot: Slot) -> str:
        return f"{self.instrument.id}__{slot.id}{self._at(list(self.instrument.perspectives))}"

    def titled(self, sv: str, en: str, part: Item | Score | None = None) -> tuple[str, str]:
        """A label with the instrument's name after it, and who answers where several perspectives share the part."""
        instrument = self.instrument
        who = instrument.perspectives[self.perspective]
        of = list(instrument.perspectives) if part is None else self._of(part)
        at = ("", "") if len(of) == 1 else (f", {lowered(who.sv)}", f", {lowered(who.en)}")
        return (
            f"{sv} ({short_title(instrument.title_sv)}{at[0]})",
            f"{en} ({short_title(instrument.title_en)}{at[1]})",
        )

    def sensitive(self, item: Item | None = None) -> bool:
        """What people say of themselves is, and what an instrument or an item says of itself."""
        by = self.instrument.perspectives[self.perspective].answered_by
        return by in _IN_CONFIDENCE or self.instrument.sensitive or (item is not None and item.sensitive)

    def _of(self, part: Item | Score) -> list[str]:
        if isinstance(part, Item):
            return [name for name in self.instrument.perspectives if belongs(part, name)]
        return list(part.perspectives or self.instrument.perspectives)

    def _at(self, of: list[str]) -> str:
        return "" if of[0] == self.perspective else f"__at_{self.perspective}"


def asked_of(versions: tuple[Instrument, ...], version: str, perspective: str) -> Asked | None:
    """None where the version is not kept, or has no such perspective."""
    found = next((each for each in versions if each.version == version), None)
    if found is None or perspective not in found.perspectives:
        return None
    return Asked(found, perspective, series_names(versions))


def short_title(title: str) -> str:
    """A title without what stands in parentheses or after a comma."""
    return re.sub(r"\s*\([^)]*\)", "", title).partition(",")[0]


def item_column(asked: Asked, item: Item) -> SnapshotColumn:
    """Options as levels, the best first in `order` where the item has a direction, and one level of who was not asked;
    a number where it is one. Of free text there is none: ask `held` first."""
    kind = _kind_of(asked, item)
    sv, en = asked.titled(item.label_sv, item.label_en, item)
    if kind in (Column.NUMBER, Column.DATE):
        return SnapshotColumn(asked.name(item), kind, sv, en, sensitive=asked.sensitive(item))
    levels, order, unknown = levels_of(asked, item)
    nothing = (_NONE,) if kind is Column.CODES else ()
    return SnapshotColumn(
        id=asked.name(item),
        kind=kind,
        sv=sv,
        en=en,
        levels=(*levels, *nothing, _NOT_ASKED),
        sensitive=asked.sensitive(item),
        unknown=frozenset((*unknown, NOT_ASKED)),
        order=order,
        not_asked=NOT_ASKED,
        good=_good(asked.instrument, item, order),
        pair=_pair(asked, item),
    )


def _good(instrument: Instrument, item: Item, order: tuple[str, ...]) -> tuple[str, ...]:
    """What the instrument's own share says; else the better half of a scale, without its middle."""
    said = next((share.codes for share in instrument.shares if share.item == item.id), None)
    return order[: len(order) // 2] if said is None else tuple(o.code for o in item.options if o.code in said)


def _pair(asked: Asked, item: Item) -> str:
    """The column that stands beside, of the perspective that judges it."""
    instrument = asked.instrument
    for pair in instrument.pairs:
        if pair.first == item.id:
            other = instrument.items[pair.second]
            judge = next(name for name in instrument.perspectives if belongs(other, name))
            return Asked(instrument, judge, asked.names).name(other)
    return ""


def held(item: Item) -> bool:
    """Has a snapshot anything of the item? What people write in their own words is in no table."""
    return item.kind is not ItemKind.TEXT


def rank_columns(asked: Asked, item: Item) -> dict[str, SnapshotColumn]:
    """One column an option of a rank order, by the option's code: which place it got."""
    levels = [SnapshotLevel(str(place), str(place), str(place)) for place in range(1, len(item.options) + 1)]
    made = {}
    for option in item.options:
        sv, en = asked.titled(f"{item.label_sv}, plats för {option.sv}", f"{item.label_en}, place of {option.en}", item)
        made[option.code] = SnapshotColumn(
            id=f"{asked.name(item)}__{option.code}",
            kind=Column.CODE,
            sv=sv,
            en=en,
            levels=(*levels, _NOT_ASKED),
            sensitive=asked.sensitive(item),
            unknown=frozenset((NOT_ASKED,)),
            order=tuple(level.code for level in levels),
            not_asked=NOT_ASKED,
        )
    return made


def levels_of(asked: Asked, item: Item) -> tuple[list[SnapshotLevel], tuple[str, ...], list[str]]:
    """Levels, the codes from best to worst, and the codes that are no values."""
    numbers = _points(item) if item.kind in NUMBERS else []
    options = [SnapshotLevel(option.code, option.sv, option.en) for option in item.options]
    levels = [*(SnapshotLevel(code, code, code) for code in numbers), *options]
    unknown = [option.code for option in item.options if option.means is not Means.VALUE]
    if numbers:
        return levels, _best_first(item, {code: float(code) for code in numbers}), unknown
    if item.kind is not ItemKind.SCALE:
        return levels, (), unknown
    known = {option.code: points_of(item, option.code) for option in item.options if option.code not in unknown}
    points = {code: float(value) for code, value in known.items() if value is not None}
    return levels, _best_first(item, points), unknown


def score_column(asked: Asked, score: Score) -> SnapshotColumn:
    """A number, with what gave it."""
    instrument = asked.instrument
    sure = score.verified and instrument.verified
    told = (f"{instrument.id} {instrument.version}", rule_in_words(score), score.source, "" if sure else "overifierat")
    sv, en = asked.titled(score.sv, score.en, score)
    return SnapshotColumn(
        asked.name(score), Column.NUMBER, sv, en, sensitive=asked.sensitive(), scored=", ".join(filter(None, told))
    )


def band_column(asked: Asked, bands: BandSet) -> SnapshotColumn:
    """The bands of a score, for the norm group whose ages a row is of; others are as those not asked."""
    instrument = asked.instrument
    score = instrument.scores[bands.score]
    sure = bands.verified and instrument.verified
    told = (f"{instrument.id} {instrument.version}", bands.norm_group, bands.source, "" if sure else "overifierat")
    codes = tuple(band.code for band in bands.bands)
    order = {1: codes[::-1], -1: codes}.get(score.direction.sign, ())
    sv, en = asked.titled(f"{score.sv}, {bands.norm_group}", f"{score.en}, {bands.norm_group}", score)
    return SnapshotColumn(
        id=asked.name_of_bands(bands),
        kind=Column.CODE,
        sv=sv,
        en=en,
        levels=(*(SnapshotLevel(band.code, band.sv, band.en) for band in bands.bands), _NOT_ASKED),
        sensitive=asked.sensitive(),
        unknown=frozenset((NOT_ASKED,)),
        order=order if len(set(codes)) == len(codes) else (),
        not_asked=NOT_ASKED,
        scored=", ".join(filter(None, told)),
    )


def change_column(asked: Asked, rule: ChangeRule) -> SnapshotColumn:
    """What has become of the same person since an earlier occasion, by the rule."""
    instrument = asked.instrument
    sure = rule.verified and instrument.verified
    codes = verdicts_of(rule)
    sv, en = asked.titled(rule.sv, rule.en, asked.changed(rule))
    told = (f"{instrument.id} {instrument.version}", rule.source, "" if sure else "overifierat")
    return SnapshotColumn(
        id=asked.name_of_change(rule),
        kind=Column.CODE,
        sv=sv,
        en=en,
        levels=(*(SnapshotLevel(code.value, *_VERDICTS[code]) for code in codes), _NO_EARLIER),
        sensitive=asked.sensitive(),
        unknown=frozenset((NOT_ASKED,)),
        order=tuple(code.value for code in codes),
        not_asked=NOT_ASKED,
        scored=", ".join(filter(None, told)),
    )


def slot_column(asked: Asked, slot: Slot) -> SnapshotColumn:
    """From when the answers count, where an item's words say it."""
    words = {name: other.standard for name, other in asked.instrument.slots.items()}
    told = [(choice.code, re.sub(r"\{(\w+)\}", lambda m: words.get(m[1], m[1]), choice.sv)) for choice in slot.choices]
    levels = [SnapshotLevel(code, text, text) for code, text in told]
    sv, en = asked.titled("Utgångspunkt", "Reference point")
    return SnapshotColumn(
        asked.name_of_slot(slot),
        Column.CODE,
        sv,
        en,
        (*levels, _NOT_ASKED),
        unknown=frozenset((NOT_ASKED,)),
        not_asked=NOT_ASKED,
    )


def reference_slots(instrument: Instrument, item: Item) -> list[Slot]:
    """The reference points that the item's own words name."""
    return [slot for slot in instrument.slots.values() if slot.reference and f"{{{slot.id}}}" in item.text]


def items_behind(instrument: Instrument, score: Score) -> Iterable[Item]:
    """Every item that a score is made of, by way of other scores too."""
    yield from (instrument.items[name] for name in (*score.items, *(term.item for term in score.terms)))
    for name in score.scores:
        yield from items_behind(instrument, instrument.scores[name])


def _kind_of(asked: Asked, item: Item) -> Column:
    if item.kind is ItemKind.MULTIPLE:
        return Column.CODES
    if item.kind is ItemKind.DATE:
        return Column.DATE
    if item.kind in NUMBERS:
        return Column.CODE if asked.instrument.never_average and _points(item) else Column.NUMBER
    return Column.CODE


def _points(item: Item) -> list[str]:
    """Every number that can be answered, as codes; none where they are too many."""
    low, high = (limit * 10**item.decimals for limit in limits_of(item))
    if high - low > MOST_POINTS:
        return []
    return [f"{point / 10**item.decimals:g}" for point in range(int(low), int(high) + 1)]


def _best_first(item: Item, points: Mapping[str, float]) -> tuple[str, ...]:
    if item.direction is Direction.NONE or len(points) < 2:
        return ()
    return tuple(sorted(points, key=points.__getitem__, reverse=item.direction is Direction.HIGH_IS_GOOD))

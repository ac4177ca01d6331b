"""Sheets into the store: what is new is added, what has changed is written anew, and the rest is left alone.

The caller holds the write transaction and logs what was done.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from skillnad.collection.models import FreeAnswer, Submission
from skillnad.collection.sheets import Ready
from skillnad.instruments.model import Instrument
from skillnad.lib.sealing import Keys
from skillnad.register.models import ImportRun

MANY = 500
LINKS = ("client_id", "case_id", "intervention_id", "follow_up_id", "unit_id", "provider_id")
FIELDS = (
    "instrument",
    "version",
    "perspective",
    "variant",
    "language",
    "answered_date",
    "occasion",
    "age",
    "slots",
    "answers",
    *LINKS,
)
"""What a row says: a row is unchanged where all of these, and its words, are as they were."""


@dataclass(frozen=True)
class Stored:
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, repr=False)
class Store:
    """`source` names the file's source and the instrument; keys of other sources are other rows."""

    instrument: Instrument
    source: str
    keys: Keys

    def compared(self, ready: Sequence[Ready]) -> tuple[list[Submission], list[Submission], int]:
        """The rows that are new, those that have changed, and how many are as they were; nothing is written."""
        rows = [self._submission(one) for one in ready]
        there = self._there(rows)
        new = [row for row in rows if row.source_key not in there]
        changed = [row for row in rows if row.source_key in there and there[row.source_key][1] != row.row_hash]
        for row in changed:
            row.pk = there[row.source_key][0]
        return new, changed, len(rows) - len(new) - len(changed)

    def store(self, ready: Sequence[Ready], run: ImportRun) -> Stored:
        new, changed, unchanged = self.compared(ready)
        for row in (*new, *changed):
            row.import_run = run
        Submission.everyone.bulk_create(new, batch_size=MANY)
        names = [name.removesuffix("_id") for name in FIELDS]
        Submission.everyone.bulk_update(changed, [*names, "digest", "row_hash", "import_run"], batch_size=MANY)
        words = {self.key(one.key): one.words for one in ready}
        self._replace_words({row.pk: words[row.source_key] for row in changed})
        FreeAnswer.everyone.bulk_create(
            [made for row in new for made in self._sealed(row.pk, words[row.source_key])], batch_size=MANY
        )
        return Stored(len(new), len(changed), unchanged)

    def key(self, key: str) -> str:
        """A keyed name of a row's key: the key may be an identity."""
        return self.keys.blind_text(f"submission:{self.source}", key)

    def _submission(self, one: Ready) -> Submission:
        sheet = one.sheet
        told = {
            "instrument": sheet.instrument,
            "version": sheet.version,
            "perspective": sheet.perspective,
            "variant": sheet.variant,
            "language": sheet.language,
            "answered_date": one.answered,
            "occasion": one.occasion,
            "age": one.told_age,
            "slots": dict(sheet.slots),
            "answers": {name: _plain(answer) for name, answer in sheet.answers.items() if name not in one.words},
            **{link: one.subject.ids.get(link) for link in LINKS},
        }
        return Submission(
            source=self.source,
            source_key=self.key(one.key),
            row_hash=self._hash([told, dict(one.words)]),
            digest=self.instrument.digest,
            **told,
        )

    def _hash(self, told: Any) -> int:
        """64 bits under the installation's key: without it, a guess at the words cannot be tried."""
        text = json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)
        return int.from_bytes(self.keys.blind_index(text)[:8], "big", signed=True)

    def _there(self, rows: Iterable[Submission]) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for some in in_turn(row.source_key for row in rows):
            here = Submission.everyone.filter(source=self.source, source_key__in=some)
            found |= {key: (row, told) for row, key, told in here.values_list("pk", "source_key", "row_hash")}
        return found

    def _sealed(self, submission: int, words: Mapping[str, str]) -> Iterator[FreeAnswer]:
        for item, text in words.items():
            sealed = self.keys.seal(text, submission, seal_kind(item))
            yield FreeAnswer(submission_id=submission, item=item, text_sealed=sealed)

    def _replace_words(self, wanted: Mapping[int, Mapping[str, str]]) -> None:
        """A text that is as it was keeps its themes; one that has changed is another text."""
        gone, kept = [], set()
        for some in in_turn(wanted):
            for old in FreeAnswer.everyone.filter(submission_id__in=some):
                if unsealed(old, self.keys) == wanted[old.submission_id].get(old.item):
                    kept.add((old.submission_id, old.item))
                else:
                    gone.append(old.pk)
        for some in in_turn(gone):
            FreeAnswer.everyone.filter(pk__in=some).delete()
        fresh = (made for row, words in wanted.items() for made in self._sealed(row, words))
        new = [made for made in fresh if (made.submission_id, made.item) not in kept]
        FreeAnswer.everyone.bulk_create(new, batch_size=MANY)


def unsealed(answer: FreeAnswer, keys: Keys) -> str:
    """The words as they were written. Raises UserError CONF-013, CONF-014."""
    return keys.unseal(bytes(answer.text_sealed), answer.submission_id, seal_kind(answer.item))


def seal_kind(item: str) -> str:
    """What is sealed for one item does not open as another's."""
    return f"free_answer.{item}"


def in_turn(things: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of at most MANY: databases have a limit."""
    left = iter(things)
    while some := list(islice(left, MANY)):
        yield some


def _plain(answer: Any) -> Any:
    """As JSON holds it: a whole number without decimals, another as its shortest decimal."""
    if isinstance(answer, Decimal):
        return int(answer) if answer == answer.to_integral_value() else float(answer)
    return answer

"""Instruments in a terminal: a line each, as JSON, and the questions of one as somebody meets them."""

from collections.abc import Iterator, Sequence
from textwrap import indent, wrap
from typing import Any

from skillnad.cli.kernel.instrument_words import (
    answer_sv,
    condition_sv,
    licence_sv,
    option_sv,
    rule_sv,
)
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import ItemKind
from skillnad.instruments.conditions import belongs
from skillnad.instruments.model import Instrument
from skillnad.instruments.texts import Words
from skillnad.instruments.vocabulary import ABOUT, WHO
from skillnad.instruments.wording import PutQuestion, Wording, wording
from skillnad.lib.text import listed

WIDTH = 100


def as_text(instruments: Sequence[Instrument]) -> str:
    """A line an instrument: id, version, title, how many questions, whether its words are free."""
    rows = [(each.id, each.version, f"{len(each.items)} frågor", _free(each), each.title_sv) for each in instruments]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    return "\n".join(lines)


def _free(instrument: Instrument) -> str:
    if instrument.local:
        return "eget"
    return "licens" if instrument.licence.confirm else "fritt"


def as_list(instruments: Sequence[Instrument]) -> list[dict[str, Any]]:
    """What can be said of each in short, for a programme."""
    return [
        {
            "id": each.id,
            "version": each.version,
            "digest": each.digest,
            "kind": each.kind,
            "local": each.local,
            "title": {"sv": each.title_sv, "en": each.title_en},
            "answered_by": list(each.answered_by),
            "about": each.about,
            "perspectives": list(each.perspectives),
            "variants": {variant.id: list(variant.languages) for variant in each.variants.values()},
            "items": list(each.items),
            "scores": list(each.scores),
            "licence": {"kind": each.licence.kind, "texts": each.licence.texts, "confirm": each.licence.confirm},
            "verified": each.verified,
        }
        for each in instruments
    ]


def shown_form(instrument: Instrument, words: Words, variant: str, language: str) -> str:
    """Every question in the words of a variant and language, with its condition, and the scores after them."""
    put = wording(instrument, words, variant, language)
    lines = [f"{instrument.title_sv} ({instrument.id} {instrument.version})", *wrap(instrument.purpose_sv, WIDTH), ""]
    who = listed([WHO[each] for each in instrument.answered_by])
    lines += [f"svarar:  {who}", f"gäller:  {ABOUT[instrument.about]}", f"licens:  {licence_sv(instrument.licence)}"]
    lines += [f"variant: {put.variant.sv} ({put.variant.id}), {language}"]
    lines += _marked(put)
    for who_answers in _perspectives(instrument, put):
        if len(instrument.perspectives) > 1:
            lines += ["", f"== {instrument.perspectives[who_answers].sv} =="]
        for name, item in instrument.items.items():
            if belongs(item, who_answers):
                lines += ["", *_question(instrument, put.question(name))]
    return "\n".join([*lines, *_counted(instrument)])


def _marked(put: Wording) -> list[str]:
    texts, told = put.texts, []
    if texts and not texts.validated:
        told.append("obs:     maskingjord översättning som ingen har granskat")
    if not put.instrument.licence.texts:
        told.append("obs:     orden ingår inte; inom [ ] står vad frågan gäller")
    return told


def _perspectives(instrument: Instrument, put: Wording) -> list[str]:
    """Whose form is shown: those of the variant. The same questions to several are shown once."""
    shown: dict[tuple[str, ...], str] = {}
    for name in put.variant.perspectives or instrument.perspectives:
        items = tuple(item.id for item in instrument.items.values() if belongs(item, name))
        shown.setdefault(items, name)
    return list(shown.values())


def _question(instrument: Instrument, put: PutQuestion) -> Iterator[str]:
    item = put.item
    text = put.text or f"[{item.label_sv}]"
    numbered = f"{put.number or item.id}. {text}" if put.number or not put.text else text
    yield from (part for line in numbered.splitlines() for part in wrap(line, WIDTH))
    for line in put.help.splitlines():
        yield from wrap(line, WIDTH, initial_indent="   ", subsequent_indent="   ")
    condition = condition_sv(instrument, item.when)
    if condition:
        yield indent(f"(ställs om {condition})", "   ")
    for option in put.options:
        told = item.option(option.code)
        remark = option_sv(told) if told else ""
        yield f"   {option.code:>3}  {option.words}{f'  [{remark}]' if remark else ''}"
    if not put.options or item.kind in NUMBERS:
        yield f"   {answer_sv(item)}" + (" (läses aldrig in i en tabell)" if item.kind is ItemKind.TEXT else "")


def _counted(instrument: Instrument) -> Iterator[str]:
    if instrument.scores:
        yield "\nPoäng"
    for score in instrument.scores.values():
        yield from wrap(f"{score.id}: {score.sv}. {rule_sv(instrument, score)}", WIDTH, subsequent_indent="   ")
    if instrument.shares:
        yield "\nAndelar"
    for share in instrument.shares:
        yield f"{share.id}: {share.sv} ({share.item} är {', '.join(sorted(share.codes))})"

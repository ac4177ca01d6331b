"""What is counted over columns is what is counted of each sheet: random small instruments, random answers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from random_instruments import instruments, sheets

from skillnad.instruments.answers import check_answers
from skillnad.instruments.columns import NO_AGE, column_of, refused
from skillnad.instruments.scoring import bands as bands_of_sheet
from skillnad.instruments.scoring import score as score_sheet
from skillnad.instruments.vectors import NO_BAND, band_columns, score_columns


def columns_of(instrument, sheets):
    return {
        name: column_of(item, [sheet.answers.get(name) for sheet in sheets]) for name, item in instrument.items.items()
    }


def ages_of(sheets):
    return np.array([NO_AGE if sheet.age is None else sheet.age for sheet in sheets])


@st.composite
def batches(draw):
    instrument = draw(instruments())
    perspective = draw(st.sampled_from(["client", "staff"]))
    return instrument, perspective, draw(st.lists(sheets(instrument, perspective), min_size=1, max_size=6))


@examples(80, 4000)
@given(batches())
def test_rows_are_refused_as_their_sheets_are(batch):
    instrument, perspective, given_sheets = batch
    found = refused(instrument, perspective, columns_of(instrument, given_sheets), ages_of(given_sheets))
    assert found.tolist() == [bool(check_answers(instrument, sheet)) for sheet in given_sheets]


@examples(80, 4000)
@given(batches())
def test_rows_are_scored_as_their_sheets_are(batch):
    instrument, perspective, given_sheets = batch
    sound = [sheet for sheet in given_sheets if not check_answers(instrument, sheet)]
    found = score_columns(instrument, perspective, columns_of(instrument, sound))
    banded = band_columns(instrument, perspective, found, ages_of(sound))
    for row, sheet in enumerate(sound):
        results = score_sheet(instrument, sheet)
        values = {name: column.values[row] for name, column in found.items()}
        assert {name: None if np.isnan(value) else value for name, value in values.items()} == {
            name: result.number for name, result in results.items()
        }
        assert _codes(instrument, banded, row) == {
            name: band.code for name, band in bands_of_sheet(instrument, sheet, results).items()
        }


def _codes(instrument, banded, row):
    sets = {each.id: each.bands for each in instrument.band_sets}
    return {name: sets[name][places[row]].code for name, places in banded.items() if places[row] != NO_BAND}

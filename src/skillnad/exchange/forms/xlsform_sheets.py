"""The sheets of an XLSForm that others read, of an instrument with its words."""

from skillnad.exchange.forms.xlsform_own import Sheets
from skillnad.exchange.forms.xlsform_rows import sheets_of
from skillnad.instruments.loading import Loaded
from skillnad.instruments.texts import SWEDISH, words_of
from skillnad.instruments.wording import base_of, languages_of, wording
from skillnad.lib.errors import UserError
from skillnad.lib.text import either, shown


def form_sheets(loaded: Loaded, variant: str = "", perspective: str = "") -> Sheets:
    """The cells of the sheets that others read."""
    instrument, words = loaded.instrument, words_of(loaded.files)
    if perspective and perspective not in instrument.perspectives:
        known = list(instrument.perspectives)
        raise UserError.of(
            "INSTR-059",
            where="perspective",
            sv=f"Perspektivet ”{shown(perspective)}” finns inte. Välj {either(known)}.",
            en=f"There is no perspective '{shown(perspective)}'. Choose {either(known, 'en')}.",
        )
    chosen = instrument.variants.get(variant) or base_of(instrument)
    languages = dict.fromkeys((SWEDISH, *languages_of(chosen, words)))
    wordings = {name: wording(instrument, words, variant, name) for name in languages}
    return sheets_of(instrument, wordings, perspective)

"""The worked examples of a folder, with the words that its own files give."""

from skillnad.instruments.cases import check_cases
from skillnad.instruments.model import Instrument
from skillnad.instruments.pooling import pools
from skillnad.instruments.reading import Files, Findings
from skillnad.instruments.slots import Chosen
from skillnad.instruments.texts import words_of
from skillnad.instruments.wording import wording
from skillnad.instruments.worked import Cases, WorkedCase


def check_folder_cases(instrument: Instrument, files: Files, findings: Findings) -> Cases:
    """Read and work cases.toml; what is wrong is added to `findings` (INSTR-003, 006, 020 to 022)."""
    texts = words_of(files)

    def said(case: WorkedCase, item: str) -> str:
        slots = {name: Chosen(code) for name, code in case.slots.items()}
        return wording(instrument, texts, case.variant, slots=slots).question(item, case.answers).text

    return check_cases(
        instrument, files.cases, files.name, findings, words=said, pools=lambda case: pools(instrument, case)
    )

"""The question of an answer as data that is saved: asked again on the command line, in a notebook, of any snapshot."""

from skillnad.analysis.headline import headline
from skillnad.analysis.question_data import question_as_data
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.saved_questions import LONGEST_NAME, VERSION, as_toml


def question_text(table: ProtectedTable) -> str:
    """TOML, as `skillnad ask` reads it."""
    name = headline(table)[:LONGEST_NAME]
    return as_toml({"version": VERSION, "name": name, "question": question_as_data(table.question)})

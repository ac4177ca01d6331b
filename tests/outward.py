"""Every way out: the pages, commands, files and names through which anything of a snapshot leaves, each with how it is
walked by `acceptance/test_nothing_small_leaves.py`, or with why nothing of a snapshot leaves there.

A new page, command, file kind or public name has to be put here: `repository/test_ways_out.py` finds them all.
"""

from collections.abc import Mapping

NOTHING = "nothing: "
"""Begins the reason of what shows nothing that is counted."""

PAGES: Mapping[str, str] = {
    "start": f"{NOTHING}leads to the report",
    "accessibility": f"{NOTHING}a text",
    "account_login": f"{NOTHING}before sign-in",
    "sign_in": f"{NOTHING}leads to the municipality's login",
    "sign_in_done": f"{NOTHING}leads back from it",
    "account_logout": f"{NOTHING}after sign-in",
    "account_signup": f"{NOTHING}closed",
    "account_inactive": f"{NOTHING}a text",
    "account_change_password": f"{NOTHING}a form",
    "account_reauthenticate": f"{NOTHING}a form",
    "mfa_authenticate": f"{NOTHING}before sign-in",
    "mfa_index": f"{NOTHING}links to forms",
    "mfa_activate_totp": f"{NOTHING}a form, and a secret of one's own",
    "mfa_deactivate_totp": f"{NOTHING}a form",
    "mfa_view_recovery_codes": f"{NOTHING}secrets of one's own",
    "mfa_generate_recovery_codes": f"{NOTHING}a form",
    "mfa_reauthenticate": f"{NOTHING}a form",
    "report_style": f"{NOTHING}a style sheet",
    "reports": "read",
    "prepare_report": "made",
    "review_report": "read",
    "make_report": "made",
    "report": "read",
    "report_file": "files",
    "differences": "read",
    "make_differences": "made",
    "explain_difference": f"{NOTHING}takes a text and leads back",
    "withdraw_explanation": f"{NOTHING}leads back",
    "differences_file": "files",
    "own_unit": f"{NOTHING}shown to who answers for the unit alone, logged, and never a file (`own_area`)",
    "instruments": f"{NOTHING}the questions that are asked, and no answer",
    "instrument": f"{NOTHING}the questions that are asked, and no answer",
    "free_questions": f"{NOTHING}which questions have free answers, for who may read them",
    "free_answers": f"{NOTHING}words, masked, for who may read them, logged, and never a file",
    "theme_free_answer": f"{NOTHING}takes words and leads back",
    "emergencies": f"{NOTHING}who opened what in an emergency, and why",
    "open_emergency": f"{NOTHING}takes a reason and leads back",
    "close_emergency": f"{NOTHING}leads back",
    "roles": f"{NOTHING}who has which role",
    "give_role": f"{NOTHING}leads back",
    "organisation": f"{NOTHING}which units there are and were",
    "change_organisation": f"{NOTHING}leads back",
    "take_back_role": f"{NOTHING}leads back",
    "log_reviews": f"{NOTHING}which checks of the log there are",
    "log_review": f"{NOTHING}who has read, when and why, and never whom",
    "settle_log_finding": f"{NOTHING}takes an outcome and leads back",
    "explorer": "read",
    "explorer_file": "files",
}
COMMANDS: Mapping[str, str] = {
    "table": "answered",
    "duration": "answered",
    "flow": "answered",
    "compare": "answered",
    "course": "answered",
    "ask": "answered",
    "report": "files",
    "differences": "files",
    "protect": "files",
    "attack": "answered",
    "verify": "answered",
    "codebook": f"{NOTHING}what words mean",
    "instrument": f"{NOTHING}questions, and sheets of answers back to who has them in hand",
    "docs": f"{NOTHING}the manual",
    "import": f"{NOTHING}told to who has the extract in hand",
    "mapping": f"{NOTHING}told to who has the extract in hand",
    "snapshot": f"{NOTHING}where the snapshot is",
    "account": f"{NOTHING}logins",
    "organisation": f"{NOTHING}which units there are and were",
    "audit": f"{NOTHING}who has read what, told to who has the keys in hand",
    "keys": f"{NOTHING}which keys there are, and how much each sealed",
    "doctor": f"{NOTHING}settings and faults, and no secret",
    "backup": f"{NOTHING}sealed files, told to who has the keys in hand",
    "demo": f"{NOTHING}people that are made up",
    "explore": f"{NOTHING}the pages serve",
    "serve": f"{NOTHING}the pages serve",
}
FILES = ("csv", "xlsx", "sav", "parquet", "svg", "json", "html", "md")
"""What one protected table becomes (`reports.render.files.KINDS`)."""
EXPLORED = ("csv", "xlsx", "parquet", "sav", "toml", "svg")
REPORTED = ("html", "pdf", "xlsx")
SCREEN = ("csv", "json", "html", "markdown")
EDITIONS = ("standard", "namnd")
EXPORTERS = ("answer_frames", "cells", "frames", "spss", "spss_texts")
"""Modules of `exchange.results`. `answer_frames` writes sheets of answers for who has them in hand: nothing counted."""
RENDERERS = (
    "explanations",
    "files",
    "gaps",
    "grid_markup",
    "html",
    "html_tables",
    "notebook",
    "pdf",
    "phone",
    "sheets",
    "sources",
    "tables",
    "workbook",
    "xlsx",
)
"""Modules of `reports.render`."""
NAMES: Mapping[str, str] = {
    "ask": "answered",
    "ask_municipalities": "answered",
    "chart": "answered",
    "notebook_html": "answered",
    "save": "answered",
    "to_frame": "answered",
    "merged": f"{NOTHING}a column's name",
    "load_codebook": f"{NOTHING}what words mean",
    "open_snapshot": f"{NOTHING}what is asked of",
}
"""Functions of the package's face; its classes are questions."""

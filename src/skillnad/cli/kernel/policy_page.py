"""The reference page of the disclosure policy: every rule, and every number that leaves beside a count."""

from skillnad.analysis.disclosure.derived.numbers import NUMBERS, SV
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.policy_fields import FIELDS, Field
from skillnad.analysis.disclosure.policy_files import written
from skillnad.codebook.wording import in_cell

TITLE = "Policyn, regel för regel"
NAME = "policy.md"


def policy_page(generated: str) -> str:
    """The page as Markdown, `generated` first. Tables as the reference's other pages have them."""
    rules = [_rule(name, field) for name, field in FIELDS.items()]
    numbers = [_row(number.sv, ", ".join(f"`{each}`" for each in number.ids), SV[number.how]) for number in NUMBERS]
    parts = [
        generated,
        f"# {TITLE}\n",
        "Hur en policy skrivs och vem som bestämmer står i [Policyn](../policy.md).\n",
        "## Regler\n",
        "Ett strängare värde får en rapport alltid be om; ett mildare bara där kommunens policy säger "
        "`allow_looser = true`.\n",
        "\n".join((_row("regel", "förval", "strängare", "vad den är"), "|---|---|---|---|", *rules)) + "\n",
        "## Tal som lämnar tillsammans med antalen\n",
        "Varje tal är en uppgift om antalen. Granskaren räknar baklänges, med talets avrundning, och invänder mot ett "
        "tal som säger något som de synliga antalen inte säger. Ett tal som inte står här invänder den alltid mot.\n",
        "\n".join((_row("tal", "mått", "hur det räknas med"), "|---|---|---|", *numbers)) + "\n",
        "Diagram, ”n =” och ord som ”nästan alla” görs av den skyddade tabellen och av inget annat. De säger därför "
        "inget mer än dess tal.\n",
    ]
    return "\n".join(parts)


def _rule(name: str, field: Field) -> str:
    default = written(getattr(DEFAULT, name))
    return _row(f"`{name}`", f"`{default}`" if default else "–", field.how or "–", field.sv)


def _row(*cells: str) -> str:
    return f"| {' | '.join(in_cell(cell) for cell in cells)} |"

"""docs/behorighet.md: who may see what, from the table that the program asks."""

from collections.abc import Iterator

from skillnad.codebook.wording import in_cell
from skillnad.organisation.rights import RULES, UNIT_ROLES, Role, Rule, Sees, rights_of

NAME = "behorighet.md"

_INTRO = """# Vem som får se vad

För dataskyddsombudet, och för den som ger ut behörigheter. Tabellerna är gjorda ur den tabell som programmet själv
frågar (`skillnad.organisation.rights`): det som står här är det som gäller. Ett test prövar varje adress mot den.

## Hur det hänger ihop

- En **roll** ges till en inloggning av en driftansvarig, i en enhet, i en nämnd eller utan plats. Ingen ger sig själv
  en roll. På sidan *Behörigheter* står vem som har vilken, från när och av vem, också sedan den har tagits
  tillbaka.
- **Varje nämnd är ett sekretessområde.** Uppgifter om människor visas bara där rollen är given. En roll utan plats
  visar aldrig någon person; en central avdelning får alltså resultat och ingen person. Ska någon läsa i två nämnder
  ges rollen två gånger.
- Det som inte har någon enhet, som ett svar i en öppen webbenkät, hör till hela kommunen: det visas bara för den som
  har alla nämnder.
- **Skyddad identitet** visas för ingen. Den som behöver det i sitt arbete får det i sin roll, uttryckligen, i varje
  nämnd eller enhet som rollen gäller.
- **I nödfall** kan den som läser om människor på ett ställe öppna ett annat, i högst fyra timmar, med skäl och
  förklaring. Enhetens chef och granskaren ser det på sidan *Nödöppningar*. Det stängs av sig självt, och visar aldrig
  skyddad identitet.
- Varje läsning av uppgifter om människor står i loggen med vem, när, vad och **ändamål**.
- På PostgreSQL vägrar databasen själv att lämna ut rader utanför området: webben läser som en roll utan egna
  rättigheter, och området sätts för varje anrop. Den som inte är inloggad har inget område.
- Inläsning och ögonblicksbilder görs vid datorn av den som får läsa nyckelfilen, inte i webben ([beslut
  20](adr/0020-imports-and-snapshots-are-made-at-the-machine.md)).
"""


def rights_page(generated: str) -> str:
    """The page as Markdown, `generated` first."""
    return "\n".join([generated, _INTRO, *_roles(), *_table(), *_details(), *_kinds()])


def _roles() -> Iterator[str]:
    yield "## Rollerna\n"
    yield _row("roll", "vad den är till för", "ges i", "ser som mest")
    yield "|---|---|---|---|"
    for role in Role:
        where = "en enhet, alltid" if role in UNIT_ROLES else "en enhet, en nämnd eller ingen plats"
        yield _row(role.label, role.what, where, most(role).label)
    yield ""


def most(role: Role) -> Sees:
    """The most delicate that any of the role's rights shows."""
    order = list(Sees)
    shown = [rule.sees for rule in RULES if rule.right in rights_of(role)]
    return max(shown, key=order.index, default=Sees.NOTHING)


def _table() -> Iterator[str]:
    yield "## Roller och rättigheter\n"
    yield _row("får", *(role.label for role in Role))
    yield "|---|" + ":-:|" * len(Role)
    for rule in RULES:
        yield _row(rule.what, *("ja" if role in rule.roles else "–" for role in Role))
    yield ""


def _details() -> Iterator[str]:
    yield "## Varje rättighet\n"
    yield _row("får", "visar", "ändamål", "skyddad identitet")
    yield "|---|---|---|---|"
    for rule in RULES:
        yield _row(rule.what, rule.sees.label, rule.purpose.label, _protected(rule))
    yield ""


def _protected(rule: Rule) -> str:
    if not rule.reads_people:
        return "visas inte"
    return "bara med uttryckligt medgivande" if rule.protected else "aldrig"


def _kinds() -> Iterator[str]:
    yield "## Vem som ser människor\n"
    yield "Uppgifter om enskilda visas bara av dessa rättigheter, och bara för dessa roller, där rollen är given:\n"
    for rule in RULES:
        if rule.reads_people:
            yield f"- {rule.what}: {', '.join(role.label for role in Role if role in rule.roles)}"
    yield "\nSmå tal, som någon som känner enheten kan förstå vem de rör, visas av:\n"
    for rule in RULES:
        if rule.sees is Sees.SMALL_NUMBERS:
            yield f"- {rule.what}: {', '.join(role.label for role in Role if role in rule.roles)}"
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(in_cell(cell) for cell in cells)} |"

"""What a sample is called in a title, and what it says of others, in Swedish."""

from skillnad.analysis.comparisons.questions import Drawn
from skillnad.analysis.figures import whole
from skillnad.analysis.formulas.intervals import Why
from skillnad.analysis.formulas.samples import Chosen

WHO = {
    Chosen.FIRST_MET: "bland de första som kom",
    Chosen.BY_HAND: "bland dem som någon valde",
    Chosen.THEMSELVES: "bland dem som själva valde att vara med",
}
ALL_THERE = (
    "Alla är med, så ingen urvalsosäkerhet finns: skillnaderna är så stora som de är. Om de är större än slumpen "
    "brukar ge i så stora grupper är en annan fråga; ställ den utan att ange något urval."
)
BY_LOT = (
    "Talen gäller alla som urvalet är draget ur. De som saknar uppgift räknas som om de inte hade dragits: de antas "
    "vara som de andra."
)
ASKED = "Talen gäller alla. Det osäkra är de som saknar uppgift: de antas vara som de andra, så när som på slump."
HOW = (
    "Inom parentes står 95 procents konfidensintervall, efter hur många som svarat och hur många de svarar för "
    "(skillnadens är Newcombes av de två andelarnas, p är från chi-två-testet), räknade på så många svar som de i "
    "praktiken är värda."
)
WEIGHED = "Varje grupp är dragen för sig; alla tillsammans, och övriga, är vägda efter hur många varje grupp har."


def drawn_last(drawn: Drawn) -> str:
    """The end of a title: "i ett slumpmässigt urval ur 1 400", "bland de första som kom"."""
    if not drawn.chosen.at_random:
        return WHO[drawn.chosen]
    people = drawn.of_all if drawn.of_all is not None else sum(number for _, number in drawn.of_each)
    if drawn.chosen is Chosen.EVERYONE:
        return f"där alla {whole(people)} tillfrågades" if people else "där alla tillfrågades"
    return f"i ett slumpmässigt urval ur {whole(people)}"


def drawn_means(drawn: Drawn, *, unsure: bool) -> tuple[str, ...]:
    """What the sample's figures say; `unsure` is whether the table has anything that is."""
    if not drawn.chosen.at_random:
        return (Why.NOT_RANDOM.sv,)
    if not unsure:
        return (ALL_THERE,)
    whose = ASKED if drawn.chosen is Chosen.EVERYONE else BY_LOT
    return (whose, HOW, WEIGHED) if drawn.of_each else (whose, HOW)

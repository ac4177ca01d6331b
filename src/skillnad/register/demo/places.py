"""The made-up municipality's organisation: two committees, their units, and who carries interventions out."""

from skillnad.organisation.places import Place, ProviderPlace, Tree, UnitPlace
from skillnad.register.demo.municipality import CODE, NAME, Provider, Unit

SOCIAL = "Socialnämnden"
CARE = "Vård- och omsorgsnämnden"

UNITS = (
    Unit("BUO", "Barn och familj öst", SOCIAL),
    Unit("BUV", "Barn och familj väst", SOCIAL),
    Unit("UNG", "Ungdomsenheten", SOCIAL),
    Unit("VUX", "Vuxenenheten", SOCIAL),
    Unit("REL", "Enheten mot våld i nära relationer", SOCIAL),
    Unit("FÖR", "Försörjningsstöd", SOCIAL),
    Unit("ARB", "Arbetsmarknadsenheten", SOCIAL),
    Unit("ÄNO", "Biståndsenheten norr", CARE),
    Unit("ÄSÖ", "Biståndsenheten söder", CARE),
    Unit("FUN", "Funktionsstöd", CARE),
    Unit("PSY", "Socialpsykiatri", CARE),
)

PROVIDERS = (
    Provider("EGEN", "Egen regi", "own"),
    Provider("HVB1", "HVB Påhittsgården", "hvb"),
    Provider("HVB2", "HVB Låtsaslunden", "hvb"),
    Provider("HVB3", "Stödboendet Tänkta huset", "hvb"),
    Provider("FAM0", "Kommunens egna familjehem", "foster"),
    Provider("FAM1", "Familjehemsorganisationen Exempelvis", "foster"),
    Provider("FAM2", "Konsulentstödet Tillsvidare", "foster"),
)

PROVIDER_WEIGHTS = {
    "own": {"EGEN": 1.0},
    "hvb": {"HVB1": 5.0, "HVB2": 4.0, "HVB3": 1.0},  # the last is small on purpose: gaps must appear somewhere
    "foster": {"FAM0": 5.0, "FAM1": 4.0, "FAM2": 1.0},
}

_KINDS = {"own": "municipal", "hvb": "private", "foster": "private"}


def tree() -> Tree:
    """The organisation as the register takes it. Providers are known by name in all three systems."""
    return Tree(
        municipality=Place(CODE, NAME),
        committees=(Place("SN", SOCIAL), Place("VON", CARE)),
        units=tuple(UnitPlace(unit.code, unit.name, committee=_COMMITTEE[unit.committee]) for unit in UNITS),
        providers=tuple(
            ProviderPlace(provider.name, provider.name, kind=_KIND_OF.get(provider.code, _KINDS[provider.kind]))
            for provider in PROVIDERS
        ),
    )


_COMMITTEE = {SOCIAL: "SN", CARE: "VON"}
_KIND_OF = {"FAM0": "municipal"}

"""The municipality by who belongs to whom, for those who write it out."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from skillnad.register.demo.municipality import (
    Case,
    Client,
    Cost,
    FollowUp,
    Intervention,
    Municipality,
    Provider,
    Review,
    Unit,
)

Visit = TypeVar("Visit", FollowUp, Review, Cost)


class Index:
    """Look-ups over a municipality; everything comes in the order that it was made."""

    def __init__(self, municipality: Municipality) -> None:
        self.clients: dict[int, Client] = {client.number: client for client in municipality.clients}
        self.units: dict[str, Unit] = {unit.code: unit for unit in municipality.units}
        self.providers: dict[str, Provider] = {provider.code: provider for provider in municipality.providers}
        self._municipality = municipality

    @cached_property
    def _by_system(self) -> dict[str, list[Case]]:
        found: dict[str, list[Case]] = defaultdict(list)
        for case in self._municipality.cases:
            found[case.system].append(case)
        return found

    @cached_property
    def _by_case(self) -> dict[int, list[Intervention]]:
        found: dict[int, list[Intervention]] = defaultdict(list)
        for intervention in self._municipality.interventions:
            found[intervention.case].append(intervention)
        return found

    @cached_property
    def _follow_ups(self) -> dict[int, list[FollowUp]]:
        return _by_intervention(self._municipality.follow_ups)

    @cached_property
    def _reviews(self) -> dict[int, list[Review]]:
        return _by_intervention(self._municipality.reviews)

    @cached_property
    def _costs(self) -> dict[int, list[Cost]]:
        return _by_intervention(self._municipality.costs)

    def cases_of(self, system: str) -> list[Case]:
        return self._by_system[system]

    def clients_of(self, system: str) -> list[Client]:
        numbers = dict.fromkeys(case.client for case in self.cases_of(system))
        return [self.clients[number] for number in numbers]

    def interventions_of(self, case: Case) -> list[Intervention]:
        return self._by_case[case.number]

    def follow_ups_of(self, intervention: Intervention) -> list[FollowUp]:
        return self._follow_ups[intervention.number]

    def reviews_of(self, intervention: Intervention) -> list[Review]:
        return self._reviews[intervention.number]

    def costs_of(self, intervention: Intervention) -> list[Cost]:
        return self._costs[intervention.number]


def _by_intervention(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.intervention].append(visit)
    return found

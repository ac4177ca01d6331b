"""Reading what is written beside differences."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.timezone import localdate

from skillnad.improvement.models import Explanation
from skillnad.organisation.models import Account
from skillnad.reports.explanations import Explanations, Written

_ACCOUNT = "account:"


def all_explanations() -> Explanations:
    """Everything that stands, by difference, the last written first: few enough to be read at once."""
    standing = list(Explanation.objects.filter(withdrawn_at__isnull=True))
    names = _names({one.written_by for one in standing})
    told: defaultdict[str, list[Written]] = defaultdict(list)
    for one in standing:
        told[one.difference].append(_written(one, names))
    return Explanations({difference: tuple(written) for difference, written in told.items()})


def _written(one: Explanation, names: Mapping[str, str]) -> Written:
    by = names.get(one.written_by, one.written_by)
    return Written(one.text, by, localdate(one.written_at), one.period, one.about, one.title, one.pk, one.written_by)


def _names(actors: set[str]) -> Mapping[str, str]:
    """What an actor is called; one whose login is gone keeps the actor's own name."""
    keys = [int(actor.removeprefix(_ACCOUNT)) for actor in actors if actor.startswith(_ACCOUNT)]
    accounts = Account.objects.filter(pk__in=keys)
    return {account.actor: account.get_full_name() or account.get_username() for account in accounts}

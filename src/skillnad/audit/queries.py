"""Reading the log, and showing that it is whole."""

import hmac

from skillnad.audit.chain import Checkpoint, mac_of
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import UserError


def checkpoint() -> Checkpoint:
    """How far the log has come: to be kept outside the database."""
    last = AuditEvent.objects.order_by("-pk").values_list("mac", flat=True).first()
    return Checkpoint(AuditEvent.objects.count(), last or "")


def verify(since: Checkpoint | None = None) -> int:
    """The number of events, when every one is as it was written and none is missing between them.

    With `since`, also that the log still goes through that checkpoint, so that nothing is cut off before it.
    Raises UserError REG-020 (an event changed, or one is missing before it) and REG-021 (the checkpoint is gone).
    """
    keys, previous, number = installed_keys(), "", 0
    reached = since is None or since.events == 0
    for number, event in enumerate(AuditEvent.objects.order_by("pk").iterator(), start=1):
        if event.previous_mac != previous or not hmac.compare_digest(event.mac, mac_of(event, keys)):
            raise _broken(number)
        previous = event.mac
        reached = reached or (since is not None and (number, previous) == (since.events, since.mac))
    if not reached:
        raise _cut()
    return number


def _broken(number: int) -> UserError:
    return UserError.of(
        "REG-020",
        where=f"logg, händelse {number}",
        sv="Händelsen har ändrats, eller så saknas en före den. Jämför loggen med säkerhetskopian.",
        en="The event has been changed, or one is missing before it. Compare the log with the backup.",
    )


def _cut() -> UserError:
    return UserError.of(
        "REG-021",
        where="logg",
        sv="Loggen når inte fram till kontrollpunkten: händelser har tagits bort. Jämför med säkerhetskopian.",
        en="The log does not reach the checkpoint: events have been removed. Compare it with the backup.",
    )

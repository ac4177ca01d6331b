"""The history's rows. None is changed or removed (`triggers`): a correction is a new row that replaces another, and
what stands is what no other row replaces."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from skillnad.organisation.constraints import in_order, not_empty


class Recorded(models.Model):
    """What somebody has said of the tree, and when. `withdrawn` takes back what it `replaces`."""

    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    withdrawn = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        abstract = True


class UnitRecord(Recorded):
    """A unit under one name in one place of the tree, from a first day to a last."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="records")
    name = models.CharField(max_length=200)
    committee = models.ForeignKey("organisation.Committee", on_delete=models.PROTECT, related_name="+")
    administration = models.ForeignKey(
        "organisation.Administration", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        constraints = [not_empty("name"), not_empty("made_by"), in_order("valid_from", "valid_to")]


class SuccessionRecord(Recorded):
    """A unit's work that another goes on with from a day."""

    predecessor = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(name="%(class)s_of_another", condition=~Q(("predecessor", F("successor")))),
            not_empty("made_by"),
        ]

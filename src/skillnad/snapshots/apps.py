from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "skillnad.snapshots"
    label = "snapshots"

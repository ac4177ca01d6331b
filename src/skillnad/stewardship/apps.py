from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "skillnad.stewardship"
    label = "stewardship"

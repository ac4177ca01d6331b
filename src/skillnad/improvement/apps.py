from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "skillnad.improvement"
    label = "improvement"

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "skillnad.audit"
    label = "audit"

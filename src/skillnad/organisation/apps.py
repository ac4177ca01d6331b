from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "skillnad.organisation"
    label = "organisation"

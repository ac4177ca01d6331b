from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "skillnad.register"
    label = "register"

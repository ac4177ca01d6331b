from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "skillnad.collection"
    label = "collection"

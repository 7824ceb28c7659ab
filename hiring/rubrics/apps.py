from django.apps import AppConfig


class RubricsConfig(AppConfig):
    name = "hiring.rubrics"
    label = "rubrics"

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "hiring.api"
    label = "api"

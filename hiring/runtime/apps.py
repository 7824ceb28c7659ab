from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "hiring.runtime"
    label = "runtime"

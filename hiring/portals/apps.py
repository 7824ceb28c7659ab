from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "hiring.portals"
    label = "portals"

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "hiring.mail"
    label = "mail"

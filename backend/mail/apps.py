"""Django registration of the mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The outbox, its delivery, its trial."""

    name = "backend.mail"
    verbose_name = "courrier"

"""Django registration of the mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The outbox, its delivery, its trial."""

    name = "backend.mail"
    verbose_name = "courrier"

    def ready(self) -> None:
        """What is looked at to say whether messages leave."""
        from backend.core.health.findings import When, register
        from backend.core.privacy import tables
        from backend.mail import privacy
        from backend.mail.health import mail_leaves_in_time

        register(mail_leaves_in_time, when=When.RUNNING)
        tables.register(*privacy.TABLES)
        tables.before_erasing(privacy.erase)

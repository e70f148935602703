"""Background work: the Celery application; tasks live in each domain's `tasks.py`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.embedded")


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Celery leaves logging alone once somebody says that it is done: Django's settings did it."""


app = Celery("passerelles")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

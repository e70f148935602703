"""Background work: the Celery application; tasks live in each domain's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.embedded")

app = Celery("passerelles")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

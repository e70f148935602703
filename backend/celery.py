"""Background work: the Celery application; tasks live in each domain's `tasks.py`."""

import os

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import (
    beat_init,
    celeryd_init,
    heartbeat_sent,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_shutdown,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from backend.core.health import signs
from backend.core.health.presence import Said
from backend.core.wall.gates import Gate
from backend.core.wall.reach import NOBODY, Reach, work_for
from backend.settings.sizes import choose_settings, refuse_to_serve_a_trial

choose_settings(os.environ)


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Celery leaves logging alone once somebody says that it is done: Django's settings did it."""


@celeryd_init.connect
@beat_init.connect
def refuse_a_trial(**kwargs: object) -> None:
    """Workers and clock, when they start: a process that only sends work imports this module too."""
    try:
        refuse_to_serve_a_trial()
    except ImproperlyConfigured as error:
        # A signal of Celery swallows any other exception.
        raise SystemExit(f"La configuration est à corriger. {error}") from error


@heartbeat_sent.connect
def show_that_the_worker_lives(**kwargs: object) -> None:
    """Every two seconds, from the process that takes messages."""
    signs.show(signs.Watched.WORKER, settings.DATA_DIR)


@worker_shutdown.connect
def show_that_the_worker_leaves(**kwargs: object) -> None:
    """A worker stopped on purpose is known to be stopped at once."""
    signs.forget(signs.Watched.WORKER, settings.DATA_DIR)


@task_prerun.connect
def work_for_everybody(**kwargs: object) -> None:
    """A task begins by the accounts of the whole installation; one that a seat asked for goes on within its reach."""
    work_for(Reach(gate=Gate.WORKER))


@task_postrun.connect
def work_for_nobody(**kwargs: object) -> None:
    """Between two tasks nothing is read."""
    work_for(NOBODY)


class Clock(PersistentScheduler):
    """Celery's own, which shows that it turns."""

    def tick(self, *args: object, **kwargs: object) -> float:
        """Every half minute at the latest: see `CELERY_BEAT_MAX_LOOP_INTERVAL`."""
        signs.show(signs.Watched.CLOCK, settings.DATA_DIR)
        wait: float = super().tick(*args, **kwargs)
        return wait

    def close(self) -> None:
        """A clock stopped on purpose is known to be stopped at once."""
        signs.forget(signs.Watched.CLOCK, settings.DATA_DIR)
        super().close()


app = Celery("passerelles", events=Said)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

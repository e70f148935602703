"""The checks of the frame: base, tables, keys, cache, disk, style sheets, broker, workers, clock, mail."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu import Connection

from backend.core.health import signs
from backend.core.health.findings import NO_BASE, Check, Gravity, Trouble
from backend.core.jobs import silence_of
from backend.core.pages.static_files import StaticFiles
from backend.core.sealing.resealing import opens_what_is_stored
from backend.core.wall.gates import Gate
from backend.core.wall.keeping import taken_down_on
from backend.core.wall.raising import obstacle, state_of
from backend.core.wall.reach import lifted

LEAST_FREE_BYTES = 1_000_000_000
_GREETS_WITHIN = 1  # seconds
_BASE = Trouble(
    NO_BASE,
    Gravity.VITAL,
    "La base de données ne répond pas.",
    "Vérifiez que PostgreSQL tourne, et DATABASE_URL (ou POSTGRES_HOST, POSTGRES_PASSWORD).",
)
_TABLES = Trouble(
    "migrations",
    Gravity.VITAL,
    "Les tables de la base ne sont pas celles de cette version.",
    "passerelles backup DOSSIER, puis passerelles migrate",
)
_EMPTY = Trouble("migrations", Gravity.VITAL, "La base n’a pas encore ses tables.", "passerelles migrate")
_CACHE = Trouble(
    "cache",
    Gravity.VITAL,
    "Le décompte des connexions n’est pas tenu : personne ne peut entrer.",
    "passerelles migrate, puis passerelles createcachetable",
)
_DISK = Trouble(
    "disque",
    Gravity.VITAL,
    "Il reste moins d’un gigaoctet sur le disque des fichiers.",
    "Libérez de la place sur le disque de DATA_DIR : df -h le montre ; d’anciennes sauvegardes s’effacent",
)
_FILES = Trouble(
    "fichiers",
    Gravity.VITAL,
    "Le dossier des fichiers ne peut pas être écrit.",
    "Donnez DATA_DIR au compte du service : chown -R",
)
_KEYS = Trouble(
    "cles",
    Gravity.DEGRADED,
    "Des textes ne s’ouvrent plus avec les clés données.",
    "Remettez dans OLD_FIELD_KEYS la clé qui les a chiffrés, puis passerelles reseal",
)
_WALL = Trouble(
    "second_mur",
    Gravity.DEGRADED,
    "Le second mur de la base n’est pas entier : des tables de personnes sont dehors, ou le compte passe par-dessus.",
    "passerelles second-wall dit ce qui manque, passerelles second-wall --raise le remet",
)
_NO_WALL = "Les droits de chaque rôle tiennent seuls : le second mur de la base "
_WALL_OFF = Trouble(
    "second_mur_absent",
    Gravity.NOTICE,
    f"{_NO_WALL}n’est pas dressé.",
    "passerelles second-wall --raise",
)
_WALL_TAKEN_DOWN = Trouble(
    "second_mur_enleve",
    Gravity.NOTICE,
    f"{_NO_WALL}a été enlevé par la commande, et le reste.",
    "Si la raison est passée : passerelles second-wall --raise",
)
_WALL_CANNOT_HOLD = {
    "passes_over": Trouble(
        "second_mur_impossible",
        Gravity.NOTICE,
        f"{_NO_WALL}ne peut pas tenir, le compte de la base passe par-dessus.",
        "passerelles second-wall dit quoi taper",
    ),
    "pooled_by_transaction": Trouble(
        "second_mur_impossible",
        Gravity.NOTICE,
        f"{_NO_WALL}ne peut pas tenir derrière un répartiteur de connexions par transaction.",
        "Mettez pool_mode = session dans PgBouncer, puis POSTGRES_POOL=session",
    ),
}
_WALL_POOLED = Trouble(
    "second_mur",
    Gravity.VITAL,
    "Le second mur est dressé derrière un répartiteur de connexions par transaction : une page y parlerait pour une autre.",
    "Mettez pool_mode = session dans PgBouncer, puis POSTGRES_POOL=session ; ou passerelles second-wall --take-down",
)
_SHEETS = Trouble(
    "feuilles_de_style",
    Gravity.VITAL,
    "Les feuilles de style ne sont pas rassemblées, ou datent d’une autre version.",
    "passerelles collectstatic --no-input",
)
_BROKER = Trouble(
    "file_des_travaux",
    Gravity.DEGRADED,
    "La file des travaux ne répond pas : exports et imports attendent.",
    "Vérifiez que Redis ou RabbitMQ tourne, et BROKER_URL (ou REDIS_HOST, REDIS_PASSWORD).",
)
_WORKER = Trouble(
    "travaux",
    Gravity.DEGRADED,
    "Les travaux de fond ne donnent plus signe de vie : exports et imports attendent.",
    "systemctl restart passerelles (territoire : passerelles-travaux), ou docker compose up -d worker",
)
_CLOCK = Trouble(
    "horloge",
    Gravity.DEGRADED,
    "L’horloge ne donne plus signe de vie : rien n’est fait à heure dite.",
    "systemctl restart passerelles (territoire : passerelles-horloge), ou docker compose up -d scheduler",
)


def base() -> Trouble | None:
    """The base answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, OSError):
        return _BASE
    return None


def tables() -> Trouble | None:
    """Every migration of this version is applied."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, OSError):
        return _BASE
    if not plan:
        return None
    return _TABLES if executor.loader.applied_migrations else _EMPTY


def counts_of_sign_ins() -> Trouble | None:
    """The cache keeps what it is given: the limits of sign-in live there."""
    key = f"health:{uuid.uuid4().hex}"
    try:
        cache.set(key, 1, timeout=5)
        kept = cache.get(key) == 1
        cache.delete(key)
    except (DatabaseError, OSError):
        return _CACHE
    return None if kept else _CACHE


def keys() -> Trouble | None:
    """What was sealed is opened by the keys given."""
    with lifted(Gate.HEALTH):
        return None if opens_what_is_stored() else _KEYS


def second_wall() -> Trouble | None:
    """It is whole, and holds; where it is not there, why not, which is no trouble for those who work."""
    state = state_of()
    if state.is_up:
        if settings.POSTGRES_POOL == "transaction":
            return _WALL_POOLED
        return None if state.is_whole else _WALL
    if not settings.SECOND_WALL_BY_ITSELF or connection.vendor != "postgresql":
        return None
    if taken_down_on():
        return _WALL_TAKEN_DOWN
    why = obstacle()
    return _WALL_CANNOT_HOLD[why.code] if why else _WALL_OFF


def disk() -> Trouble | None:
    """There is room for what people send."""
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return _FILES
    return _DISK if free < LEAST_FREE_BYTES else None


def data_folder() -> Trouble | None:
    """The service may write where it must."""
    try:
        trial = Path(settings.DATA_DIR) / f".{uuid.uuid4().hex}"
        trial.touch()
        trial.unlink()
    except OSError:
        return _FILES
    return None


def style_sheets() -> Trouble | None:
    """Each file that is installed was gathered, where a page asks for the gathered ones only."""
    if not getattr(staticfiles_storage, "manifest_strict", False):
        return None
    gathered = getattr(staticfiles_storage, "hashed_files", {})
    installed = (name for finder in get_finders() for name, _ in finder.list(StaticFiles.ignore_patterns))
    return None if all(Path(name).as_posix() in gathered for name in installed) else _SHEETS


def broker() -> Trouble | None:
    """The broker knows us and answers: one that is held still takes connections all the same, and greets nobody."""
    address = settings.CELERY_BROKER_URL
    if urlsplit(address).scheme == "filesystem":
        return None
    within = {"socket_connect_timeout": _GREETS_WITHIN, "socket_timeout": _GREETS_WITHIN}
    try:
        with Connection(address, connect_timeout=_GREETS_WITHIN, transport_options=within) as line:
            line.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
    except silence_of(current_app):
        return _BROKER
    return None


def worker() -> Trouble | None:
    """The worker showed itself in the last two minutes."""
    return None if signs.is_alive(signs.Watched.WORKER, settings.DATA_DIR) else _WORKER


def clock() -> Trouble | None:
    """The clock showed itself in the last two minutes."""
    return None if signs.is_alive(signs.Watched.CLOCK, settings.DATA_DIR) else _CLOCK


def operator() -> Trouble | None:
    """The public pages say who runs the service."""
    if not (missing := settings.OPERATOR.missing()):
        return None
    return Trouble(
        "mentions_legales",
        Gravity.NOTICE,
        "Les pages publiques ne disent pas tout de l’exploitant.",
        f"Donnez {', '.join(missing)}.",
    )


BEFORE_START: tuple[Check, ...] = (
    base,
    disk,  # a full one makes several of the next fail: it is what to set right first
    tables,
    counts_of_sign_ins,
    keys,
    second_wall,
    data_folder,
    style_sheets,
    operator,
)
WHILE_RUNNING: tuple[Check, ...] = (broker, worker, clock)

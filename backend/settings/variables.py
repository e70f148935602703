"""Every environment variable, said once: what it is for, its default, whether it is a secret, who reads it.

The settings refuse to read one that is not here (`env.py`); the table of `docs/exploitation.md` and the environment
of `docker-compose.yml` are compared with this list by the house tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class From(Enum):
    """Where a container finds the value."""

    FILE_REQUIRED = auto()
    FILE = auto()
    COMPOSE = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; `sentence` is what an operator reads, `default` what holds when it is not set."""

    name: str
    sentence: str
    default: str = ""
    secret: bool = False
    found: From = From.FILE
    in_compose: str = ""
    """The value that compose sets by itself, or takes from another variable."""
    read_by_service: bool = True

    def compose_value(self) -> str | None:
        """What the compose file writes for the service; None when a container has no use for it."""
        match self.found:
            case From.FILE_REQUIRED:
                return f"${{{self.name}:?{self.sentence.partition(' : ')[0].partition(',')[0]}}}"
            case From.FILE:
                return f"${{{self.name}:-{self.default}}}"
            case From.COMPOSE:
                return self.in_compose
            case From.NOWHERE:
                return None

    def table_line(self) -> str:
        """The line of the documentation."""
        must = " **(secret)**" if self.secret else ""
        return f"| `{self.name}` | {self.sentence}{must} | {f'`{self.default}`' if self.default else ''} |"


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "SIZE",
        "taille de l’installation : `petite` (une machine, `passerelles serve`) ou `territoire` (PostgreSQL et Redis) ; "
        "vide, c’est un essai, sur cette machine seulement",
        found=From.COMPOSE,
        in_compose="territoire",
    ),
    Variable(
        "HOST_NAME",
        "nom du service, pour les conteneurs",
        found=From.FILE_REQUIRED,
        read_by_service=False,
    ),
    Variable(
        "ALLOWED_HOSTS",
        "noms du service, séparés par des virgules, sans joker",
        found=From.COMPOSE,
        in_compose="${HOST_NAME:?le nom du service, par exemple passerelles.example.org}",
    ),
    Variable("SECRET_KEY", "signe les sessions et les liens", secret=True, found=From.FILE_REQUIRED),
    Variable(
        "FIELD_KEY",
        "ouvre les textes chiffrés : gardez-en une copie, ailleurs que la sauvegarde",
        secret=True,
        found=From.FILE_REQUIRED,
    ),
    Variable("OLD_FIELD_KEYS", "anciennes clés, séparées par des virgules, qui lisent encore", secret=True),
    Variable(
        "PSEUDONYM_KEY",
        "fabrique les pseudonymes que lisent les employeurs",
        secret=True,
        found=From.FILE_REQUIRED,
    ),
    Variable(
        "DATABASE_URL",
        "base, en une adresse : `sqlite:///chemin` ou `postgres://…` (les signes réservés du mot de passe en `%xx`) ; "
        "vide, ce sont les quatre suivantes, sinon un fichier SQLite dans `DATA_DIR`",
        found=From.NOWHERE,
    ),
    Variable(
        "POSTGRES_HOST",
        "machine de PostgreSQL, `machine:port` au besoin",
        found=From.COMPOSE,
        in_compose="postgres",
    ),
    Variable("POSTGRES_DB", "nom de la base", default="passerelles"),
    Variable("POSTGRES_USER", "compte de la base", default="passerelles"),
    Variable(
        "POSTGRES_PASSWORD",
        "mot de passe de la base, avec n’importe quels signes",
        secret=True,
        found=From.FILE_REQUIRED,
    ),
    Variable(
        "POSTGRES_POOL",
        "ce que dit `pool_mode` d’un répartiteur de connexions (PgBouncer) s’il y en a un devant PostgreSQL : `session`, ou "
        "`transaction`, qui empêche le second mur",
        default="session",
    ),
    Variable(
        "BROKER_URL",
        "file des travaux, en une adresse (Redis ou RabbitMQ) ; sur une autre machine, avec un mot de passe, et en `rediss://` "
        "ou `amqps://` sauf par une adresse privée ; vide, ce sont les deux suivantes, sinon des dossiers sous `DATA_DIR`",
        found=From.NOWHERE,
    ),
    Variable("REDIS_HOST", "machine de Redis", found=From.COMPOSE, in_compose="redis"),
    Variable(
        "REDIS_PASSWORD",
        "mot de passe de Redis, avec n’importe quels signes ; obligatoire avec `REDIS_HOST`",
        secret=True,
        found=From.FILE_REQUIRED,
    ),
    Variable(
        "EMAIL_URL",
        "envoi des invitations : `smtp+tls://compte:motdepasse@serveur:587` (STARTTLS), `smtp+ssl://…:465` (chiffré dès "
        "l’ouverture), `smtp://…:25` (en clair) ; les signes réservés du mot de passe s’écrivent en `%xx`",
        secret=True,
        found=From.FILE_REQUIRED,
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        "expéditeur des invitations, par exemple `Passerelles <ne-pas-repondre@passerelles.example.org>`",
        found=From.FILE_REQUIRED,
    ),
    Variable(
        "PROXY_COUNT",
        "nombre de nos relais devant le service : c’est leur liste d’adresses qui est crue",
        default="1",
    ),
    Variable(
        "HSTS_DAYS",
        "combien de jours un navigateur refuse de revenir en clair ; `0` le temps d’essayer un nom",
        default="365",
    ),
    Variable(
        "HSTS_SUBDOMAINS",
        "`oui` étend cette promesse à tous les sous-domaines, même ceux d’autres services",
        default="non",
    ),
    Variable(
        "OIDC_ISSUER",
        "fournisseur d’identité (OpenID Connect, ProConnect par exemple) : son adresse `https://…`, telle qu’il la donne ; vide, on "
        "se connecte par mot de passe",
    ),
    Variable("OIDC_CLIENT_ID", "le nom de ce service chez lui"),
    Variable("OIDC_CLIENT_SECRET", "le secret de ce service chez lui", secret=True),
    Variable("OIDC_NAME", "comment le bouton l’appelle ; vide, ProConnect"),
    Variable(
        "OIDC_TWO_FACTORS",
        "ce qu’il dit (`acr` ou `amr`, séparés par des virgules) quand il a vérifié lui-même deux facteurs, si vous l’en croyez ; "
        "vide, notre second facteur est toujours demandé",
    ),
    Variable(
        "LOG_FORMAT",
        "journaux en `json` (un objet par ligne) ou en `texte` ; vide, `json` sauf pour un essai",
    ),
    Variable(
        "DATA_DIR",
        "dossier des fichiers (et de la base SQLite) : au compte du service, à lui seul",
        found=From.COMPOSE,
        in_compose="/data",
    ),
    Variable(
        "FILES_MAX_MB",
        "poids d’une pièce jointe, en Mo, au plus ; les pièces sont gardées chiffrées dans `DATA_DIR/files` ; au-delà de 10, relevez aussi "
        "`max_size` dans le fichier du relais",
        default="10",
    ),
    Variable("STATIC_ROOT", "feuilles de style rassemblées ; vide, sous `DATA_DIR`", found=From.NOWHERE),
    Variable("PORT", "port écouté, sur cette machine seulement", default="8000", found=From.NOWHERE),
    Variable("OPERATOR_NAME", "mentions légales : exploitant"),
    Variable("OPERATOR_ADDRESS", "mentions légales : son adresse"),
    Variable("OPERATOR_PUBLISHER", "mentions légales : directrice ou directeur de la publication"),
    Variable("HOSTING_PROVIDER", "mentions légales : hébergeur (nom, adresse, téléphone)"),
    Variable("CONTACT_EMAIL", "à qui écrire : aide et accessibilité"),
    Variable("PRIVACY_EMAIL", "à qui écrire : données personnelles"),
    Variable("SECURITY_EMAIL", "à qui écrire : failles (`/.well-known/security.txt`)"),
)
BY_NAME = {variable.name: variable for variable in VARIABLES}
ON_COMMAND_ONLY = frozenset({"PASSERELLES_DEMO"})
"""Set by `passerelles demo` for its own processes; nobody writes them in a file."""

TABLE_HEAD = "| variable | rôle | sans elle |\n|---|---|---|\n"


def table() -> str:
    """The table of the documentation."""
    return TABLE_HEAD + "".join(f"{variable.table_line()}\n" for variable in VARIABLES)


def service_environment() -> dict[str, str]:
    """The environment that the compose file gives to each process of the service."""
    values = {each.name: each.compose_value() for each in VARIABLES if each.read_by_service}
    return {name: value for name, value in values.items() if value is not None}

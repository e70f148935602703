"""What an installation is asked, one question at a time, each answer judged as soon as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from backend.core.errors import DomainError
from backend.core.values.brokers import BROKER_SCHEMES, why_unsafe
from backend.core.values.identifiers import clean_siret
from backend.core.values.numbers import whole_number

Answers = dict[str, str]
Clean = Callable[[str], str]

SMALL, TERRITORY = "petite", "territoire"
MACHINE, CONTAINERS = "machine", "conteneurs"
STARTER = "depart"
KINDS = ("AI", "ETTI", "ACI", "EI", "EITI", "ASP-SAP", "GEIQ")
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")

_ALREADY_REFUSED = {"adresse": "service.example.org", "contact": "contact@example.org"}
"""Stands for an answer that was refused, so that what follows from it is not complained of too."""
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: its key in a file of answers, how it is asked, how it is judged, what holds when nothing is said.

    `clean` gives the answer as it is kept, or raises `DomainError` with what to type. `asked_when` tells, from the
    answers before it, whether it has a meaning at all.
    """

    key: str
    asks: str
    clean: Clean
    usual: Callable[[Answers], str] = lambda answers: ""
    asked_when: Callable[[Answers], bool] = lambda answers: True


def _line(text: str) -> str:
    """One line that any file of settings can hold."""
    if not text.isprintable() or "'" in text:
        raise DomainError("not_a_line", "Écrivez-le sur une ligne, sans apostrophe droite (’ convient).")
    return text


def _said(text: str) -> str:
    if not text:
        raise DomainError("nothing_said", "Une réponse est nécessaire.")
    return _line(text)


def _one_of(*choices: str) -> Clean:
    def clean(text: str) -> str:
        found = next((choice for choice in choices if choice.lower() == text.lower()), None)
        if found is None:
            raise DomainError("not_a_choice", f"Répondez par l’un de ces mots : {', '.join(choices)}.")
        return found

    return clean


def _host(text: str) -> str:
    host = text.lower().removeprefix("https://").rstrip("/")
    if not _HOST.fullmatch(host):
        raise DomainError(
            "not_a_host", "C’est le nom du service, sans chemin ni joker : passerelles.example.org."
        )
    return host


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise DomainError(
            "not_an_email", "Ce n’est pas une adresse électronique : nom@domaine.fr."
        ) from error
    return _line(text.lower())


def _sender(text: str) -> str:
    inside = re.fullmatch(r"[^<>]*<([^<>]+)>", text)
    _email(inside[1] if inside else text)
    return _line(text)


def _url(example: str, *schemes: str) -> Clean:
    def clean(text: str) -> str:
        parts = urlsplit(text)
        try:
            is_fine = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_fine = False
        if not is_fine:
            raise DomainError("not_a_url", f"Une adresse comme {example} est attendue.")
        return _line(text)

    return clean


def _broker(text: str) -> str:
    address = _url("redis://:motdepasse@machine:6379/0", *BROKER_SCHEMES)(text)
    if found := why_unsafe(address):
        raise DomainError("broker_unsafe", f"Cette adresse {found}.")
    return address


def _port(text: str) -> str:
    number = whole_number(text)
    if number is None or not 1024 <= number <= 65535:
        raise DomainError("not_a_port", "C’est un nombre entre 1024 et 65535.")
    return str(number)


def _siret(text: str) -> str:
    try:
        return clean_siret(text) if text else ""
    except ValidationError as error:
        raise DomainError("not_a_siret", " ".join(error.messages)) from error


def _referential(text: str) -> str:
    if text.lower() in {STARTER, "départ"}:
        return STARTER
    if not Path(text).exists():
        raise DomainError(
            "no_referential", f"« {STARTER} », ou le dossier (ou le zip) du ROME publié par France Travail."
        )
    return _line(str(Path(text).resolve()))


def _is_territory_machine(answers: Answers) -> bool:
    return (answers["taille"], answers["forme"]) == (TERRITORY, MACHINE)


QUESTIONS: tuple[Question, ...] = (
    Question("nom", "Qui exploite ce service ? (association, groupement ; il est nommé dans les mentions légales)", _said),
    Question("adresse", "À quel nom répondra-t-il ? (par exemple passerelles.example.org)", _host),
    Question(
        "taille",
        "Quelle taille ? (petite : une machine, SQLite ; territoire : PostgreSQL et Redis)",
        _one_of(SMALL, TERRITORY),
        usual=lambda answers: SMALL,
    ),
    Question(
        "forme",
        "Sous quelle forme ? (machine : services systemd ; conteneurs : docker compose)",
        _one_of(MACHINE, CONTAINERS),
        usual=lambda answers: MACHINE,
        asked_when=lambda answers: answers["taille"] == TERRITORY,
    ),
    Question(
        "base",
        "Adresse de la base PostgreSQL ?",
        _url("postgres://compte:motdepasse@machine:5432/passerelles", "postgres", "postgresql"),
        asked_when=_is_territory_machine,
    ),
    Question(
        "file",
        "Adresse de la file des travaux ?",
        _broker,
        asked_when=_is_territory_machine,
    ),
    Question(
        "port",
        "Port écouté sur cette machine, derrière le relais HTTPS ?",
        _port,
        usual=lambda answers: "8000",
        asked_when=lambda answers: answers["forme"] == MACHINE,
    ),
    Question(
        "courrier",
        "Serveur de courrier ? (smtp+tls://compte:motdepasse@serveur:587)",
        _url("smtp+tls://compte:motdepasse@serveur:587", *MAIL_SCHEMES),
    ),
    Question(
        "expediteur",
        "Expéditeur des invitations ?",
        _sender,
        usual=lambda answers: f"Passerelles <ne-pas-repondre@{answers['adresse']}>",
    ),
    Question("contact", "À quelle adresse les gens vous écrivent-ils ?", _email),
    Question(
        "referentiel",
        f"Quel référentiel ? ({STARTER}, ou le dossier du ROME)",
        _referential,
        usual=lambda answers: STARTER,
    ),
    Question("structure", "Nom de la première structure ?", _said),
    Question("type", f"Son type ? ({', '.join(KINDS)})", _one_of(*KINDS)),
    Question("siret", "Son SIRET ? (vide si vous ne l’avez pas)", _siret),
    Question("responsable", "Adresse électronique de la ou du responsable ?", _email, usual=lambda a: a["contact"]),
)  # fmt: skip


def ask(reply: Callable[[str], str], complain: Callable[[str], object], known: Mapping[str, str]) -> Answers:
    """Put the questions one by one until each has a fair answer; `known` answers are offered back as usual."""
    answers: Answers = {}
    for question in QUESTIONS:
        if not question.asked_when({"forme": MACHINE, **answers}):
            _leave(question, answers)
            continue
        offered = known.get(question.key) or question.usual(answers)
        while question.key not in answers:
            typed = reply(question.asks + (f" [{offered}]" if offered else "")).strip() or offered
            try:
                answers[question.key] = question.clean(typed)
            except DomainError as error:
                complain(error.message)
    return answers


def judge(told: Mapping[str, object]) -> tuple[Answers, list[str]]:
    """The answers of a file, and one sentence for each that is missing, wrong or unknown."""
    answers: Answers = {}
    problems = [f"{key} : cette réponse n’est demandée par aucune question." for key in _unknown(told)]
    for question in QUESTIONS:
        if not question.asked_when({"forme": MACHINE, "taille": SMALL, **answers}):
            _leave(question, answers)
            continue
        try:
            given = str(told.get(question.key, "")).strip() or question.usual({**_ALREADY_REFUSED, **answers})
            answers[question.key] = question.clean(given)
        except DomainError as error:
            problems.append(f"{question.key} : {error.message}")
    return answers, problems


def _leave(question: Question, answers: Answers) -> None:
    """What a question that has no meaning here stands for."""
    if question.key == "forme":
        answers["forme"] = MACHINE


def _unknown(told: Mapping[str, object]) -> Iterator[str]:
    known = {question.key for question in QUESTIONS}
    return (key for key in told if key not in known)

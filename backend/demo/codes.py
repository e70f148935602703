"""Closed lists used by the rows of the invented territory; official codes are kept as they are written outside."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of structure, with the codes of the exchange bundle."""

    AI = "AI"
    ETTI = "ETTI"
    ACI = "ACI"
    EI = "EI"
    EITI = "EITI"
    ASP_SAP = "ASP-SAP"


class ContractKind(StrEnum):
    """Kinds of contract, with the codes of the exchange bundle."""

    CDDI = "CDDI"
    CDDU = "CDDU"
    CTT = "CTT"
    EITI = "EITI"
    CDI = "CDI"
    CDD = "CDD"


class ClientKind(StrEnum):
    """Who the hours of a mise à disposition were worked for."""

    PARTICULIER = "PARTICULIER"
    ASSOCIATION = "ASSOCIATION"
    PUBLIC = "PUBLIC"
    ENTREPRISE = "ENTREPRISE"


class StaffRole(StrEnum):
    """Trades of the permanent team of a structure."""

    ADVISOR = "ADVISOR"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"


class AccountRole(StrEnum):
    """Roles somebody may sign in with in the demo."""

    ADVISOR = "ADVISOR"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    GROUP_HEAD = "GROUP_HEAD"
    NETWORK_HEAD = "NETWORK_HEAD"
    EMPLOYER = "EMPLOYER"
    BENEFICIARY = "BENEFICIARY"
    ADMIN = "ADMIN"


class InterviewKind(StrEnum):
    """Why an interview was held."""

    WELCOME = "WELCOME"
    FOLLOW_UP = "FOLLOW_UP"
    REVIEW = "REVIEW"
    TRIPARTITE = "TRIPARTITE"
    EXIT = "EXIT"
    POST_HIRE = "POST_HIRE"


class Mode(StrEnum):
    """How two people met."""

    IN_PERSON = "IN_PERSON"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
    ON_SITE = "ON_SITE"


class Theme(StrEnum):
    """The twelve themes of freins, which are also the topics of an interview."""

    MOBILITY = "MOBILITY"
    HOUSING = "HOUSING"
    HEALTH = "HEALTH"
    ADDICTION = "ADDICTION"
    FAMILY = "FAMILY"
    LANGUAGE = "LANGUAGE"
    DIGITAL = "DIGITAL"
    FINANCES = "FINANCES"
    RIGHTS = "RIGHTS"
    JUSTICE = "JUSTICE"
    CONFIDENCE = "CONFIDENCE"
    PROJECT = "PROJECT"


class Impact(StrEnum):
    """How much a frein weighs, in the words of the shared diagnosis."""

    FAIBLE = "FAIBLE"
    MOYEN = "MOYEN"
    FORT = "FORT"
    NON_RENSEIGNE = "NON_RENSEIGNE"


class BarrierStatus(StrEnum):
    """Whether a frein is present or closed, in the words of the shared diagnosis."""

    OUI = "OUI"
    CLOTUREE = "CLOTUREE"


class WorkStatus(StrEnum):
    """Where a goal or an action stands."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"


class AppointmentStatus(StrEnum):
    """Where an appointment stands."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    MISSED = "MISSED"


class ProofStatus(StrEnum):
    """How far a competence is proved, with the codes of the exchange bundle."""

    DECLAREE = "DECLAREE"
    OBSERVEE = "OBSERVEE"
    RECONNUE = "RECONNUE"
    CERTIFIEE = "CERTIFIEE"


class AnalysisStatus(StrEnum):
    """Where a task analysis stands."""

    DRAFT = "DRAFT"
    RETURNED = "RETURNED"


class Situation(StrEnum):
    """What a post-hire contact found; UNREACHABLE is said, never guessed."""

    IN_POST = "IN_POST"
    OTHER_JOB = "OTHER_JOB"
    TRAINING = "TRAINING"
    SEEKING = "SEEKING"
    INACTIVE = "INACTIVE"
    UNREACHABLE = "UNREACHABLE"


class ConsentDecision(StrEnum):
    """What a person answered about showing their profile to one employer."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"

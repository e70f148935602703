"""What the thread of a person keeps, column by column: its class, what it serves, how long, what the person is given."""

from __future__ import annotations

from django.db.models import Q

from backend.accounts.models import User
from backend.accounts.privacy import empty_accounts, forget_addresses
from backend.core.actor import Actor
from backend.core.privacy.tables import Erased, Fate, Table, sort
from backend.organisations import seats
from pathways.enums import RelayPart
from pathways.models import (
    AccessCopy,
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    DataRequest,
    EntryProfile,
    Exit,
    Goal,
    HoursAmendment,
    HoursWish,
    Immersion,
    Interview,
    MonthlyHours,
    PrivateNote,
    Relay,
    RelayStep,
    Retention,
    Reunion,
    RuleSetting,
    Stay,
    ToldApart,
    Training,
    WatchEnd,
)
from pathways.permissions import may_read_synthesis
from pathways.privacy.rights import RIGHTS
from pathways.rules.relays.table import read_parts
from pathways.services.privacy.copies import forget_copies_of

_RECORDED = "id external_id version"
_FOLLOW = "Accompagner la personne dans son parcours"
_CONTRACTS = "Suivre les contrats du parcours et rendre compte de l’aide au poste"


def _text_of_others(actor: Actor, interview: Interview) -> frozenset[str]:
    return frozenset() if may_read_synthesis(actor, interview) else frozenset({"synthesis"})


def _topics(interview: Interview) -> str:
    return ", ".join(interview.topic_labels)


def _moments(wish: HoursWish) -> str:
    return ", ".join(wish.moments_in_words)


def _parts(relay: Relay) -> str:
    return ", ".join(RelayPart(code).label for code in read_parts(relay.parts))


TABLES = (
    Table(
        Beneficiary,
        purpose="Savoir de qui l’on parle et pouvoir joindre la personne",
        columns=sort(
            identity="last_name first_name",
            contact="sex birth_date phone email postcode insee_code",
            technical="id search_name search_key version created_at external_id",
        ),
        title="Qui vous êtes",
    ),
    Table(
        EntryProfile,
        purpose="Vérifier l’éligibilité à l’insertion et connaître la situation à l’entrée",
        columns=sort(
            link="beneficiary",
            situation=(
                "education_level brsa ass detld deld qpv zrr is_single_parent is_refugee left_ase has_no_housing"
                " has_mobility_trouble is_below_a1"
            ),
            health="aah rqth",
            justice="left_detention",
            technical="id version",
        ),
        title="Votre situation à l’entrée",
    ),
    Table(
        BeneficiaryAccess,
        purpose="Ouvrir à la personne son propre parcours",
        columns=sort(link="user beneficiary", agreement="started_at ended_at", technical="id"),
        title="Votre accès à ce service",
    ),
    Table(
        Stay,
        purpose=_FOLLOW,
        columns=sort(
            pathway="started_on ended_on", staff="advisor", link="beneficiary organisation", technical="id"
        ),
        title="Vos passages en structure",
        links_given=("organisation", "advisor"),
        contact=("started_on", "ended_on"),
        alive=Q(ended_on__isnull=True),
    ),
    Table(
        Contract,
        purpose=_CONTRACTS,
        columns=sort(
            pathway="kind started_on planned_end_on ended_on end_motive weekly_hours guaranteed_hours rome_code",
            link="stay initial",
            technical="id external_id",
        ),
        title="Vos contrats",
        links_given=("stay",),
        contact=("started_on", "planned_end_on", "ended_on"),
    ),
    Table(
        HoursAmendment,
        purpose=_CONTRACTS,
        columns=sort(pathway="starts_on weekly_hours", link="contract", technical="id"),
        title="Vos avenants",
        links_given=("contract",),
        contact=("starts_on",),
    ),
    Table(
        MonthlyHours,
        purpose=_CONTRACTS,
        columns=sort(pathway="month hours client_kind", link="contract", technical="id"),
        title="Vos heures",
        links_given=("contract",),
        contact=("month",),
    ),
    Table(
        Exit,
        purpose="Savoir comment le parcours se termine, et compter les sorties",
        columns=sort(
            pathway="occurred_on employer_name contract_months",
            health="motive",
            staff="recorded_by",
            link="stay",
            technical="id version",
        ),
        title="Vos sorties",
        links_given=("stay",),
        contact=("occurred_on",),
    ),
    *RIGHTS,
    Table(
        Immersion,
        purpose="Suivre les immersions et leur convention",
        columns=sort(
            pathway=(
                "prescriber host_name host_town host_siret purpose started_on planned_end_on ended_on hours"
                " reviewed_on cancelled_at"
            ),
            words="objectives tutor_review person_review cancel_reason",
            staff="tutor_name tutor_role",
            link="beneficiary organisation renews",
            technical=_RECORDED,
        ),
        title="Vos immersions",
        contact=("started_on", "planned_end_on", "ended_on", "reviewed_on"),
    ),
    Table(
        Training,
        purpose="Suivre les formations et ce qu’elles ouvrent",
        columns=sort(
            pathway=(
                "title provider kind certification_code licence funder time decided_by started_on planned_end_on"
                " planned_days planned_hours ended_on done_days done_hours outcome stop_reason certified_on cancelled_at"
            ),
            words="cancel_reason",
            link="beneficiary organisation",
            technical=_RECORDED,
        ),
        title="Vos formations",
        contact=("started_on", "planned_end_on", "ended_on", "certified_on"),
    ),
    Table(
        HoursWish,
        purpose="Savoir combien d’heures la personne veut, et quand, pour les chercher avec elle",
        columns=sort(
            pathway="voice starts_on weekly_hours moments cancelled_at",
            situation="limit",
            words="cancel_reason",
            link="beneficiary organisation",
            technical=_RECORDED,
        ),
        title="Les heures que vous voulez",
        told={"moments": _moments},
        contact=("starts_on",),
    ),
    Table(
        Interview,
        purpose=_FOLLOW,
        columns=sort(
            pathway="happened_at kind mode duration_minutes topics",
            words="synthesis",
            staff="author",
            link="beneficiary organisation",
            technical="id version created_at external_id",
        ),
        title="Vos entretiens",
        hides=_text_of_others,
        told={"topics": _topics},
        links_given=("organisation", "author"),
        contact=("happened_at",),
    ),
    Table(
        PrivateNote,
        purpose="Aider son auteur à préparer l’entretien suivant",
        columns=sort(words="text", staff="author", link="interview", technical="id"),
        not_given=(
            "Notes de travail de leur auteur, lues par personne d’autre ; la personne peut demander qu’elles lui soient lues"
        ),
    ),
    Table(
        Appointment,
        purpose=_FOLLOW,
        columns=sort(
            pathway="starts_at status",
            words="purpose",
            staff="advisor",
            link="beneficiary organisation interview",
            technical="id",
        ),
        title="Vos rendez-vous",
        links_given=("advisor",),
        contact=("starts_at",),
    ),
    Table(
        BarrierReading,
        purpose="Voir ce qui freine la personne, et ce qui s’allège",
        columns=sort(
            health="theme",
            situation="impact read_on",
            link="beneficiary organisation interview",
            technical="id",
        ),
        title="Vos freins, tels qu’ils ont été notés",
        contact=("read_on",),
    ),
    Table(
        Goal,
        purpose=_FOLLOW,
        columns=sort(
            words="label dropped_because",
            pathway="origin due_on status created_at",
            link="beneficiary organisation",
            technical="id version",
        ),
        title="Vos objectifs",
    ),
    Table(
        Action,
        purpose=_FOLLOW,
        columns=sort(
            words="label outcome",
            pathway="due_on status created_at",
            staff="assignee",
            link="beneficiary organisation goal interview",
            technical="id version",
        ),
        title="Ce qui a été décidé",
    ),
    Table(
        Relay,
        purpose="Préparer avec la personne son passage dans une autre structure",
        columns=sort(
            agreement="status parts agreed_on planned_on meets_at met_on refusal_reason moved_on cancelled_at",
            words="message meets_where cancel_reason",
            staff="recorded_by to_email agreed_with",
            link="organisation beneficiary receiver stay",
            technical=f"{_RECORDED} created_at expires_on holds",
        ),
        title="Vos relais vers une autre structure",
        told={"parts": _parts},
        links_given=("receiver",),
        contact=("agreed_on", "met_on"),
    ),
    Table(
        RelayStep,
        purpose="Préparer avec la personne son passage dans une autre structure",
        columns=sort(
            pathway="subject hand due_on done_on", words="label", link="relay", technical="id version"
        ),
        title="Ce qui prépare un relais",
        links_given=("relay",),
    ),
    Table(
        WatchEnd,
        purpose="Savoir pourquoi la structure a cessé de prendre des nouvelles",
        columns=sort(
            pathway="ended_at resumed_at",
            health="reason",
            words="note",
            staff="ended_by resumed_by",
            link="beneficiary organisation",
            technical="id",
        ),
        title="Arrêts de la veille entre deux étapes",
    ),
    Table(
        Reunion,
        purpose="Pouvoir séparer deux fiches réunies à tort",
        columns=sort(
            words="memory",
            staff="made_by separated_by",
            link="kept organisation",
            technical="id gone_id made_at separated_at",
        ),
        kept="le temps de pouvoir séparer ; la ligne elle-même, avec la fiche",
        not_given="Copie de travail de ce qui est déjà donné, gardée peu de temps",
    ),
    Table(
        ToldApart,
        purpose="Ne pas confondre la personne avec une autre",
        columns=sort(staff="told_by", link="first second", technical="id told_at"),
        not_given="Nomme une autre personne",
    ),
    Table(
        DataRequest,
        purpose="Répondre à la personne sur ses données",
        columns=sort(
            agreement="kind asked_at due_on status answered_at lifted_at",
            words="words answer",
            staff="asked_by answered_by",
            link="beneficiary organisation",
            technical="id version",
        ),
        title="Vos demandes sur vos données",
        contact=("asked_at",),
    ),
    Table(
        Retention,
        purpose="Prévenir avant d’effacer, et garder la trace d’une exception",
        columns=sort(
            agreement="noticed_on erases_on kept_until",
            words="kept_because",
            staff="kept_by",
            link="beneficiary",
            technical="id",
        ),
        title="Jusqu’à quand vos données sont gardées",
    ),
    Table(
        AccessCopy,
        purpose="Remettre à la personne une copie de ses données",
        columns=sort(
            staff="user",
            link="beneficiary",
            hidden="place sealed_key",
            technical="id seat status rows_done rows_total message created_at heartbeat_at finished_at size restarts",
        ),
        kept="quelques jours pour le fichier ; la ligne, avec la fiche",
        not_given="C’est ce que vous lisez",
    ),
    Table(
        RuleSetting,
        purpose="Juger et compter selon la règle de chaque jour",
        columns=sort(
            common="key value valid_from valid_to basis confidence", link="organisation", technical="id"
        ),
        kept="sans limite",
        fate=Fate.NOBODYS,
        not_given="Aucune personne n’y figure",
    ),
)


def erase(people: Erased) -> None:
    """Addresses they were written to, their own accounts when these opened nothing else, and the copies they asked for."""
    forget_addresses(
        Beneficiary.objects.filter(pk__in=people.people).exclude(email="").values_list("email", flat=True)
    )
    theirs = BeneficiaryAccess.objects.filter(beneficiary_id__in=people.people)
    others = BeneficiaryAccess.objects.exclude(beneficiary_id__in=people.people)
    users = User.objects.filter(pk__in=theirs.values("user_id")).exclude(pk__in=others.values("user_id"))
    empty_accounts([user for user in users if not seats.has_sat_elsewhere(user, BeneficiaryAccess)])
    forget_copies_of(people.people)

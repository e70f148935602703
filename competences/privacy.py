"""What is kept of what people can do, and of the referential that names it."""

from __future__ import annotations

from typing import Any

from backend.core.privacy.tables import Fate, Table, sort
from backend.core.values.text import counted
from competences.models import (
    Appellation,
    Assessment,
    BadgeKey,
    BadgeState,
    Bloc,
    BlocLine,
    Certification,
    CertificationReplacement,
    CertificationTrade,
    Certifier,
    Competence,
    CompetenceEquivalent,
    Cv,
    GestureList,
    GestureListLine,
    Licence,
    LineMatch,
    Occupation,
    OccupationCompetence,
    Passport,
    ReferentialImport,
    RegisterImport,
    SkillChange,
    VaeProject,
    VaeStep,
)
from competences.selectors.passports import read_content

_SKILLS = "Reconnaître ce que la personne sait faire"
_NOBODY: dict[str, Any] = {
    "purpose": "Nommer les métiers et les savoir-faire",
    "kept": "sans limite",
    "fate": Fate.NOBODYS,
    "not_given": "Aucune personne n’y figure",
}


def _chosen(passport: Passport) -> str:
    _, lines = read_content(passport)
    return " ; ".join(f"{line.what} : {line.level}" for line in lines)


def _lines_counted(cv: Cv) -> str:
    return counted(len(cv.shown), "ligne choisie", "lignes choisies")


TABLES = (
    Table(
        Assessment,
        purpose=_SKILLS,
        columns=sort(
            skill="competence level status assessed_on",
            words="context comment",
            staff="observer observer_name",
            link="beneficiary organisation",
            technical="id created_at external_id",
        ),
        title="Vos compétences",
        links_given=("observer_name",),
        contact=("assessed_on",),
    ),
    Table(
        Licence,
        purpose=_SKILLS,
        columns=sort(
            skill="kind label obtained_on expires_on issuer is_suspended cancelled_at",
            words="cancel_reason",
            staff="author",
            link="beneficiary organisation",
            technical="id external_id version",
        ),
        title="Vos habilitations",
    ),
    Table(
        Passport,
        purpose="Permettre à la personne de montrer ce qu’elle a choisi",
        columns=sort(
            words="content",
            agreement="expires_on made_at withdrawn_at",
            staff="author",
            link="beneficiary organisation",
            technical="id",
        ),
        title="Vos passeports de compétences",
        told={"content": _chosen},
    ),
    Table(
        Cv,
        purpose="Permettre à la personne de montrer ce qu’elle a choisi",
        columns=sort(
            words="title presentation town languages",
            agreement="shows_phone shows_email names_structures names_firms shown first look",
            link="beneficiary",
            technical="id version",
        ),
        title="Votre CV",
        told={"shown": _lines_counted},
    ),
    Table(
        BadgeKey,
        purpose="Signer les badges que les personnes emportent",
        kept="sans limite",
        fate=Fate.NOBODYS,
        not_given="Aucune personne n’y figure",
        columns=sort(common="public is_current is_leaked made_at", hidden="secret", technical="id"),
    ),
    Table(
        BadgeState,
        purpose="Dire qu’un badge a été retiré",
        kept="sans limite : un badge emporté se vérifie encore quand la fiche n’existe plus",
        fate=Fate.NOBODYS,
        not_given="Un numéro tiré au hasard, qui ne mène à personne",
        columns=sort(common="list_number position is_withdrawn", technical="id"),
    ),
    Table(
        VaeProject,
        purpose="Suivre une validation des acquis de l’expérience",
        columns=sort(
            skill="certification scope channel funding quotes replaced_on status reached_on next_due_on companion_on_portal",
            staff="companion",
            link="beneficiary organisation reference",
            technical="id external_id version",
        ),
        title="Votre VAE",
        contact=("reached_on",),
    ),
    Table(
        VaeStep,
        purpose="Suivre une validation des acquis de l’expérience",
        columns=sort(
            skill="kind on jury_on jury_members jury_knows_candidate blocs leave_on leave_hours cancelled_at",
            words="details document cancel_reason",
            staff="source author",
            link="project replaces",
            technical="id created_at external_id",
        ),
        title="Étapes de votre VAE",
        links_given=("project",),
        contact=("on", "jury_on"),
    ),
    Table(
        SkillChange,
        purpose="Tenir à jour l’index des rapprochements",
        columns=sort(link="person", technical="id transaction token mark"),
        kept="quelques minutes",
        fate=Fate.APART,
        not_given="Un numéro, le temps de quelques minutes",
    ),
    Table(
        GestureList,
        columns=sort(
            common="label is_put_aside", staff="author", link="organisation", technical="id version"
        ),
        **_NOBODY,
    ),
    Table(GestureListLine, columns=sort(link="gesture_list competence", technical="id"), **_NOBODY),
    Table(
        Certification,
        columns=sort(
            common="code label level is_active ends_on awarded_until is_by_vae promotions origin search_label is_retired",
            link="organisation",
            technical="id version",
        ),
        **_NOBODY,
    ),
    Table(Certifier, columns=sort(common="siret name", link="certification", technical="id"), **_NOBODY),
    Table(
        CertificationTrade, columns=sort(common="rome_code", link="certification", technical="id"), **_NOBODY
    ),
    Table(CertificationReplacement, columns=sort(link="former latter", technical="id"), **_NOBODY),
    Table(
        Bloc,
        columns=sort(
            common="code label content is_retired accepted_print accepted_at",
            staff="accepted_by",
            link="certification",
            technical="id version",
        ),
        **_NOBODY,
    ),
    Table(BlocLine, columns=sort(common="position text", link="bloc", technical="id version"), **_NOBODY),
    Table(
        LineMatch,
        columns=sort(staff="author", link="line competence", technical="id created_at"),
        **_NOBODY,
    ),
    Table(
        RegisterImport,
        columns=sort(common="exported_on imported_at has_content counts", technical="id"),
        **_NOBODY,
    ),
    Table(
        Occupation,
        columns=sort(
            common="rome_code label parent_code domain_code domain_label definition is_retired",
            technical="id",
        ),
        **_NOBODY,
    ),
    Table(
        Appellation,
        columns=sort(common="ogr_code label is_main is_rare is_retired", link="occupation", technical="id"),
        **_NOBODY,
    ),
    Table(
        Competence,
        columns=sort(
            common="code label nature macro_code functional_code is_macro search_label field_words is_retired",
            technical="id",
        ),
        **_NOBODY,
    ),
    Table(
        CompetenceEquivalent,
        columns=sort(common="likeness reason", link="competence official", technical="id"),
        **_NOBODY,
    ),
    Table(
        OccupationCompetence,
        columns=sort(common="prominence", link="occupation competence", technical="id"),
        **_NOBODY,
    ),
    Table(
        ReferentialImport,
        columns=sort(common="version attribution imported_at counts", technical="id"),
        **_NOBODY,
    ),
)

"""What is kept of agreements and hires, and of the employers themselves."""

from __future__ import annotations

from typing import Any

from backend.core.privacy.tables import Fate, Table, sort
from employers.models import (
    Employer,
    EmployerAccess,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    TaskRequirement,
    WorkTask,
)

_FIRM: dict[str, Any] = {"kept": "tant que la structure travaille avec cet employeur", "fate": Fate.NOBODYS}
_NO_PERSON = "Aucune personne accompagnée n’y figure"
_HIRE = "Tenir l’appui promis après l’embauche"

TABLES = (
    Table(
        ProfileConsent,
        purpose="Ne montrer un profil qu’avec l’accord de la personne",
        columns=sort(
            agreement="decision text_version asked_at decided_at ends_on employer_answer answered_at",
            staff="asked_by decided_with",
            link="beneficiary employer proposal",
            technical="id shown_as",
        ),
        title="Vos accords pour des employeurs",
        links_given=("employer", "proposal"),
        contact=("decided_at",),
    ),
    Table(
        Placement,
        purpose=_HIRE,
        columns=sort(
            pathway="kind started_on months trial_ends_on ended_on",
            staff="advisor",
            link="beneficiary employer proposal exit",
            technical="id",
        ),
        title="Vos embauches",
        links_given=("employer",),
        contact=("started_on", "ended_on"),
    ),
    Table(
        PostHireFollowUp,
        purpose=_HIRE,
        columns=sort(
            pathway="milestone due_on done_on situation", words="note", link="placement", technical="id"
        ),
        title="L’appui après l’embauche",
        links_given=("placement",),
        contact=("done_on",),
    ),
    Table(
        Employer,
        purpose="Travailler avec les employeurs du territoire",
        columns=sort(
            common="name siret sector",
            staff="contact_name contact_phone",
            link="organisation",
            technical="id version",
        ),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        EmployerAccess,
        purpose="Ouvrir à un employeur ses propres besoins",
        columns=sort(staff="user", link="employer", technical="id started_at ended_at"),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        Establishment,
        purpose="Savoir où se fait le travail",
        columns=sort(common="name commune insee_code x_km y_km", link="employer", technical="id"),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        TaskAnalysis,
        purpose="Décrire le travail qui pourrait être confié",
        columns=sort(
            common="title observed_on status", link="establishment organisation", technical="id version"
        ),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        WorkTask,
        purpose="Décrire le travail qui pourrait être confié",
        columns=sort(
            common=(
                "name family weekly_hours season_hours dayparts is_hard is_devalued is_skill_building demands licences"
                " dangerous_work dismissed_on rome_code hourly_cost"
            ),
            link="analysis",
            technical="id",
        ),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        TaskRequirement,
        purpose="Décrire le travail qui pourrait être confié",
        columns=sort(common="level importance", link="task competence", technical="id"),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
    Table(
        JobProposal,
        purpose="Composer un poste à partir de tâches",
        columns=sort(common="title status created_at", link="organisation", technical="id version"),
        not_given=_NO_PERSON,
        **_FIRM,
    ),
)

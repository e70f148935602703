"""What the reports keep: files prepared for a few days, marks without anybody, counts without anybody."""

from __future__ import annotations

from backend.core.privacy.tables import Fate, Table, sort
from reports.models import ExportJob, KeptCount, PublishedTable, SourceChange

TABLES = (
    Table(
        ExportJob,
        purpose="Préparer à part un tableau demandé",
        columns=sort(
            staff="user",
            technical=(
                "id seat status rows_done rows_total message created_at heartbeat_at finished_at kind format parameters restarts"
            ),
            hidden="file_name",
        ),
        kept="quelques jours pour le fichier ; il est retiré dès qu’une personne est effacée",
        fate=Fate.APART,
        not_given="Tableaux de la structure, faits de ce qui est déjà donné",
    ),
    Table(
        SourceChange,
        purpose="Savoir quels chiffres sont à refaire",
        columns=sort(technical="id organisation transaction draw"),
        kept="jusqu’au calcul suivant",
        fate=Fate.NOBODYS,
        not_given="Aucune personne n’y figure",
    ),
    Table(
        KeptCount,
        purpose="Garder justes les chiffres des années passées une fois les personnes effacées",
        columns=sort(common="figure since sort total", link="organisation", technical="id"),
        kept="sans limite : des nombres, sans personne derrière",
        fate=Fate.NOBODYS,
        not_given="Aucune personne n’y figure",
    ),
    Table(
        PublishedTable,
        purpose="Rendre un tableau publié tel qu’il est sorti, et masquer le suivant à côté de lui",
        columns=sort(
            common="year breakdown lines threshold rules published_at",
            link="organisation group",
            staff="published_by",
            technical="id rank data_state",
        ),
        kept="sans limite : oublier ce qui est sorti permettrait d’en soustraire la suite",
        fate=Fate.NOBODYS,
        not_given="Aucune personne n’y figure : des nombres déjà publics, sans aucun de 1 à 10",
    ),
)

"""The csv bundle « échange », version 1: its files, their columns, in the order they are read.

The format is a promise to partner tools (see docs/echange.md): extend it by adding, never by changing meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.identifiers import (
    validate_insee_code,
    validate_pass_number,
    validate_postcode,
    validate_rome_code,
    validate_siret,
)
from backend.exchange import values
from backend.exchange.values import Parser
from backend.organisations.enums import StructureKind
from competences.enums import ProofStatus
from pathways.enums import ClientKind, ContractKind, EducationLevel, InterviewKind, InterviewMode, Sex
from pathways.rules.exit_motives import MOTIVES_BY_CODE


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how to read it, whether every line must fill it."""

    name: str
    parse: Parser
    is_compulsory: bool = False


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One file: its columns, the ones that make a line unique, the files it points to."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    points_to: tuple[str, ...] = ()

    @property
    def compulsory(self) -> tuple[str, ...]:
        """Columns without which the file is refused."""
        return tuple(column.name for column in self.columns if column.is_compulsory)


def _must(name: str, parse: Parser) -> Column:
    return Column(name, parse, is_compulsory=True)


def _without_spaces(cell: str) -> str:
    return "".join(cell.split())


ID = values.text(200)
SIRET = values.checked(
    validate_siret, "Un SIRET compte 14 chiffres : corrigez-le ou laissez vide.", clean=_without_spaces
)
INSEE = values.checked(
    validate_insee_code, "Un code commune compte cinq caractères : corrigez-le ou laissez vide."
)
POSTCODE = values.checked(
    validate_postcode, "Un code postal compte cinq chiffres : corrigez-le ou laissez vide."
)
ROME = values.checked(validate_rome_code, "Un code ROME s’écrit K2204 : corrigez-le ou laissez vide.")
PASS_NUMBER = values.checked(
    validate_pass_number, "Un numéro de PASS compte 12 caractères.", clean=_without_spaces
)
RATE = values.number(0, 1)

PROFILE_FLAGS = (
    "brsa", "ass", "aah", "rqth", "detld", "deld", "qpv", "zrr", "parent_isole", "refugie",
    "sortant_detention", "sortant_ase", "sans_hebergement", "mobilite_difficile", "langue_inf_a1",
)  # fmt: skip

GROUPS = FileLayout("groupes.csv", (_must("id", ID), _must("nom", values.text(160))), ("id",))
STRUCTURES = FileLayout(
    "structures.csv",
    (
        _must("id", ID),
        _must("nom", values.text(160)),
        _must("type", values.choice(StructureKind.values)),
        Column("siret", SIRET),
        Column("groupe_id", ID),
        Column("code_insee", INSEE),
        Column("departement", values.text(3)),
    ),
    ("id",),
)
CONVENTIONS = FileLayout(
    "conventions.csv",
    (
        _must("structure_id", ID),
        _must("annee", values.whole(2000, 2100)),
        Column("etp_conventionnes", values.number(0, 99_999)),
        Column("heures_par_etp", values.number(1, 3_000)),
        Column("objectif_dynamique", RATE),
        Column("objectif_durable", RATE),
    ),
    ("structure_id", "annee"),
    points_to=("structures.csv",),
)
PEOPLE = FileLayout(
    "salaries.csv",
    (
        _must("id", ID),
        _must("nom", values.text(120)),
        _must("prenom", values.text(120)),
        Column("sexe", values.choice(Sex.values)),
        Column("date_naissance", values.birth_date),
        Column("telephone", values.phone),
        Column("email", values.email),
        Column("code_postal", POSTCODE),
        Column("code_insee", INSEE),
        Column("niveau_formation", values.choice(EducationLevel.values)),
        *(Column(flag, values.boolean) for flag in PROFILE_FLAGS),
    ),
    ("id",),
)
CONTRACTS = FileLayout(
    "contrats.csv",
    (
        _must("id", ID),
        _must("salarie_id", ID),
        _must("structure_id", ID),
        _must("type", values.choice(ContractKind.values)),
        _must("date_debut", values.day),
        Column("date_fin_prevue", values.day),
        Column("date_fin", values.day),
        Column("heures_hebdo", values.number(0, 48)),
        Column("code_rome", ROME),
        Column("contrat_initial_id", ID),
    ),
    ("id",),
    points_to=("salaries.csv", "structures.csv"),
)
HOURS = FileLayout(
    "heures.csv",
    (
        _must("contrat_id", ID),
        _must("mois", values.month),
        _must("heures", values.number(0, 400)),
        Column("client_type", values.choice(ClientKind.values)),
    ),
    ("contrat_id", "mois", "client_type"),
    points_to=("contrats.csv",),
)
PASSES = FileLayout(
    "pass.csv",
    (
        _must("salarie_id", ID),
        _must("numero", PASS_NUMBER),
        _must("date_debut", values.day),
        Column("date_fin", values.day),
    ),
    ("numero",),
    points_to=("salaries.csv",),
)
_EXIT_PLACE = (_must("salarie_id", ID), _must("structure_id", ID), _must("date_sortie", values.day))
_EXIT_SEQUEL = (Column("employeur", values.text(160)), Column("contrat_duree_mois", values.whole(0, 600)))
_MOTIVE = _must(
    "motif",
    values.choice(MOTIVES_BY_CODE, hint="les codes 1 à 22 et 96 de l’agence de services et de paiement"),
)
EXITS = FileLayout(
    "sorties.csv",
    (*_EXIT_PLACE, _MOTIVE, *_EXIT_SEQUEL),
    ("salarie_id", "structure_id", "date_sortie"),
    points_to=("salaries.csv", "structures.csv"),
)
EXITS_TO_COMPLETE = FileLayout(
    "sorties_sans_motif.csv",
    (*_EXIT_PLACE, *_EXIT_SEQUEL),
    ("salarie_id", "structure_id", "date_sortie"),
    points_to=("salaries.csv", "structures.csv"),
)
INTERVIEWS = FileLayout(
    "entretiens.csv",
    (
        _must("salarie_id", ID),
        _must("date", values.day),
        Column("type", values.choice(InterviewKind.values)),
        Column("mode", values.choice(InterviewMode.values)),
        Column("synthese", values.text(10_000)),
    ),
    ("salarie_id", "date", "type", "mode", "synthese"),
    points_to=("salaries.csv",),
)
ASSESSMENTS = FileLayout(
    "competences.csv",
    (
        _must("salarie_id", ID),
        _must("code", values.text(20)),
        _must("niveau", values.whole(1, 4)),
        _must("date", values.day),
        Column("statut", values.choice(ProofStatus.values)),
        Column("observateur", values.text(160)),
        Column("contexte", values.text(200)),
    ),
    ("salarie_id", "code", "date", "statut", "observateur"),
    points_to=("salaries.csv",),
)

LAYOUTS = (
    GROUPS,
    STRUCTURES,
    CONVENTIONS,
    PEOPLE,
    CONTRACTS,
    HOURS,
    PASSES,
    EXITS,
    EXITS_TO_COMPLETE,
    INTERVIEWS,
    ASSESSMENTS,
)

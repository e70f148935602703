"""`contrats.csv`, `passages.csv`, `sorties.csv`, `sorties_sans_motif.csv`: contracts and exits, and the stays they make.

Spreadsheets know contracts and exits. A stay is found from them, person by person and structure by structure
(`pathways.rules.stays`), from what the base already holds and what the files bring. An exit is known by its
stay: sent again with another day, it is the same departure unless a contract began in between.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet

from backend.core.values.text import normalise
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Severity
from backend.exchange.structures import STRUCTURE_COLUMN, structure_column
from pathways.enums import ContractEnd, ContractKind
from pathways.exchange.entries import ENTRIES
from pathways.exchange.naming import titles
from pathways.exchange.naming.known import Place, Work
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import rights_of
from pathways.exchange.stays import store_works
from pathways.models import Contract, Exit
from pathways.rules.exits.findings import exit_findings
from pathways.rules.exits.motives import MOTIVE_CODES, MOTIVES_BY_CODE

_MOTIVES = values.choice(
    MOTIVES_BY_CODE, hint=f"les codes {MOTIVE_CODES} de l’agence de services et de paiement"
)


def store_work(context: Context) -> None:
    """The three files together."""
    works = _gather(context)
    # A chunk counts people, each with several lines: keep its transactions short.
    context.in_chunks(
        CONTRACTS, works, lambda chunk: store_works(context, chunk), size=100, lines_of=Work.lines
    )
    context.ids.clear()
    _chain(context)


def _gather(context: Context) -> list[Work]:
    works: dict[Place, Work] = {}
    for line in context.rows(CONTRACTS):
        place = _place(context, CONTRACTS, line)
        if place and _dates_are_fine(context, line) and _place_is_kept(context, line, place):
            works.setdefault(place, Work(place, CONTRACTS)).contracts[line["id"]] = line
    for layout in (EXITS, EXITS_TO_COMPLETE):
        for line in context.rows(layout):
            place = _place(context, layout, line)
            if place and _entry_is_fine(context, layout, line):
                work = works.setdefault(place, Work(place, CONTRACTS))
                first_layout, first = work.exits.setdefault(line["date_sortie"], (layout, line))
                if first is not line:
                    where = context.report.title(first_layout.name)
                    problem = f"cette sortie est déjà dans {where}, ligne {first.number}"
                    context.refuse(layout, line, "date_sortie", problem, layout.repeated)
    for line in context.rows(ENTRIES):
        if place := _place(context, ENTRIES, line):
            works.setdefault(place, Work(place, CONTRACTS)).entries[line["date_entree"]] = line
    return list(works.values())


def _place(context: Context, layout: FileLayout, line: Line) -> Place | None:
    beneficiary_id = person_of(context, layout, line)
    organisation_id = context.organisation(layout, line)
    return (beneficiary_id, organisation_id) if beneficiary_id and organisation_id else None


def _dates_are_fine(context: Context, line: Line) -> bool:
    for column in ("date_fin_prevue", "date_fin"):
        if line[column] and line[column] < line["date_debut"]:
            context.refuse(CONTRACTS, line, column, "la fin précède le début", "Vérifiez les deux dates.")
            return False
    return True


def _entry_is_fine(context: Context, layout: FileLayout, line: Line) -> bool:
    if line["date_entree"] is None:
        return True
    found = exit_findings(started_on=line["date_entree"], on=line["date_sortie"], today=date.max)
    return context.stands(layout, line, found)


def _place_is_kept(context: Context, line: Line, place: Place) -> bool:
    """A contract never changes person nor structure: that would be another contract."""
    if "contract places" not in context.ids:
        rows = context.sent(Contract).values_list(
            "external_id", "stay__beneficiary_id", "stay__organisation_id"
        )
        context.ids["contract places"] = {key: (person, where) for key, person, where in rows}  # type: ignore[misc]
    known = context.ids["contract places"].get(line["id"])
    if known is not None and known != place:
        context.refuse_id(CONTRACTS, line, "le contrat d’une autre personne ou d’une autre structure")
        return False
    return True


def _chain(context: Context) -> None:
    """Tie renewals to the first contract of their chain, once every contract is known; a refused line ties nothing."""
    column = CONTRACTS.column("contrat_initial_id")
    refused = context.report.tally(CONTRACTS.name).refused
    renewals = [
        line
        for line in context.rows(CONTRACTS)
        if line.number not in refused and line.values[column.name] not in (None, line["id"])
    ]
    known = context.known(Contract)
    people = dict(context.sent(Contract).values_list("external_id", "stay__beneficiary_id"))
    rights = rights_of(context)

    def store(chunk: list[Line]) -> None:
        rows = context.with_ids(Contract, [line["id"] for line in chunk])
        wanted = {}
        for line in chunk:
            initial = line[column.name]
            if line["id"] not in rows:
                continue
            if initial is not None and people.get(initial) != people.get(line["id"]):
                problem = "contrat enregistré sans sa chaîne : le contrat initial n’est pas connu pour cette personne"
                what_to_do = "Vérifiez l’identifiant, ou laissez vide."
                context.say(CONTRACTS, line, column.name, problem, what_to_do, Severity.RESERVE)
                continue
            value = line.values[column.name] if initial is None else known[initial]
            wanted[line["id"]] = Wanted([line], {column: value})
        context.merge(
            CONTRACTS,
            Contract,
            wanted,
            rows,
            lambda key: {},
            right=lambda row, key, before: rights.chain(row),
        ).save()

    context.in_chunks(CONTRACTS, renewals, store)


def _contracts() -> QuerySet[Contract]:
    return Contract.objects.select_related("stay").order_by("pk")


def _exits_with_motive() -> QuerySet[Exit]:
    return Exit.objects.exclude(motive="").select_related("stay").order_by("pk")


def _exits_without() -> QuerySet[Exit]:
    return Exit.objects.filter(motive="").select_related("stay").order_by("pk")


def _of_stay(column: Column) -> Column:
    """A column about the person of a stay, written from what hangs from the stay."""
    return replace(column, write=attrgetter("stay.beneficiary_id"))


_STRUCTURE = structure_column(of="stay.organisation_id")
CONTRACTS: FileLayout = FileLayout(
    "contrats.csv",
    "Leurs contrats, un par ligne ; les passages dans la structure en sont déduits.",
    (
        Column(
            "id",
            cells.ID,
            cells.OWN_ID,
            write=attrgetter("pk"),
            is_compulsory=True,
            refers_to=Contract,
            label="Numéro du contrat",
            synonyms=titles.CONTRACT_ID,
        ),
        _of_stay(person_column()),
        _STRUCTURE,
        cells.listed(
            "type",
            "kind",
            ContractKind,
            is_compulsory=True,
            label="Type de contrat",
            words={
                "cdd insertion": "CDDI",
                "contrat d insertion": "CDDI",
                "insertion": "CDDI",
                "cdd usage": "CDDU",
                "usage": "CDDU",
                "mission": "CTT",
                "interim": "CTT",
                "cdii": "CDI-I",
                "cdi insertion": "CDI-I",
                "contrat passerelle": "PASSERELLE",
            },
            is_telling=True,
            synonyms=titles.CONTRACT_TYPE,
        ),
        Column(
            "date_debut",
            values.day,
            cells.DAY,
            "started_on",
            is_compulsory=True,
            label="Premier jour du contrat",
            synonyms=titles.CONTRACT_DATE_DEBUT,
        ),
        Column(
            "date_fin_prevue",
            values.day,
            cells.DAY,
            "planned_end_on",
            label="Fin prévue du contrat",
            synonyms=titles.CONTRACT_DATE_FIN_PREVUE,
        ),
        Column(
            "date_fin",
            values.day,
            f"vide tant que rien n’est fini ; sinon {cells.DAY}",
            "ended_on",
            judged_as="on",
            label="Fin réelle du contrat",
            synonyms=("fin réelle", "date de fin réelle", "rupture", "date de rupture"),
        ),
        cells.listed(
            "motif_rupture",
            "end_motive",
            ContractEnd,
            label="Motif de la rupture",
            words={
                "rupture d un commun accord": "ACCORD",
                "fin de periode d essai": "ESSAI",
            },
            synonyms=("motif de rupture", "motif de la rupture", "motif fin de contrat"),
        ),
        Column(
            "heures_hebdo",
            values.number(0, 48),
            "heures par semaine, de 0 à 48",
            "weekly_hours",
            label="Heures par semaine",
            synonyms=(
                "heures par semaine",
                "heures hebdomadaires",
                "durée hebdomadaire",
                "horaire hebdomadaire",
                *titles.WEEKLY,
            ),
        ),
        Column(
            "heures_garanties",
            values.number(1, 9_999),
            "pour un CDDU qui en promet, les heures garanties sur tout le contrat",
            "guaranteed_hours",
            label="Heures garanties sur tout le contrat",
            synonyms=("volume garanti", "volume d’heures garanti"),
        ),
        Column(
            "code_rome",
            cells.ROME,
            "par exemple K2204",
            "rome_code",
            synonyms=("rome", "métier rome"),
            label="Code ROME",
            is_telling=True,
        ),
        Column(
            "contrat_initial_id",
            cells.ID,
            "pour un renouvellement, l’identifiant du premier contrat",
            "initial_id",
            refers_to=Contract,
            is_late=True,
        ),
    ),
    told_by=("salarie_id", "date_debut"),
    subject="le contrat",
    key=("id",),
    rows=_contracts,
    points_to=("salaries.csv", "structures.csv"),
    store=store_work,
    holds=Contract,
    placed_by="stay__organisation",
    left_out={"stay": "trouvé par la personne, la structure et les jours"},
)
_EXIT_PLACE = (
    _of_stay(person_column()),
    _STRUCTURE,
    Column(
        "date_sortie",
        values.day,
        cells.DAY,
        "occurred_on",
        is_compulsory=True,
        judged_as="on",
        label="Jour de la sortie",
        synonyms=(
            "sortie",
            "sorti(e) le",
            "fin de parcours",
            "date de fin de parcours",
            "date de départ",
            "départ",
            "parti(e) le",
        ),
    ),
)
_EXIT_SEQUEL = (
    Column(
        "employeur",
        values.text(160),
        "nom de l’employeur, s’il y en a un",
        "employer_name",
        label="Employeur trouvé",
        synonyms=("nom de l’employeur", "entreprise", "nouvel employeur"),
    ),
    Column(
        "contrat_duree_mois",
        values.whole(0, 600),
        "durée du contrat trouvé, en mois",
        "contract_months",
        label="Durée du contrat trouvé, en mois",
    ),
    Column(
        "date_entree",
        values.day,
        f"pour un passage sans contrat, son premier jour : {cells.DAY}",
        write=attrgetter("stay.started_on"),
        judged_as="started_on",
        label="Premier jour d’un passage sans contrat",
    ),
)
_MOTIVE = Column(
    "motif",
    _MOTIVES,
    f"code du motif : {MOTIVE_CODES}",
    "motive",
    is_compulsory=True,
    label="Motif de sortie",
    words={normalise(each.label): each.code for each in MOTIVES_BY_CODE.values()},
    labels={each.code: each.label for each in MOTIVES_BY_CODE.values()},
    synonyms=(
        "motif de sortie",
        "code motif",
        "code motif de sortie",
        "motif du départ",
        "raison de sortie",
        "raison du départ",
        "type de sortie",
        "nature de la sortie",
        "situation à la sortie",
    ),
)
_EXIT_LEFT_OUT = {
    "stay": "trouvé par la personne, la structure et le jour",
    "recorded_by": "qui l’a saisie à l’écran ; un fichier n’en dit rien",
}
_EXIT_KEY = ("salarie_id", STRUCTURE_COLUMN, "date_sortie")
EXITS: FileLayout = FileLayout(
    "sorties.csv",
    "Les départs, avec leur motif.",
    (*_EXIT_PLACE, _MOTIVE, *_EXIT_SEQUEL),
    key=_EXIT_KEY,
    rows=_exits_with_motive,
    holds=Exit,
    placed_by="stay__organisation",
    left_out=_EXIT_LEFT_OUT,
    otherwise="sorties_sans_motif.csv",
    subject="la sortie",
    points_to=("salaries.csv", "structures.csv"),
)
EXITS_TO_COMPLETE: FileLayout = FileLayout(
    "sorties_sans_motif.csv",
    "Les départs dont le motif reste à compléter.",
    (*_EXIT_PLACE, *_EXIT_SEQUEL),
    key=_EXIT_KEY,
    rows=_exits_without,
    holds=Exit,
    placed_by="stay__organisation",
    left_out=_EXIT_LEFT_OUT,
    points_to=("salaries.csv", "structures.csv"),
)

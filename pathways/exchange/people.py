"""`salaries.csv`: people, and what was known at their entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.text import capfirst

from backend.core.actor import CONTACT_READERS, Actor
from backend.core.values.births import says_less
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Finding, Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.organisations.models import Organisation
from pathways.enums import EducationLevel, Sex
from pathways.exchange.days import WORK_FILES, work_days
from pathways.exchange.naming import titles
from pathways.exchange.naming.look_alikes import tell_apart
from pathways.exchange.naming.recognising import people_of
from pathways.exchange.naming.whole_names import WHOLE_NAMES
from pathways.exchange.rights import Rights, rights_of
from pathways.models import Beneficiary, EntryProfile, Stay
from pathways.models.beneficiary import searchable_name
from pathways.permissions import CONTACT
from pathways.rules.people import birth_findings

PROFILE = "entry_profile"


def _flag(name: str, field: str, meaning: str) -> Column:
    return Column(
        name,
        values.boolean,
        f"{meaning} : {cells.YES_NO}",
        f"{PROFILE}.{field}",
        synonyms=titles.OF_FLAGS.get(name, ()),
        label=capfirst(meaning),
    )


FLAGS = (
    _flag("brsa", "brsa", "bénéficiaire du RSA"),
    _flag("ass", "ass", "allocataire de l’ASS"),
    _flag("aah", "aah", "allocataire de l’AAH"),
    _flag("rqth", "rqth", "travailleur handicapé reconnu"),
    _flag("detld", "detld", "sans emploi depuis plus de 24 mois"),
    _flag("deld", "deld", "sans emploi depuis 12 à 24 mois"),
    _flag("qpv", "qpv", "habite un quartier prioritaire"),
    _flag("zrr", "zrr", "habite une zone de revitalisation rurale"),
    _flag("parent_isole", "is_single_parent", "parent isolé"),
    _flag("refugie", "is_refugee", "réfugié ou protégé"),
    _flag("sortant_detention", "left_detention", "sortant de détention"),
    _flag("sortant_ase", "left_ase", "sortant de l’aide sociale à l’enfance"),
    _flag("sans_hebergement", "has_no_housing", "sans hébergement"),
    _flag("mobilite_difficile", "has_mobility_trouble", "mobilité difficile"),
    _flag("langue_inf_a1", "is_below_a1", "français inférieur au niveau A1"),
)
FLAG_FIELDS = {column.name: column.leaf for column in FLAGS}
"""Column of the bundle → field of the situation at entry."""


def _rows() -> QuerySet[Beneficiary]:
    return Beneficiary.objects.select_related(PROFILE).order_by("pk")


def _kept_back(actor: Actor) -> Callable[[Beneficiary], Collection[str]]:
    """Civil status and contact, then the situation at entry, of the people whose door or whose situation is closed."""
    open_to = set[int]()
    if actor.role in CONTACT_READERS:
        open_to |= set(Beneficiary.objects.accompanied_by(actor).values_list("pk", flat=True))
    told = set(EntryProfile.objects.visible_to(actor).values_list("beneficiary_id", flat=True))
    contact = tuple(column.name for column in PEOPLE.columns if column.field in CONTACT)
    situation = tuple(column.name for column in PEOPLE.of_part(PROFILE))

    def columns(row: Beneficiary) -> Collection[str]:
        return (*(() if row.pk in open_to else contact), *(() if row.pk in told else situation))

    return columns


def findings(person: Beneficiary, entered_on: date | None) -> Iterable[Finding]:
    """What the rules say of a person as a line would leave them, on the first day they are known to have come in."""
    return birth_findings(birth_date=person.birth_date, entered_on=entered_on) if entered_on else ()


def _first_days(context: Context) -> dict[str, date]:
    """The first day the files give to each person."""
    first: dict[str, date] = {}
    for line, day in work_days(context):
        if day is not None:
            first[line["salarie_id"]] = min(day, first.get(line["salarie_id"], day))
    return first


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _known_first_days(rows: Iterable[Beneficiary]) -> dict[str, date]:
    """The same, of the stays already known; one query."""
    stays = Stay.objects.filter(beneficiary__in=list(rows)).values_list("beneficiary__external_id")
    return dict(stays.annotate(first=Min("started_on")).order_by())


def store_people(context: Context) -> None:
    """The person, then the situation at entry."""
    lines = tell_apart(context, PEOPLE, _standing(context, _seen_by_someone(context)))
    # Asked of the base before anything is written: people are the first of our files.
    rights, sent = rights_of(context), _first_days(context)

    def store(chunk: list[Line]) -> None:
        wanted = {line["id"]: want for line in chunk if (want := context.wanted(PEOPLE, line))}
        present = context.with_ids(Beneficiary, wanted)
        known_days = _known_first_days(present.values())
        people = context.merge(
            PEOPLE,
            Beneficiary,
            wanted,
            present,
            lambda key: {"external_id": key},
            right=lambda row, key, before: rights.person(row.pk, "id"),
            check=lambda row, key: findings(row, _earliest(known_days.get(key), sent.get(key))),
        )
        people.save(_search_name, also=("search_name",))
        kept = (*(row for row, _, _ in people.said), *people.new.values())
        saved = {id(row) for row in kept}
        rows = present | people.new
        known = {key: row for key, row in rows.items() if id(row) in saved}
        _store_profiles(context, [line for line in chunk if line["id"] in known], known, rights)

    context.in_chunks(PEOPLE, lines, store)
    context.ids.clear()


def _search_name(person: Beneficiary) -> None:
    person.search_name = searchable_name(person.last_name, person.first_name)


def _store_profiles(
    context: Context, chunk: list[Line], people: dict[str, Beneficiary], rights: Rights
) -> None:
    """The situation at entry; without a word of it, the one already known stays as it is."""
    wanted: dict[int, Wanted] = {}
    for line in chunk:
        want = context.wanted(PEOPLE, line, part=PROFILE)
        if want is not None:
            wanted[people[line["id"]].pk] = want
    rows = EntryProfile.objects.select_for_update().filter(beneficiary_id__in=wanted)
    present = {row.beneficiary_id: row for row in rows}
    told = {
        key: want
        for key, want in wanted.items()
        if want.values or (key not in present and key not in rights.closed)
    }
    context.merge(
        PEOPLE,
        EntryProfile,
        told,
        present,
        lambda key: {"beneficiary_id": key},
        right=lambda row, key, before: rights.person(key, "id"),
        part=PROFILE,
    ).save()


def _seen_by_someone(context: Context) -> list[Line]:
    """People a structure may bring in: a file without any stay would be there and nobody could open it."""
    lines = context.rows(PEOPLE)
    if context.scope is None:
        return lines
    present = set(context.known(Beneficiary))
    present |= {line["salarie_id"] for line, _ in work_days(context)}
    for line in lines:
        if line["id"] not in present and (first := _refused_first(context, line)):
            problem = context.report.waits_for(*first)
            context.refuse(PEOPLE, line, "id", problem, "Corrigez-la, puis envoyez à nouveau les deux.")
        elif line["id"] not in present:
            problem = "cette personne n’a ni contrat, ni passage, ni sortie dans vos fichiers"
            context.refuse(
                PEOPLE,
                line,
                "id",
                problem,
                "Ajoutez son contrat, ou le jour de son entrée si elle n’en a pas.",
            )
    return [line for line in lines if line["id"] in present]


def _refused_first(context: Context, line: Line) -> tuple[str, int] | None:
    """The line of her contract, her exit or her entry that was read and refused: what is wrong is said there, once."""
    own = line.text("id").removeprefix(context.prefix)
    tallies = ((file, context.report.tallies.get(file)) for file in WORK_FILES)
    return next(
        ((file, each.refused_about[own]) for file, each in tallies if each and own in each.refused_about),
        None,
    )


def _standing(context: Context, lines: list[Line]) -> list[Line]:
    """The lines that bring nobody whose file was taken back here, unless somebody decided otherwise."""
    here = [context.scope.organisation_id] if context.scope else None
    gone = [each for found in memory.withdrawn(Beneficiary, Organisation, here).values() for each in found]
    if not gone:
        return lines
    known, kept = context.known(Beneficiary), []
    for line in lines:
        mark = None
        if line["id"] not in known:
            mark = next((each for each in gone if each.was("id", line["id"])), None)
        if not context.stays_out(PEOPLE, line, mark):
            kept.append(line)
    return kept


PEOPLE: FileLayout = FileLayout(
    "salaries.csv",
    "Les personnes, une par ligne.",
    (
        Column(
            "id",
            cells.ID,
            cells.OWN_ID,
            write=attrgetter("pk"),
            is_compulsory=True,
            refers_to=Beneficiary,
            label="Matricule ou identifiant",
            synonyms=titles.PERSON_ID,
        ),
        Column(
            "nom",
            values.text(120),
            "nom de famille",
            "last_name",
            is_compulsory=True,
            label="Nom de famille",
            synonyms=titles.PERSON_NOM,
        ),
        Column(
            "prenom",
            values.text(120),
            "prénom",
            "first_name",
            is_compulsory=True,
            label="Prénom",
            synonyms=("prénoms", "prénom usuel", "premier prénom"),
        ),
        cells.listed(
            "sexe",
            "sex",
            Sex,
            note="F ou M",
            synonyms=titles.PERSON_SEXE,
            label="Sexe ou civilité",
            words={
                "h": "M",
                "m": "M",
                "f": "F",
                "monsieur": "M",
                "mr": "M",
                "masculin": "M",
                "garcon": "M",
                "madame": "F",
                "mme": "F",
                "mlle": "F",
                "mademoiselle": "F",
                "feminin": "F",
            },
            is_telling=True,
        ),
        Column(
            "date_naissance",
            values.birth_date,
            f"{cells.DAY} ; sans le jour AAAA-MM, sans le mois AAAA (aussi « 00/00/1984 »)",
            "birth_date",
            agrees=says_less,
            label="Date de naissance",
            is_telling=True,
            synonyms=("né(e) le", "né le", "née le", "naissance", "date naiss.", "d. naissance", "ddn", "dn"),
        ),
        Column(
            "telephone",
            values.phone,
            "numéro de téléphone",
            "phone",
            label="Téléphone",
            is_telling=True,
            synonyms=titles.PERSON_TELEPHONE,
        ),
        Column(
            "email",
            values.email,
            "adresse électronique",
            "email",
            label="Adresse électronique",
            is_telling=True,
            synonyms=titles.PERSON_EMAIL,
        ),
        Column(
            "code_postal",
            cells.POSTCODE,
            "cinq chiffres",
            "postcode",
            synonyms=titles.PERSON_CODE_POSTAL,
            label="Code postal",
            is_telling=True,
        ),
        Column(
            "code_insee",
            cells.INSEE,
            "code commune, cinq caractères",
            "insee_code",
            synonyms=("insee", "code commune", "code insee de la commune"),
            label="Code INSEE de la commune",
        ),
        cells.listed(
            "niveau_formation",
            f"{PROFILE}.education_level",
            EducationLevel,
            note="code de l’agence de services et de paiement, par exemple 51 pour un CAP obtenu",
            synonyms=titles.PERSON_NIVEAU_FORMATION,
            label="Niveau de formation",
            words={"cap": "51", "bep": "51", "bac": "40", "bac pro": "41", "bts": "30", "sans diplome": "70"},
        ),
        *FLAGS,
    ),
    key=("id",),
    rows=_rows,
    store=store_people,
    holds=Beneficiary,
    told_by=("nom", "prenom", "date_naissance"),
    subject="la personne",
    plural="Personnes",
    also=WHOLE_NAMES,
    placed_by="stays__organisation",
    kept_back=_kept_back,
    recognises=people_of,
)


def person_column() -> Column:
    """Whom a line speaks of, in the files of people's lives."""
    return Column(
        "salarie_id",
        cells.ID,
        cells.PERSON_ID,
        write=attrgetter("beneficiary_id"),
        is_compulsory=True,
        refers_to=Beneficiary,
        synonyms=(
            "salarié",
            "matricule",
            "identifiant salarié",
            "numéro salarié",
            "n° salarié",
            "code salarié",
        ),
    )


def person_of(context: Context, layout: FileLayout, line: Line) -> Any:
    """Whom a line speaks of; None, and a fault, when nobody is known by that id."""
    return context.resolve(layout, line, layout.column("salarie_id"))

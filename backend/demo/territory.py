"""The demo territory: the invented Groupe des Trois Vallées, its neighbours, 400 people, some of whom have a story written by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from backend.core.actor import Role
from backend.demo.chance import calibration as cal
from backend.demo.chance.names import Commune, email, phone, siret
from backend.demo.economy import FIRST_CONTACT, FIRST_EMPLOYER_SIRET, add_analysis, contact
from backend.demo.frame import Frame, national_targets, weave
from backend.demo.rows import (
    Account,
    Belonging,
    Convention,
    Employer,
    Establishment,
    Group,
    StaffMember,
    Structure,
    Territory,
)
from backend.demo.simulate import add_life
from backend.demo.stories.decisions.breaks import tell_breaks
from backend.demo.stories.decisions.contracts import tell_anatole, tell_capucine, tell_marcelle
from backend.demo.stories.decisions.derogations import (
    tell_apolline,
    tell_barnabe,
    tell_eudoxie,
    tell_eugenie,
    tell_gustave,
    tell_leopoldine,
    tell_tancrede,
)
from backend.demo.stories.decisions.lent import tell_felicie, tell_octave, tell_perrine, tell_zelie
from backend.demo.stories.decisions.passes import tell_blanche, tell_honore
from backend.demo.stories.gaspard import tell_gaspard
from backend.demo.stories.in_the_middle import tell_jo, tell_lina, tell_paul
from backend.demo.stories.of_the_certifications import CERTIFICATIONS
from backend.demo.stories.of_the_day import tell_amina, tell_karim, tell_nadia, tell_theo
from backend.demo.stories.of_the_hours import tell_wishes
from backend.demo.stories.of_the_immersions import tell_immersions
from backend.demo.stories.of_the_job import tell_ismael, tell_rosa
from backend.demo.stories.of_the_relays import tell_relays
from backend.demo.stories.of_the_rights import tell_rights
from backend.demo.stories.of_the_team import tell_the_team
from backend.demo.stories.of_the_trainings import tell_trainings
from backend.demo.stories.of_the_vae import tell_vaes
from backend.demo.stories.of_the_welcome import tell_awa, tell_firmin
from backend.demo.stories.solange import tell_solange
from backend.demo.stories.storyteller import Cast, Teller
from backend.organisations.enums import GroupKind, StructureKind
from employers.enums import AnalysisStatus

SEED, PEOPLE, YEARS, FIRST_INDEX = 3, 400, 3, 2_300
STORIES = (
    tell_solange,
    tell_paul,
    tell_jo,
    tell_lina,
    tell_theo,
    tell_karim,
    tell_amina,
    tell_nadia,
    tell_rosa,
    tell_ismael,
    tell_gaspard,
    tell_awa,
    tell_firmin,
)
DECISIONS = (
    tell_marcelle,
    tell_anatole,
    tell_capucine,
    tell_felicie,
    tell_zelie,
    tell_octave,
    tell_perrine,
    tell_blanche,
    tell_honore,
    tell_eugenie,
    tell_barnabe,
    tell_apolline,
    tell_gustave,
    tell_tancrede,
    tell_leopoldine,
    tell_eudoxie,
)
"""Told after what is given to people drawn by chance: each is whole, and takes the story of nobody else."""
GROUP = Group("trois-vallees", "Groupe des Trois Vallées")
MARKET = Group("berges", "Marché d’entretien des berges", GroupKind.MARKET)
"""Won together by a structure of the group and the one that stands outside: they share employers, and nobody's file."""
HOMES = tuple(
    Commune(name, f"0050{rank}", f"0050{rank}")
    for rank, name in enumerate(
        (
            "Belval-l’Inventée", "Montsonge-sur-Fable", "Clairfable", "Rivemirage-le-Lac", "Saint-Exemple", "Pontchimère",
        )
    )
)  # fmt: skip
STRUCTURES = (
    ("ai", StructureKind.AI, "Coup de main des Trois Vallées", 0, 3),
    ("etti", StructureKind.ETTI, "Intérim des Trois Vallées", 1, 3),
    ("aci", StructureKind.ACI, "Les Jardins de Belval", 0, 5),
    ("ei", StructureKind.EI, "Atelier du Linge Imaginaire", 2, 3),
    ("sap", StructureKind.ASP_SAP, "À domicile dans les Trois Vallées", 0, 1),
    ("lac", StructureKind.ACI, "Chantier du Lac Imaginaire", 3, 1),  # independent: a border of the group
    ("eiti", StructureKind.EITI, "Les Indépendants du Songe", 5, 1),
)  # id, kind, name, commune, weight among its kind
TEAM = (
    StaffMember("odile", Role.ADVISOR, "aci", "Odile", "Exemple"),
    StaffMember("basile", Role.ADVISOR, "aci", "Basile", "Brouillon"),
    StaffMember("marc", Role.SUPERVISOR, "aci", "Marc", "Maquette"),
    StaffMember("ursule", Role.SUPERVISOR, "aci", "Ursule", "Esquisse"),
    StaffMember("helene", Role.MANAGER, "aci", "Hélène", "Scénario"),
    StaffMember("remi", Role.ADVISOR, "ai", "Rémi", "Romance"),
    StaffMember("agathe", Role.ADVISOR, "ai", "Agathe", "Anonyme"),
    StaffMember("fanny", Role.SUPERVISOR, "ai", "Fanny", "Figurant"),
    StaffMember("didier", Role.MANAGER, "ai", "Didier", "Décor"),
    StaffMember("ines", Role.ADVISOR, "etti", "Inès", "Illusion"),
    StaffMember("pascal", Role.SUPERVISOR, "etti", "Pascal", "Pantomime"),
    StaffMember("claire", Role.MANAGER, "etti", "Claire", "Canevas"),
    StaffMember("quentin", Role.ADVISOR, "ei", "Quentin", "Quidam"),
    StaffMember("zoe", Role.SUPERVISOR, "ei", "Zoé", "Mirage"),
    StaffMember("henri", Role.MANAGER, "ei", "Henri", "Hypothèse"),
    StaffMember("myriam", Role.ADVISOR, "sap", "Myriam", "Métaphore"),
    StaffMember("sabine", Role.SUPERVISOR, "sap", "Sabine", "Saynète"),
    StaffMember("josiane", Role.MANAGER, "sap", "Josiane", "Gabarit"),
    StaffMember("blaise", Role.ADVISOR, "eiti", "Blaise", "Postulat"),
    StaffMember("colette", Role.MANAGER, "eiti", "Colette", "Chimère"),
    StaffMember("norbert", Role.ADVISOR, "lac", "Norbert", "Narrateur"),
    StaffMember("patricia", Role.SUPERVISOR, "lac", "Patricia", "Parabole"),
    StaffMember("victor", Role.MANAGER, "lac", "Victor", "Utopie"),
)
EMPLOYERS = (
    ("brioches", "Brioches du Val", "Boulangerie", 0, 0.4, 0.3),
    ("cantine", "Cantine de Belval", "Restauration collective", 0, 0.9, -0.2),
    ("tilleuls", "Résidence des Tilleuls Imaginaires", "Hébergement de personnes âgées", 0, 1.6, 0.8),
    ("vergers", "Vergers du Songe", "Arboriculture", 1, 5.2, 3.1),
    ("epicerie", "Épicerie Chimère", "Commerce", 5, -4.0, 2.5),
    ("auberge", "Auberge du Mirage", "Hôtellerie", 3, -6.5, -5.0),
    ("mairie", "Mairie de Belval-l’Inventée", "Collectivité", 0, 0.1, 0.0),
    ("entrepot", "Entrepôt Fictif des Vallées", "Logistique", 2, 7.5, -3.4),
    ("fromagerie", "Fromagerie Prétendue", "Agroalimentaire", 4, -2.2, 6.8),
    ("imprimerie", "Imprimerie du Roman", "Imprimerie", 2, 6.1, -2.0),
    ("menuiserie", "Menuiserie du Prototype", "Travail du bois", 1, 4.4, 4.9),
    ("creche", "Crèche des Petits Personnages", "Petite enfance", 0, 0.7, 1.1),
)  # id, name, sector, commune, x and y in kilometres from the town hall
NAMES_OF_EMPLOYERS = {each[0]: each[1] for each in EMPLOYERS}
OWN_TRADES = {
    "aci": ("A1203", "A1203", "A1402", "G1602", "K2204", "H3302"),  # gardens, their kitchen, their baskets
    "lac": ("F1704", "F1606", "K2304"),
    "ei": ("D1242", "K2204", "H3302"),
}
ANALYSES = (("brioches", 45), ("cantine", 38), ("tilleuls", 20), ("vergers", 6))  # employer, days ago
CONTACT_OF_BRIOCHES = "Camille Légende"  # who has an account
LEAST_DAYS_OF_A_YEAR = 90  # a year seen for less says nothing of the posts agreed for it
DRAFT_SINCE = 10  # days: a more recent analysis has not been given back to the firm yet


def demo_territory(today: date) -> Territory:
    """Draw the demo territory as it stands today: always the same people, always fresh dates."""
    rows = _permanent_rows(today)
    frame = _demo_frame(rows, today)
    for index in range(FIRST_INDEX, FIRST_INDEX + PEOPLE - len(STORIES) - len(DECISIONS)):
        add_life(rows, frame, index)
    teller = Teller(rows, today, _cast())
    for tell in STORIES:
        tell(teller)
    rows.certifications += CERTIFICATIONS
    tell_vaes(teller)
    tell_immersions(teller)
    tell_trainings(teller)
    tell_wishes(teller)
    tell_relays(teller)
    tell_rights(teller)
    tell_the_team(teller)
    for tell in DECISIONS:
        tell(teller)
    tell_breaks(teller)
    rows.conventions += agreed_posts(rows, today)
    rows.accounts += _accounts()
    return rows


def _permanent_rows(today: date) -> Territory:
    rows = Territory(groups=[GROUP, MARKET])
    for rank, (structure_id, kind, name, place, _) in enumerate(STRUCTURES):
        home, group = HOMES[place], None if structure_id == "lac" else GROUP.id
        rows.structures.append(
            Structure(
                structure_id, kind, name, group, siret(30_000 + rank), home.name, home.postcode, home.insee
            )
        )
    rows.belongings += [Belonging(structure, MARKET.id) for structure in ("aci", "lac")]
    rows.staff += TEAM
    for rank, (employer_id, name, sector, place, x_km, y_km) in enumerate(EMPLOYERS):
        whom = (CONTACT_OF_BRIOCHES, phone(FIRST_CONTACT)) if employer_id == "brioches" else contact(rank)
        home, number = HOMES[place], siret(FIRST_EMPLOYER_SIRET + rank)
        rows.employers.append(
            Employer(employer_id, name, sector, *whom, number, home.name, home.postcode, home.insee)
        )
        rows.establishments.append(
            Establishment(f"{employer_id}-1", employer_id, name, home.name, x_km, y_km)
        )
    sites = {each.employer: each for each in rows.establishments}
    sectors = {each.id: each.sector for each in rows.employers}
    for employer_id, days in ANALYSES:
        status = AnalysisStatus.DRAFT if days < DRAFT_SINCE else AnalysisStatus.RETURNED
        add_analysis(rows, sites[employer_id], sectors[employer_id], today - timedelta(days=days), status)
    return rows


def _demo_frame(rows: Territory, today: date) -> Frame:
    frame = weave(
        rows, {each.id: HOMES for each in rows.structures}, seed=SEED, people=PEOPLE, years=YEARS, today=today
    )
    weights = {structure_id: weight for structure_id, *_, weight in STRUCTURES}
    by_kind = {
        kind: tuple(each for each in structures for _ in range(weights[each.id]))
        for kind, structures in frame.by_kind.items()
    }
    # Odile Exemple, whose day the visitor sees first, follows two people out of three at the gardens.
    advisors = {**frame.advisors, "aci": ("odile", "basile", "odile")}
    return replace(frame, by_kind=by_kind, advisors=advisors, own_trades=OWN_TRADES)


def _cast() -> Cast:
    first: dict[Role, dict[str, str]] = {role: {} for role in Role}
    for member in TEAM:
        first[member.role].setdefault(member.structure, member.id)
    return Cast(
        ai="ai", etti="etti", aci="aci", eiti="eiti", sap="sap", advisors=first[Role.ADVISOR],
        supervisors=first[Role.SUPERVISOR], brioches="brioches", brioches_name=NAMES_OF_EMPLOYERS["brioches"],
        canteen="cantine", homes=HOMES,
    )  # fmt: skip


def agreed_posts(rows: Territory, today: date) -> list[Convention]:
    """Posts agreed with the State each year, so that what was done comes to about 92 % of them."""
    structures = {each.id: each for each in rows.structures if each.kind is not StructureKind.ASP_SAP}
    holders = {each.id: each.structure for each in rows.contracts}
    hours: dict[tuple[str, int], float] = defaultdict(float)
    for each in rows.hours:
        hours[holders[each.contract], each.month.year] += each.hours
    first_day = min(each.start for each in rows.stays)
    conventions = []
    for (structure, year), done in sorted(hours.items()):
        if structure not in structures:
            continue
        covered = (min(today, date(year, 12, 31)) - max(first_day, date(year, 1, 1))).days + 1
        if covered < LEAST_DAYS_OF_A_YEAR:
            continue
        reference = cal.HOURS_PER_FTE[structures[structure].kind]
        fte = done / reference / cal.FTE_DONE_SHARE * 365 / covered
        dynamic, durable = national_targets(date(year, 12, 31))
        kind = structures[structure].kind
        rank = sorted(structures).index(structure) + 1
        conventions.append(
            Convention(
                structure, year, max(0.5, round(fte * 2) / 2), reference, dynamic, durable,
                f"{kind}039{year % 100:02}{rank:04}A0M0", cal.POST_AMOUNTS.get(kind), cal.MODULATED_SHARE,
            )
        )  # fmt: skip
    return conventions


def _accounts() -> list[Account]:
    def account(role: Role, first_name: str, last_name: str, **links: str | None) -> Account:
        return Account(
            f"compte-{links.get('staff') or role.lower()}",
            role,
            first_name,
            last_name,
            email(first_name, last_name),
            **links,
        )

    return [
        account(Role.ADVISOR, "Odile", "Exemple", structure="aci", staff="odile"),
        account(Role.ADVISOR, "Rémi", "Romance", structure="ai", staff="remi"),
        account(Role.ADVISOR, "Inès", "Illusion", structure="etti", staff="ines"),
        account(Role.SUPERVISOR, "Marc", "Maquette", structure="aci", staff="marc"),
        account(Role.MANAGER, "Hélène", "Scénario", structure="aci", staff="helene"),
        account(Role.GROUP_HEAD, "Bérénice", "Allégorie", group=GROUP.id),
        account(Role.COLLECTIVE_HEAD, "Gaspard", "Hypothèse", group=MARKET.id),
        account(Role.NETWORK_HEAD, "Yves", "Conjecture"),
        account(Role.EMPLOYER, "Camille", "Légende", employer="brioches"),
        account(Role.BENEFICIARY, "Solange", "Fictive", person="solange"),
        account(Role.ADMINISTRATOR, "Alex", "Prototype", structure="aci"),
    ]

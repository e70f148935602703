"""Invented task sheets of eight sectors, from which territories are drawn; orders of magnitude, not a survey."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Season(Enum):
    """How a task swells and shrinks over twelve months, mean about 1."""

    FLAT = (1.0,) * 12
    SUMMER = (0.6, 0.6, 0.7, 0.9, 1.1, 1.5, 1.8, 1.8, 1.2, 0.8, 0.5, 0.5)
    WINTER = (1.4, 1.4, 1.2, 1.0, 0.8, 0.6, 0.6, 0.6, 0.8, 1.0, 1.3, 1.4)
    SCHOOL = (1.2, 1.1, 1.2, 1.1, 1.2, 1.1, 0.3, 0.3, 1.2, 1.1, 1.2, 1.0)
    HARVEST = (0.2, 0.3, 0.6, 1.0, 1.2, 1.6, 1.8, 1.7, 1.5, 1.1, 0.6, 0.4)

    @property
    def curve(self) -> tuple[float, ...]:
        """Twelve factors, January first."""
        return self.value


class TaskTemplate(NamedTuple):
    """A task as a sector usually has it; flags: p hard (pénible), d devalued, c builds a competence."""

    name: str
    family: str
    hours: tuple[float, float]
    dayparts: str
    flags: str
    competences: tuple[tuple[str, int], ...]
    demands: tuple[str, ...]
    cost: tuple[int, int]
    season: Season = Season.FLAT


T, FLAT, SUMMER, WINTER = TaskTemplate, Season.FLAT, Season.SUMMER, Season.WINTER
SCHOOL, HARVEST = Season.SCHOOL, Season.HARVEST
HYGIENE, KITCHEN, LOGISTICS = ("hygiene", 1), ("cuisine", 1), ("logistique", 1)
CARE, OFFICE, GREEN, REPAIR, DRIVER = (
    ("relation_aide", 1),
    ("bureautique", 1),
    ("espaces_verts", 1),
    ("reparation", 2),
    ("permis_b", 1),
)

SECTORS: dict[str, tuple[TaskTemplate, ...]] = {
    "Atelier alimentaire": (
        T("Monter les cartons", "logistique", (3, 7), "MA", "d", (), ("station_debout",), (20, 25)),
        T("Peser les ingrédients", "cuisine", (2, 5), "EM", "c", (KITCHEN,), (), (24, 29)),
        T("Contrôler l’aspect des produits", "qualite", (2, 5), "MA", "c", (), (), (24, 29)),
        T("Approvisionner la ligne", "logistique", (3, 6), "EMA", "p", (LOGISTICS,), ("port",), (21, 26)),
        T("Saisir les lots", "bureau", (1.5, 3), "MA", "c", (OFFICE,), ("lecture",), (26, 31)),
        T("Laver les bacs", "hygiene", (3, 6), "AS", "pd", (), ("humide",), (19, 23)),
        T("Nettoyer les lignes", "hygiene", (4, 8), "S", "p", (HYGIENE,), ("humide",), (20, 24)),
        T("Préparer le four", "cuisine", (3, 6), "E", "", (KITCHEN,), ("chaleur",), (23, 27)),
        T("Étiqueter", "logistique", (2, 5), "MA", "", (), (), (21, 25)),
        T("Filmer les palettes", "logistique", (2, 4), "A", "p", (LOGISTICS,), ("port",), (21, 25)),
        T("Tenir la boutique", "vente", (3, 6), "MA", "c", (("vente", 1),), ("public",), (23, 27), SUMMER),
        T("Ranger la réserve", "logistique", (2, 4), "MA", "d", (), ("port",), (20, 24)),
    ),
    "EHPAD": (
        T("Distribuer le linge", "linge", (3, 6), "MA", "", (), (), (20, 24)),
        T("Aider au repas", "aide", (4, 7), "MS", "c", (CARE,), ("public",), (24, 29)),
        T("Animer un atelier", "aide", (2, 5), "A", "c", (CARE,), ("public",), (25, 30)),
        T("Faire les lits", "hygiene", (3, 7), "M", "p", (HYGIENE,), ("port",), (21, 25)),
        T("Nettoyer les chambres", "hygiene", (4, 9), "MA", "d", (HYGIENE,), ("station_debout",), (20, 24)),
        T("Plonge", "cuisine", (3, 6), "AS", "p", (), ("humide",), (19, 23)),
        T("Préparer les chariots", "logistique", (2, 4), "EM", "", (), (), (21, 25)),
        T("Accompagner aux sorties", "aide", (2, 4), "A", "c", (CARE, DRIVER), ("public",), (25, 30), SUMMER),
        T("Trier les déchets", "hygiene", (1.5, 3), "MA", "d", (), ("odeurs",), (19, 22)),
        T("Accueillir les familles", "bureau", (2, 4), "AS", "c", (("vente", 1),), ("public",), (24, 28)),
        T("Réparer le petit matériel", "technique", (1.5, 4), "MA", "c", (REPAIR,), (), (26, 31)),
        T("Désinfecter les poignées", "hygiene", (2, 4), "MAS", "d", (), (), (19, 22)),
    ),
    "Commune": (
        T("Balayer la voirie", "espaces", (4, 9), "EM", "d", (), ("exterieur",), (20, 24)),
        T("Faire le ménage de l’école", "hygiene", (4, 8), "S", "d", (HYGIENE,), (), (20, 24), SCHOOL),
        T("Servir à la cantine", "cuisine", (4, 7), "M", "c", (KITCHEN,), ("public",), (22, 26), SCHOOL),
        T("Tondre", "espaces", (3, 7), "MA", "p", (GREEN,), ("bruit", "exterieur"), (22, 26), HARVEST),
        T("Arroser les massifs", "espaces", (2, 5), "EM", "", (), ("exterieur",), (20, 24), SUMMER),
        T("Surveiller la garderie", "aide", (3, 5), "S", "c", (CARE,), ("public",), (22, 27), SCHOOL),
        T("Archiver", "bureau", (2, 5), "MA", "c", (OFFICE,), ("lecture",), (25, 30)),
        T("Monter les fêtes", "technique", (2, 4), "MA", "p", (LOGISTICS,), ("port",), (22, 26), SUMMER),
        T("Entretenir le cimetière", "espaces", (2, 5), "MA", "pd", (GREEN,), ("exterieur",), (21, 25)),
        T("Distribuer le bulletin", "logistique", (1.5, 3), "MA", "", (), ("exterieur",), (20, 24)),
        T("Tenir la médiathèque", "bureau", (3, 6), "AS", "c", (OFFICE,), ("public",), (25, 30)),
        T("Déneiger et saler", "espaces", (1, 3), "E", "p", (DRIVER,), ("exterieur",), (22, 26), WINTER),
    ),
    "Ferme maraîchère": (
        T("Récolter", "agricole", (4, 9), "EM", "p", (), ("courbe", "exterieur"), (18, 22), HARVEST),
        T("Préparer les paniers", "logistique", (4, 8), "MA", "c", (), (), (20, 24), HARVEST),
        T("Désherber", "agricole", (3, 7), "MA", "pd", (), ("courbe", "exterieur"), (18, 22), HARVEST),
        T("Semer et repiquer", "agricole", (3, 6), "MA", "c", (GREEN,), ("courbe",), (20, 25)),
        T("Laver les légumes", "cuisine", (2, 5), "MA", "d", (), ("humide",), (18, 22), HARVEST),
        T("Tenir le marché", "vente", (4, 6), "M", "c", (("vente", 1),), ("public",), (22, 27)),
        T("Livrer", "logistique", (2, 5), "MA", "", (DRIVER,), ("port",), (21, 25)),
        T("Réparer les serres", "technique", (2, 4), "MA", "c", (REPAIR,), (), (23, 28), WINTER),
        T("Nettoyer les caisses", "hygiene", (2, 4), "A", "d", (), ("humide",), (18, 21)),
        T("Nourrir les bêtes", "agricole", (3, 5), "ES", "p", (), ("exterieur",), (18, 22)),
        T("Composter", "agricole", (1.5, 4), "MA", "p", (), ("port", "exterieur"), (18, 22)),
        T("Étiqueter les bocaux", "qualite", (2, 5), "MA", "", (), (), (20, 24), WINTER),
    ),
    "Garage": (
        T("Ranger l’atelier", "technique", (3, 6), "S", "d", (), ("port",), (22, 27)),
        T("Laver les véhicules", "hygiene", (4, 8), "MA", "p", (), ("humide",), (20, 24)),
        T("Accueillir les clients", "vente", (3, 6), "MA", "c", (("vente", 1),), ("public",), (24, 29)),
        T("Convoyer les véhicules", "logistique", (2, 5), "MA", "", (DRIVER,), (), (23, 28)),
        T("Trier les pièces", "logistique", (2, 4), "MA", "d", (LOGISTICS,), (), (22, 26)),
        T("Changer les pneus", "technique", (3, 7), "MA", "pc", (REPAIR,), ("port",), (26, 32), WINTER),
        T("Contrôler les niveaux", "technique", (2, 4), "M", "c", (REPAIR,), (), (26, 32)),
        T("Saisir les factures", "bureau", (2, 4), "MA", "c", (OFFICE,), ("lecture",), (26, 31)),
        T("Nettoyer le sol de l’atelier", "hygiene", (2, 4), "S", "pd", (), ("odeurs",), (20, 24)),
        T("Préparer les commandes", "logistique", (2, 5), "MA", "", (LOGISTICS,), (), (23, 27)),
        T("Vider les bennes", "hygiene", (1.5, 3), "EM", "pd", (), ("port",), (20, 23)),
        T("Relancer les rendez-vous", "bureau", (1.5, 4), "AS", "c", (OFFICE,), ("public",), (25, 30)),
    ),
    "Hôtel": (
        T(
            "Faire les chambres",
            "hygiene",
            (5, 10),
            "M",
            "p",
            (HYGIENE,),
            ("station_debout",),
            (19, 23),
            SUMMER,
        ),
        T("Plier le linge", "linge", (3, 7), "MA", "d", (), (), (19, 22), SUMMER),
        T("Servir le petit déjeuner", "cuisine", (4, 8), "E", "c", (KITCHEN,), ("public",), (21, 25)),
        T("Tenir la réception", "bureau", (3, 6), "AS", "c", (OFFICE,), ("public",), (24, 29), SUMMER),
        T("Laver la vaisselle", "cuisine", (3, 7), "AS", "pd", (), ("humide",), (19, 22)),
        T("Entretenir les abords", "espaces", (2, 5), "MA", "", (GREEN,), ("exterieur",), (20, 24), SUMMER),
        T("Nettoyer les communs", "hygiene", (3, 6), "EM", "d", (HYGIENE,), (), (19, 22)),
        T("Réparer dans les chambres", "technique", (1.5, 4), "MA", "c", (REPAIR,), (), (24, 29)),
        T("Réceptionner les livraisons", "logistique", (2, 4), "EM", "p", (LOGISTICS,), ("port",), (21, 25)),
        T("Dresser la salle", "cuisine", (2, 5), "AS", "", (), (), (20, 24)),
        T("Préparer des paniers repas", "cuisine", (2, 4), "EM", "c", (KITCHEN,), (), (21, 25), SUMMER),
        T("Sortir les poubelles", "hygiene", (1, 2.5), "S", "pd", (), ("odeurs",), (18, 21)),
    ),
    "Ressourcerie": (
        T("Trier les dons", "tri", (5, 10), "MA", "d", (), ("station_debout",), (19, 23)),
        T("Tester l’électroménager", "technique", (3, 6), "MA", "c", (REPAIR,), (), (23, 28)),
        T("Collecter en camion", "logistique", (3, 6), "M", "p", (DRIVER,), ("port",), (21, 25)),
        T("Tenir la caisse", "vente", (4, 7), "A", "c", (("vente", 1),), ("public",), (22, 26)),
        T("Laver les textiles", "linge", (2, 5), "MA", "", (), ("humide",), (19, 23)),
        T("Réparer les vélos", "technique", (2, 5), "MA", "c", (REPAIR,), (), (23, 28), SUMMER),
        T("Démonter les meubles", "tri", (2, 5), "MA", "p", (), ("port", "bruit"), (20, 24)),
        T("Étiqueter les prix", "vente", (2, 4), "MA", "", (), ("lecture",), (20, 24)),
        T("Animer un atelier de réparation", "aide", (1.5, 3), "AS", "c", (REPAIR,), ("public",), (24, 29)),
        T("Vider les conteneurs", "tri", (2, 4), "EM", "pd", (), ("port",), (19, 22)),
        T("Nettoyer la boutique", "hygiene", (2, 4), "ES", "d", (HYGIENE,), (), (19, 22)),
        T("Photographier les objets", "bureau", (1.5, 4), "MA", "c", (OFFICE,), (), (23, 27)),
    ),
    "Collège": (
        T("Servir au réfectoire", "cuisine", (4, 7), "M", "", (KITCHEN,), ("public",), (21, 25), SCHOOL),
        T("Préparer les entrées", "cuisine", (3, 6), "EM", "c", (KITCHEN,), (), (22, 27), SCHOOL),
        T("Plonge du réfectoire", "cuisine", (3, 6), "A", "pd", (), ("humide",), (19, 23), SCHOOL),
        T("Nettoyer les salles", "hygiene", (5, 10), "S", "d", (HYGIENE,), (), (20, 23), SCHOOL),
        T(
            "Nettoyer les sanitaires",
            "hygiene",
            (3, 6),
            "ES",
            "pd",
            (HYGIENE,),
            ("odeurs",),
            (20, 23),
            SCHOOL,
        ),
        T("Tenir la loge", "bureau", (3, 6), "MA", "c", (OFFICE,), ("public",), (24, 28), SCHOOL),
        T("Entretenir la cour", "espaces", (2, 5), "MA", "", (GREEN,), ("exterieur",), (21, 25)),
        T("Réparer le mobilier", "technique", (2, 5), "MA", "c", (REPAIR,), (), (25, 30)),
        T("Ranger les fournitures", "logistique", (1.5, 3), "MA", "", (), ("port",), (22, 26)),
        T("Cirer les sols", "hygiene", (2, 4), "MA", "p", (HYGIENE,), ("bruit",), (20, 24), SUMMER),
        T("Inventorier les manuels", "bureau", (1.5, 3), "MA", "c", (OFFICE,), ("lecture",), (25, 29)),
        T("Accompagner le car", "aide", (2, 4), "ES", "c", (CARE,), ("public",), (21, 25), SCHOOL),
    ),
}

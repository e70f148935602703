"""Tasks seen in invented workplaces, sector by sector: what a day of immersion brings back.

Hours are those of a week that may be handed over, in winter, spring, summer and autumn. Dayparts: E early,
M morning, A afternoon, S evening. Half of the work of a sector is neither hard nor devalued, so that good
jobs can be built from it, alone or with a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from employers.enums import TaskFamily

Hours = tuple[float, float, float, float]
Levels = Sequence[int] | Mapping[int, int]
"""Level asked of the first competences of the trade, in their order, or of those named by their ordinal."""


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """A task; `flags` holds h (hard), d (devalued), s (skill-building); `levels` asks a level of some competences of the trade"""

    name: str
    family: TaskFamily
    hours: Hours
    dayparts: str
    flags: str
    rome_code: str
    levels: Mapping[int, int]
    demands: tuple[str, ...]
    hourly_cost: float


def _task(name: str, family: str, hours: Hours, dayparts: str, flags: str, rome: str, levels: Levels,
          demands: str, cost: float) -> TaskTemplate:  # fmt: skip
    asked = levels if isinstance(levels, Mapping) else dict(enumerate(levels))
    return TaskTemplate(
        name, TaskFamily(family), hours, dayparts, flags, rome, asked, tuple(demands.split()), cost
    )


TASKS: dict[str, tuple[TaskTemplate, ...]] = {
    "Boulangerie": (
        _task("Nettoyer le fournil et le matériel", "hygiene", (5, 5, 7, 5), "MA", "d", "K2204", {0: 2, 7: 1}, "debout humide", 22.5),
        _task("Laver les plaques et les moules", "hygiene", (4, 4, 6, 4), "MA", "d", "G1605", {4: 1}, "debout humide", 22.0),
        _task("Conditionner et étiqueter les brioches", "conditionnement", (6, 6, 9, 6), "M", "", "H3302", {2: 2, 3: 1}, "debout lecture", 22.5),
        _task("Préparer les commandes et les tournées", "logistique", (5, 5, 8, 5), "EM", "s", "N1103", {2: 2, 6: 2}, "lecture calcul", 23.5),
        _task("Façonner les brioches avec la boulangère", "cuisine", (4, 4, 6, 4), "EM", "s", "G1602", {1: 2, 4: 1}, "debout", 25.0),
        _task("Servir en boutique aux heures de pointe", "vente", (4, 4, 7, 4), "MA", "s", "D1106", {7: 2, 10: 1}, "public calcul", 23.0),
        _task("Livrer les clients proches", "logistique", (3, 3, 2, 3), "M", "", "N4105", {3: 2, 5: 1}, "conduite", 23.0),
        _task("Recevoir et ranger la farine", "logistique", (2, 2, 3, 2), "M", "h", "N1105", (1, 1), "port", 22.0),
    ),
    "Restauration collective": (
        _task("Préparer les crudités et les desserts", "cuisine", (8, 8, 2, 8), "M", "s", "G1602", {0: 2, 2: 1}, "debout", 24.0),
        _task("Mettre en place et servir les repas", "service", (8, 8, 2, 8), "M", "", "G1603", (2,), "debout public", 22.5),
        _task("Laver la vaisselle et désinfecter", "hygiene", (7, 7, 1.5, 7), "A", "d", "G1605", (1, 1), "debout humide", 22.0),
        _task("Relever les températures et tenir le cahier d’hygiène", "qualite", (2, 2, 1, 2), "MA", "s", "G1602", {3: 2, 10: 1}, "lecture", 24.0),
        _task("Nettoyer la salle de restaurant", "hygiene", (5, 5, 1.5, 5), "A", "d", "K2204", (1,), "debout courbe", 22.0),
        _task("Accompagner les enfants pendant le repas", "lien", (5, 5, 1, 5), "M", "", "K1303", (1,), "public bruit", 22.5),
        _task("Recevoir et ranger les livraisons", "logistique", (2.5, 2.5, 1, 2.5), "M", "h", "N1105", (1,), "port froid", 22.5),
    ),
    "Hébergement de personnes âgées": (
        _task("Servir les petits déjeuners en chambre", "service", (7, 7, 7, 7), "EM", "", "J1301", {11: 2, 10: 1}, "debout public", 23.0),
        _task("Entretenir les chambres", "hygiene", (10, 10, 8, 10), "M", "d", "J1301", (2, 2), "debout courbe", 23.0),
        _task("Laver, plier et distribuer le linge", "linge", (6, 6, 6, 6), "MA", "", "D1242", (1, 1), "debout lecture", 22.5),
        _task("Accompagner les promenades et les ateliers", "lien", (4, 5, 5, 4), "A", "s", "K1302", {11: 2, 10: 1}, "public", 24.0),
        _task("Proposer à boire et relever les quantités", "lien", (3, 3, 5, 3), "A", "s", "K1302", {2: 1, 9: 1}, "public lecture", 23.5),
        _task("Ranger la réserve", "logistique", (3, 3, 3, 3), "M", "h", "N1105", (1,), "port", 22.5),
        _task("Laver la vaisselle de l’étage", "hygiene", (6, 6, 6, 6), "MA", "d", "G1605", (1,), "debout humide", 22.0),
    ),
    "Arboriculture": (
        _task("Cueillir les fruits", "culture", (1, 3, 14, 16), "EM", "h", "A1401", (1, 1), "debout courbe", 21.0),
        _task("Trier et mettre en caisse", "conditionnement", (6, 3, 8, 12), "MA", "", "H3302", (2,), "debout", 21.5),
        _task("Tailler les arbres avec le chef de culture", "culture", (8, 3, 1, 2), "MA", "s", "A1203", (2, 2), "debout", 24.0),
        _task("Tenir le point de vente à la ferme", "vente", (3, 3, 6, 6), "AS", "s", "D1106", (2, 1), "public calcul", 22.5),
        _task("Entretenir les abords et les haies", "culture", (3, 5, 4, 3), "MA", "", "A1203", (1, 1), "debout bruit", 22.0),
        _task("Laver les caisses", "hygiene", (2, 1, 3, 4), "A", "d", "K2204", (1,), "humide froid", 21.0),
    ),
    "Commerce": (
        _task("Mettre en rayon", "logistique", (9, 9, 10, 10), "EM", "", "D1507", (2, 1), "debout port", 22.0),
        _task("Vérifier les dates et les étiquettes", "qualite", (4, 4, 4, 5), "M", "s", "D1507", (1, 2), "lecture calcul", 22.5),
        _task("Préparer les commandes à emporter", "logistique", (5, 5, 6, 7), "MA", "s", "N1103", (2,), "lecture", 22.5),
        _task("Tenir une caisse en renfort", "vente", (4, 4, 7, 6), "AS", "", "D1505", (2,), "public calcul", 22.5),
        _task("Nettoyer la surface de vente", "hygiene", (6, 6, 6, 6), "ES", "d", "K2204", (1, 1), "debout", 21.5),
        _task("Trier et compacter les cartons", "hygiene", (3, 3, 3, 4), "MA", "h", "K2304", (1,), "port bruit", 21.5),
    ),
    "Hôtellerie": (
        _task("Faire les chambres", "hygiene", (6, 9, 16, 8), "M", "d", "G1501", (2, 1), "debout courbe", 22.0),
        _task("Dresser et servir le petit déjeuner", "service", (5, 7, 10, 6), "EM", "", "G1803", (2,), "public debout", 22.5),
        _task("Accueillir et remettre les clés", "service", (3, 4, 6, 3), "AS", "s", "G1803", (1, 1), "public lecture", 23.5),
        _task("Entretenir le linge", "linge", (4, 5, 8, 5), "A", "", "D1242", (1, 1), "debout", 22.0),
        _task("Faire les petites réparations", "entretien", (3, 3, 2, 3), "MA", "s", "I1203", (2, 1), "debout", 24.0),
        _task("Soigner les extérieurs", "entretien", (1, 5, 5, 3), "MA", "", "A1203", (1,), "debout bruit", 22.5),
    ),
    "Collectivité": (
        _task("Entretenir les espaces verts", "entretien", (4, 10, 9, 7), "MA", "s", "A1203", (2, 1), "debout bruit", 23.0),
        _task("Nettoyer l’école et la mairie", "hygiene", (9, 9, 4, 9), "ES", "d", "K2204", (2, 1), "debout", 22.0),
        _task("Préparer et ranger les salles", "logistique", (3, 4, 5, 4), "AS", "", "N1105", (1,), "port", 22.0),
        _task("Accompagner le car scolaire", "lien", (5, 5, 0, 5), "ES", "", "K1303", (1,), "public", 22.0),
        _task("Faire les petites réparations des bâtiments", "entretien", (5, 5, 6, 5), "MA", "s", "I1203", (2, 2), "debout", 24.0),
        _task("Tenir l’accueil de la déchèterie", "lien", (5, 6, 6, 5), "MA", "", "K2304", (1, 1), "public bruit", 22.5),
    ),
    "Logistique": (
        _task("Préparer les commandes", "logistique", (10, 10, 8, 13), "MA", "s", "N1103", (2, 2), "lecture debout", 22.5),
        _task("Charger et décharger les camions", "logistique", (6, 6, 5, 8), "EM", "h", "N1105", (2, 1), "port", 22.0),
        _task("Contrôler les étiquettes et les quantités", "qualite", (4, 4, 4, 5), "MA", "s", "N1103", (1, 1), "lecture calcul", 23.5),
        _task("Conditionner les colis", "conditionnement", (7, 6, 6, 10), "MA", "", "H3302", (2,), "debout", 22.0),
        _task("Nettoyer l’entrepôt", "hygiene", (4, 4, 4, 4), "A", "d", "K2204", (1,), "debout", 21.5),
    ),
}  # fmt: skip
SECTORS = tuple(TASKS)

"""Names, numbers and places that belong to nobody.

Surnames all say that they are invented. Telephone numbers stay in the blocks the French regulator
(ARCEP) keeps for fiction, addresses in `example.org`, SIREN numbers in the block 999, postcodes and
INSEE codes in a département 00 that does not exist.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pathways.enums import Sex


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = _words(
    "Fictive Inventé Imaginaire Supposée Modèle Exemple Prétendu Songe Fable Conte Légende Chimère Mirage "
    "Rêverie Utopie Pseudonyme Personnage Roman Romance Feuilleton Scénario Maquette Esquisse Brouillon "
    "Ébauche Canevas Prototype Gabarit Échantillon Spécimen Factice Fantaisie Illusion Trompe-l'œil "
    "Simulacre Figurant Doublure Décor Coulisse Théâtre Saynète Pantomime Mascarade Allégorie Métaphore "
    "Hypothèse Postulat Conjecture Supposition Éventuel Improbable Hypothétique Anonyme Untel Personne "
    "Quidam Narrateur Héroïne Féerie Parabole"
)
WOMEN = _words(
    "Solange Nadia Amina Lina Odile Jeanne Fatou Myriam Claire Inès Léa Chantal Sofia Aïcha Brigitte Élodie "
    "Mariam Sandrine Véronique Yasmine Noémie Pauline Rosa Samira Lucie Martine Khadija Émilie Céline Agathe "
    "Djamila Florence Hélène Irina Josiane Laetitia Maëlle Nathalie Ophélie Patricia Ramata Sabine Tatiana "
    "Ursule Valérie Wassila Zoé Bérénice Corinne Delphine Estelle Fanny Ginette"
)
MEN = _words(
    "Paul Karim Théo Jo Lucas Mamadou Bernard Yanis Hugo Patrick Mehdi Thierry Ibrahim Nicolas Sami Gérard "
    "Kévin Ousmane Julien Rachid Maxime Didier Tarek Bruno Adama Sylvain Farid Quentin Alain Moussa Romain "
    "Pascal Idriss Loïc Norbert Victor Wilfried Xavier Youssef Zacharie Armand Basile Cédric Dimitri Édouard "
    "Fabrice Gaëtan Henri Ismaël Jérôme Ludovic Marius Olivier"
)
# 53 first names of each sex share no factor with the number of surnames: walking both lists in step
# meets every pair once before meeting one again.
PHONE_BLOCKS = ("0639 98", "0199 00", "0261 91", "0353 01", "0465 71", "0536 49")

PLACES = _words(
    "Belval Montsonge Clairfable Rivemirage Valconte Pontchimère Boisrêvé Hautlieu Fontclaire Grandpré "
    "Malvallon Sauveplaine Roquebelle Villefeinte Champnul Orvalou Trémirage Vieuxpont Brumeval Nulleroche"
)
ENDINGS = (
    "l’Inventée",
    "la-Fictive",
    "sous-Songe",
    "en-Fable",
    "le-Mirage",
    "lès-Contes",
    "sur-Chimère",
    "la-Supposée",
    "aux-Rêves",
    "en-Légende",
    "l’Imaginaire",
)


@dataclass(frozen=True, slots=True)
class Commune:
    """An invented commune."""

    name: str
    postcode: str
    insee: str


def surname_and_first_name(index: int, sex: str, many: bool) -> tuple[str, str]:
    """Name of the `index`-th person; with `many` people, surnames are composed so that names stay unique."""
    first = (WOMEN if sex == Sex.F else MEN)[index * 7 % 53]
    count = len(SURNAMES)
    if not many:
        return SURNAMES[index * 7 % count], first
    left, step = divmod(index * 11 % (count * (count - 1)), count - 1)
    return f"{SURNAMES[left]}-{SURNAMES[(left + 1 + step) % count]}", first


def phone(index: int) -> str:
    """A number kept for fiction; numbers come back after 60,000 people, as in shared households."""
    block, rank = PHONE_BLOCKS[index % len(PHONE_BLOCKS)], index // len(PHONE_BLOCKS) % 10_000
    digits = block.replace(" ", "") + f"{rank:04d}"
    return " ".join(digits[at : at + 2] for at in range(0, 10, 2))


def plain(text: str) -> str:
    """A text without accents, spaces or apostrophes, for an address."""
    text = text.replace("œ", "oe").replace("'", "")
    kept = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return kept.lower().replace(" ", "-")


def email(first_name: str, last_name: str, suffix: str = "") -> str:
    """An address in the domain reserved for examples."""
    return f"{plain(first_name)}.{plain(last_name)}{suffix}@example.org"


def siret(index: int) -> str:
    """A SIRET with valid keys in the block 999; each index has its own, up to 99,999."""
    siren = _with_key(f"999{index % 100_000:05d}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    """Add the last digit that makes the Luhn sum a multiple of ten."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def commune(index: int) -> Commune:
    """The `index`-th invented commune; 220 different names, then they come back."""
    place, ending = PLACES[index % len(PLACES)], ENDINGS[index * 3 // len(PLACES) % len(ENDINGS)]
    code = f"00{index % 900 + 100:03d}"
    return Commune(f"{place}-{ending}", code, code)

"""What may enter matching: an allow-list, and plain words for what the law keeps out (code du travail, L1132-1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from employers.matching.errors import InputRefused

PROTECTED_BASIS = "Code du travail, art. L1132-1"
LONGEST_SHOWN_KEY = 40

# Criterion of the law → key names under which it is usually written, without accents or separators.
_PROTECTED_NAMES = {
    "l’origine ou la nationalité": "origine origin nationalite nationality ethnie ethnicity race paysnaissance",
    "le sexe ou l’identité de genre": "sexe sex genre gender civilite identitedegenre",
    "les mœurs ou l’orientation sexuelle": "moeurs orientation orientationsexuelle sexualorientation",
    "l’âge": "age datenaissance birthdate dateofbirth birthyear anneenaissance nele",
    "la situation de famille": "famille family situationfamiliale marital enfants children parentisole",
    "la grossesse": "grossesse enceinte pregnancy pregnant",
    "les caractéristiques génétiques": "genetique genetic",
    "la vulnérabilité économique": "rsa brsa ass aah qpv zrr revenu income vulnerabilite sanshebergement",
    "les opinions ou les activités syndicales ou mutualistes": "opinion opinions syndicat union mutuelle politique",
    "l’exercice d’un mandat électif": "mandat mandatelectif",
    "les convictions religieuses": "religion religieux conviction convictions",
    "l’apparence physique": "apparence photo taille poids physique appearance",
    "le nom de famille": "nom prenom name firstname lastname surname nomdefamille nomusage",
    "le lieu de résidence": "adresse address codepostal postcode zip zipcode commune ville city residence codeinsee"
    " departement",
    "la domiciliation bancaire": "banque bank iban rib bic",
    "l’état de santé, la perte d’autonomie ou le handicap": "sante health handicap disability rqth th maladie"
    " aptitude inaptitude autonomie",
    "une langue autre que le français": "langue langues language languages languematernelle",
    "la qualité de lanceur d’alerte": "lanceuralerte lanceurdalerte whistleblower",
}
_CRITERION_OF = {name: criterion for criterion, names in _PROTECTED_NAMES.items() for name in names.split()}


def refuse_protected(keys: Iterable[str]) -> None:
    """Refuse a field that the law forbids as a reason to choose someone, naming the field and the criterion (R39).

    This is a clear word for known names, not the protection itself: the protection is `refuse_unlisted`.
    """
    for key in keys:
        criterion = _CRITERION_OF.get(_plain(key))
        if criterion:
            raise InputRefused(
                "protected_key",
                f"la clé « {shown(key)} » n’est pas admise : {criterion} ne peut pas servir à rapprocher une personne "
                f"et un travail ({PROTECTED_BASIS}). Retirez cette clé.",
            )


def refuse_unlisted(keys: Collection[str], allowed: Collection[str], *, within: str) -> None:
    """Refuse every field that is not on the allow-list; `within` says where, as in "un profil"."""
    unlisted = sorted(set(keys) - set(allowed))
    refuse_protected(unlisted)
    if unlisted:
        raise InputRefused(
            "unlisted_key",
            f"la clé « {shown(unlisted[0])} » n’est pas admise dans {within}. "
            f"Les clés admises sont : {', '.join(sorted(allowed))}.",
        )


def shown(key: str) -> str:
    """A key as it may be printed: cut when long, without control characters."""
    printable = "".join(character if character.isprintable() else "?" for character in key)
    return printable if len(printable) <= LONGEST_SHOWN_KEY else printable[: LONGEST_SHOWN_KEY - 1] + "…"


def _plain(key: str) -> str:
    letters = unicodedata.normalize("NFKD", key.casefold())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())

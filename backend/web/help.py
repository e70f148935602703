"""What a newcomer needs: the first gestures of each role, and the words of the field."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.actor import Role


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What one role does first, in order."""

    role: Role
    steps: tuple[str, ...]
    is_ones_own: bool = False


FIRST_STEPS: dict[Role, tuple[str, ...]] = {
    Role.ADVISOR: (
        "Ouvrez « Ma journée » : qui vous voyez aujourd’hui, et ce qu’il ne faut pas laisser filer.",
        "Après un entretien, « Noter un suivi » (touche n) : ce qui s’est dit, ce qui a changé, la suite.",
        "Une nouvelle personne arrive : « Personnes », puis « Accueillir une personne ».",
        "La page d’une personne montre tout son fil : contrats, PASS IAE, freins, compétences, étapes sans trou.",
        "Elle continue ailleurs : « Proposer un relais » sur sa page ; rien ne part avant son accord.",
    ),
    Role.SUPERVISOR: (
        "Ouvrez « Observer » et choisissez une personne de l’équipe.",
        "Touchez le niveau de chaque geste vu aujourd’hui ; une erreur s’annule aussitôt.",
        "« Personnes » donne les compétences déjà reconnues de chacun, sans le suivi social.",
    ),
    Role.MANAGER: (
        "« Équipe » : invitez vos collègues ; chacun ouvre son compte avec le lien reçu.",
        "« Équipe », puis « Reprendre vos tableurs » : vous voyez ce qui entrerait avant de donner votre accord.",
        "« Sorties » : les taux de la période, chaque chiffre s’ouvre sur les personnes qu’il compte.",
        "« Employeurs » : les tâches comprises chez chacun, et les postes qu’elles peuvent faire.",
    ),
    Role.GROUP_HEAD: (
        "« Sorties » : les chiffres de chaque structure du groupe.",
        "« Équipe » : ajoutez une structure, invitez sa ou son responsable.",
        "« Employeurs » : rencontrez-les, notez leurs tâches, composez des postes pour tout le groupe.",
    ),
    Role.COLLECTIVE_HEAD: (
        "« Collectif » : ses structures, ce qu’elles partagent, et celles à qui proposer d’y entrer.",
        "« Employeurs », dans un marché partagé : rencontrez-les, notez leurs tâches, composez des postes.",
        "Ce rôle ne lit aucun dossier : chaque structure garde les siens.",
    ),
    Role.NETWORK_HEAD: (
        "« Sorties » : des chiffres d’ensemble, jamais de nom ; les petits effectifs y sont masqués.",
    ),
    Role.EMPLOYER: (
        "« Mes besoins » : relisez ce que nous avons compris de vos tâches.",
        "Des profils sans nom, de personnes qui ont donné leur accord : dites si vous souhaitez les rencontrer.",
        "La suite, et qui appeler, sont sur la même page.",
    ),
    Role.BENEFICIARY: (
        "« Mon parcours » : ce qui est écrit sur vous, et qui l’a lu.",
        "« Mes accords » : dites oui ou non avant qu’un employeur ne voie votre profil. Vous pouvez changer d’avis.",
        "Un relais vous est proposé ? Vous dites oui ou non, et vous choisissez ce que l’autre structure lit.",
        "Quelque chose est faux ? Dites-le à votre référent : c’est votre droit.",
    ),
    Role.ADMINISTRATOR: (
        "« Équipe » : invitez, retirez une invitation, mettez fin à un rôle quand quelqu’un part.",
        "Ce rôle ne lit aucun dossier : il s’occupe des accès.",
    ),
}
"""The operator has a command line, and no page."""

GLOSSARY: dict[str, str] = {
    "ACI": "Atelier et chantier d’insertion : une structure où l’on travaille et où l’on est accompagné, souvent la première étape.",
    "AI": "Association intermédiaire : elle met des personnes à disposition de particuliers, de collectivités et d’entreprises.",
    "CDDI": "Contrat à durée déterminée d’insertion : un contrat de travail avec un accompagnement, renouvelé jusqu’à une durée maximale.",
    "Collectif": "Plusieurs structures qui partagent une seule chose, un marché ou une formation, sans se réunir en groupe.",
    "EI": "Entreprise d’insertion : elle produit et vend, avec des salariés en parcours.",
    "EITI": "Entreprise d’insertion par le travail indépendant.",
    "ETTI": "Entreprise de travail temporaire d’insertion : des missions en entreprise, avec un accompagnement.",
    "Frein": "Ce qui gêne l’accès à l’emploi : logement, transport, garde d’enfant, santé, langue…",
    "GES": "Groupe économique solidaire : plusieurs structures qui travaillent ensemble, et partagent ici le fil des personnes.",
    "GEIQ": "Groupement d’employeurs pour l’insertion et la qualification : des entreprises embauchent ensemble, en alternance, des personnes qu’elles forment.",
    "IAE": "Insertion par l’activité économique : retrouver l’emploi en travaillant et en étant accompagné.",
    "Observation": "Un geste professionnel vu au travail, avec un niveau : s’initie, avec aide, en autonomie, peut transmettre.",
    "PASS IAE": "Le droit à un parcours en IAE, délivré pour une durée, avec un numéro.",
    "Parcours": "Le fil d’une personne à travers toutes ses structures, trous compris.",
    "Pseudonyme": "Le nom d’emprunt sous lequel un employeur voit un profil, avant toute rencontre.",
    "Référent": "La personne qui accompagne, dans une structure.",
    "Relais": "Le passage d’une personne d’une structure à une autre : proposé, accepté par elle groupe d’informations par groupe, puis par la structure.",
    "ROME": "Le répertoire des métiers et des compétences de France Travail.",
    "Services à la personne": "Une association qui fait travailler au domicile de particuliers : ménage, jardin, garde, aide au quotidien. Le parcours peut s’y poursuivre.",
    "Sortie dynamique": "Une sortie vers un emploi durable, un emploi de transition ou une sortie positive (formation, par exemple).",
    "VAE": "Validation des acquis de l’expérience : un diplôme obtenu par ce que l’on sait déjà faire.",
}


def first_steps(role: Role | None) -> list[FirstSteps]:
    """The first gestures of every role; those of the reader come first."""
    found = [FirstSteps(each, steps, is_ones_own=each is role) for each, steps in FIRST_STEPS.items()]
    return sorted(found, key=lambda each: not each.is_ones_own)

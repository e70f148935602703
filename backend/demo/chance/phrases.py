"""Plain sentences for invented follow-ups: what was said, without anything sensitive and without any name."""

from __future__ import annotations

from pathways.enums import BarrierTheme, InterviewKind

WORK = (
    "Semaine de travail complète, consignes suivies.",
    "Présence régulière ; l’encadrement note des gestes plus sûrs.",
    "Le travail en équipe se passe bien.",
    "Une absence prévenue, rattrapée dans la semaine.",
    "Le poste du matin convient mieux que celui de l’après-midi.",
    "Demande à découvrir une autre tâche.",
    "Prend des initiatives et transmet les consignes aux nouveaux.",
    "Souhaite davantage d’heures à partir du mois prochain.",
    "Le client a redemandé la même personne.",
    "Deux retards expliqués par les horaires du car.",
    "Rythme encore difficile en fin de semaine, à surveiller ensemble.",
    "Bonne maîtrise du matériel ; une tâche plus technique peut être essayée.",
)
TALK: dict[BarrierTheme, tuple[str, ...]] = {
    BarrierTheme.MOBILITY: (
        "Point sur les trajets : le car de 7 h 10 permet d’arriver à l’heure.",
        "Inscription au code de la route faite, première séance la semaine prochaine.",
        "Location d’un deux-roues demandée auprès de la plateforme mobilité.",
        "Un covoiturage avec un collègue est essayé pendant un mois.",
        "Le permis avance : quatre leçons de conduite faites.",
    ),
    BarrierTheme.HOUSING: (
        "Dossier de logement déposé, accusé de réception reçu.",
        "Visite d’un logement prévue dans le bourg.",
        "Le bail est signé ; reste l’aide à l’installation à demander.",
        "La demande de logement a été renouvelée.",
    ),
    BarrierTheme.HEALTH: (
        "Rendez-vous prévu pour mettre à jour les droits.",
        "Les aménagements du poste conviennent.",
        "Les démarches engagées suivent leur cours.",
    ),
    BarrierTheme.ADDICTION: ("Les démarches engagées suivent leur cours.",),
    BarrierTheme.FAMILY: (
        "Solution de garde trouvée pour les mercredis.",
        "Les horaires sont adaptés à la sortie de l’école.",
        "Place demandée à la crèche, réponse attendue.",
        "Une organisation de secours est prévue pour les vacances.",
    ),
    BarrierTheme.LANGUAGE: (
        "Atelier d’écriture suivi chaque jeudi.",
        "Consignes affichées lues sans aide, progrès net.",
        "Positionnement fait ; une formation de base commence bientôt.",
        "Remplit maintenant ses relevés d’heures sans aide.",
    ),
    BarrierTheme.DIGITAL: (
        "Adresse de messagerie créée et utilisée.",
        "Première déclaration en ligne faite ensemble.",
        "Atelier numérique : deux séances sur quatre suivies.",
    ),
    BarrierTheme.MONEY: (
        "Budget du mois repris ensemble.",
        "Échéancier accepté, première échéance payée.",
        "Un point est prévu avec le service compétent.",
    ),
    BarrierTheme.RIGHTS: (
        "Courrier administratif préparé et envoyé.",
        "Dossier complet, réponse attendue sous un mois.",
        "Les justificatifs manquants sont listés ; prochaine étape connue.",
    ),
    BarrierTheme.JUSTICE: ("Les démarches engagées suivent leur cours.",),
    BarrierTheme.CONFIDENCE: (
        "A pris la parole devant l’équipe pour présenter une tâche.",
        "Se voit continuer dans ce métier.",
        "Parle de ses réussites plus facilement qu’au début.",
        "Participe au repas de l’atelier et à la sortie collective.",
    ),
    BarrierTheme.PROJECT: (
        "Le projet se précise autour du nettoyage professionnel.",
        "Immersion de deux semaines à chercher dans une entreprise du pays.",
        "Candidature préparée pour trois employeurs.",
        "Visite d’entreprise : intérêt confirmé pour la préparation de commandes.",
        "Simulation d’entretien faite, présentation claire.",
        "Formation courte repérée, dossier à monter.",
    ),
}
NEXT = (
    "Prochain point dans un mois.",
    "On se revoit sur le lieu de travail.",
    "À reprendre au prochain entretien.",
    "Un appel est prévu dans quinze jours.",
    "Suite convenue ensemble.",
    "La personne rappelle dès qu’elle a la réponse.",
)
OPENING = {
    InterviewKind.WELCOME: (
        "Accueil et présentation de la structure, des horaires et des règles de sécurité.",
        "Premier entretien : parcours, attentes et disponibilités recueillis.",
        "Diagnostic d’accueil fait ensemble ; les priorités sont choisies par la personne.",
    ),
    InterviewKind.REVIEW: (
        "Bilan intermédiaire avec l’encadrement.",
        "Bilan avant renouvellement : les objectifs du contrat sont repris un à un.",
        "Point d’étape : ce qui est acquis, ce qui reste à travailler.",
    ),
    InterviewKind.TRIPARTITE: (
        "Rencontre à trois avec l’encadrement.",
        "Point avec la conseillère qui a orienté la personne.",
    ),
    InterviewKind.FINAL_REVIEW: (
        "Bilan de fin de parcours dans la structure.",
        "Dernier entretien : documents remis, suites convenues.",
    ),
    InterviewKind.POST_HIRE: (
        "Appel de suivi après l’embauche : l’intégration se passe bien.",
        "Point avec l’employeur : les tâches confiées correspondent à l’annonce.",
    ),
}
PRIVATE = (
    "Penser à rappeler avant la fin de semaine.",
    "Préférer le téléphone le matin.",
    "Relancer la collègue de l’autre structure pour le relais.",
    "Proposer un autre créneau si l’atelier change d’horaires.",
)
GOALS: dict[BarrierTheme, tuple[str, tuple[str, ...]]] = {
    BarrierTheme.MOBILITY: ("Venir travailler sans dépendre d’un proche", ("Monter le dossier d’aide au permis", "S’inscrire au code", "Essayer le covoiturage")),
    BarrierTheme.HOUSING: ("Trouver un logement stable", ("Déposer la demande de logement", "Préparer l’aide à l’installation")),
    BarrierTheme.HEALTH: ("Mettre à jour ses droits", ("Prendre le rendez-vous", "Apporter les justificatifs")),
    BarrierTheme.ADDICTION: ("Poursuivre les démarches engagées", ("Faire le point avec le partenaire",)),
    BarrierTheme.FAMILY: ("Trouver une garde fiable", ("Visiter la crèche", "Prévoir une solution de secours")),
    BarrierTheme.LANGUAGE: ("Lire et remplir sans aide les documents du travail", ("Passer le positionnement", "Suivre l’atelier du jeudi")),
    BarrierTheme.DIGITAL: ("Faire ses démarches en ligne", ("Créer une adresse de messagerie", "Suivre l’atelier numérique")),
    BarrierTheme.MONEY: ("Retrouver un budget équilibré", ("Préparer l’échéancier", "Rencontrer le service compétent")),
    BarrierTheme.RIGHTS: ("Avoir ses papiers et ses droits à jour", ("Réunir les justificatifs", "Envoyer le dossier")),
    BarrierTheme.JUSTICE: ("Poursuivre les démarches engagées", ("Faire le point avec le partenaire",)),
    BarrierTheme.CONFIDENCE: ("Parler de soi et de son travail", ("Présenter une tâche à l’équipe", "Participer à une action collective")),
    BarrierTheme.PROJECT: ("Choisir un métier et le vérifier en entreprise", ("Préparer une immersion", "Mettre à jour le CV", "Visiter deux entreprises")),
}  # fmt: skip
PURPOSES = ("Entretien de suivi", "Bilan intermédiaire", "Point sur le projet", "Point avec l’encadrement")

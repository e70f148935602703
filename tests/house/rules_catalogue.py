"""The numbered rules of the field: in plain French, with their text, how sure we are, and where they are applied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One numbered rule; `home` is the function that applies it, empty while nothing does; `part` says what is left."""

    number: int
    words: str
    basis: str
    confidence: str
    home: str = ""
    part: str = ""

    @property
    def code(self) -> str:
        return f"R{self.number:02}"


YES, LIKELY, OPEN = "confirmé", "probable", "à confirmer"
CDDI, EMPLOIS = "Code du travail, L5132-5, L5132-11-1, L5132-15-1", "plateforme de l’inclusion"
PILOTAGE = "statistiques de l’État, code d’août 2026"
_CDDI, _EXITS = "pathways.rules.contracts.cddi.cddi_findings", "reports.exits.compute.exits.classify"

CATALOGUE = (
    Entry(1, "Un CDD d’insertion dure au moins quatre mois, sauf aménagement de peine.", CDDI, YES, _CDDI),
    Entry(2, "Les CDD d’insertion d’une personne dans une structure ne passent pas 24 mois, sauf dérogation.", CDDI, YES, _CDDI),
    Entry(3, "En EI, « difficultés particulièrement importantes » n’est pas un motif de dérogation.", "L5132-5, R5132-1-8", YES,
          "pathways.rules.derogations.derogation_findings"),
    Entry(4, "En AI et ACI, une dérogation pour ce motif dure douze mois au plus, soixante en tout.", "L5132-11-1, L5132-15-1", YES,
          "pathways.rules.derogations.derogation_findings"),
    Entry(5, "Une dérogation pour formation s’arrête à la fin de la formation.", "L5132-5", YES, "pathways.rules.derogations.derogation_findings"),
    Entry(6, "Un CDD d’insertion compte 20 heures par semaine au moins et la durée légale au plus ; un CDD d’usage ou "
             "une mission n’a pas de plancher.", "L5132-5, L5132-6, L5132-7", YES, _CDDI),
    Entry(7, "Le cumul avec un autre temps partiel demande quatre mois de parcours, un employeur ordinaire, six mois au "
             "plus, un renouvellement.", "D5132-10-5-3, D5132-26-12, D5132-43-14", YES),
    Entry(8, "En AI, 480 heures en entreprise au plus sur 24 mois, alerte à 400.", "L5132-9, R5132-18", YES,
          "pathways.rules.contracts.hours_480.hours_480_findings"),
    Entry(9, "Les heures chez un particulier ou une association n’entrent pas dans les 480.", "L5132-9", YES,
          "pathways.rules.contracts.hours_480.count_480"),
    Entry(10, "Un travail interdit par la liste D4154-1 n’est proposé à personne.", "L5132-10, R5132-21", YES,
          "employers.matching.feasibility.legal_findings"),
    Entry(11, "Pas de mise à disposition six mois après un licenciement économique sur un poste équivalent.", "L5132-7", YES),
    Entry(12, "Une mission d’ETTI ne passe pas 24 mois, renouvellements compris ; aucune carence entre deux missions.",
          "L5132-6, L5132-6-1", YES, "pathways.rules.contracts.missions.mission_findings", "les 36 mois du CDI inclusion manquent"),
    Entry(13, "Un CDI inclusion demande 57 ans, douze mois de parcours, aucun trou avant lui et 24 heures.",
          "D5132-10-5 à D5132-43-13", LIKELY, "pathways.rules.contracts.signers.kind_findings", "seul le type de structure est jugé"),
    Entry(14, "Un PASS IAE se termine 729 jours après son début.", f"R5132-1-2 ; {EMPLOIS}", YES, "pathways.rules.iae_pass.pass_end"),
    Entry(15, "Une suspension de PASS reste dans le PASS, dans le passé, sans chevauchement, 36 mois au plus.", EMPLOIS, YES,
          "pathways.rules.passes.suspensions.suspension_findings"),
    Entry(16, "Une suspension repousse d’autant la fin du PASS.", EMPLOIS, YES, "pathways.rules.passes.count.count_days"),
    Entry(17, "Un contrat suspendu quinze jours ou moins ne suspend pas le PASS.", "R5132-1-3", YES,
          "pathways.rules.passes.suspensions.suspension_findings"),
    Entry(18, "Après douze mois de suspension d’affilée, le parcours peut être clos.", "R5132-1-3", YES,
          "pathways.rules.passes.suspensions.closing_findings"),
    Entry(19, "Un nouveau PASS attend deux ans après le précédent, sauf accord d’un prescripteur.", "R5132-1-4", YES,
          "pathways.rules.iae_pass.pass_findings"),
    Entry(20, "Les prolongations d’un PASS ont un total par motif.", f"R5132-1-8 ; {EMPLOIS}", YES,
          "pathways.rules.passes.prolongations.prolongation_findings"),
    Entry(21, "Une prolongation se demande de douze mois avant à six mois après la fin du PASS.", EMPLOIS, YES,
          "pathways.rules.passes.prolongations.prolongation_findings"),
    Entry(22, "Une auto-prescription demande un critère de niveau 1, ou trois de niveau 2 (deux en AI et ETTI).", f"R5132-1-7 ; {EMPLOIS}", YES),
    Entry(23, "Une pièce justificative a un âge limite à la délivrance du PASS.", "arrêté du 1er septembre 2021", LIKELY),
    Entry(24, "Les pièces sont effacées 24 mois après la déclaration d’éligibilité.", "R5132-1-7", YES),
    Entry(25, "En AI et ETTI, une sortie compte à partir de 150 heures dans l’année.", PILOTAGE, LIKELY, _EXITS),
    Entry(26, "En ACI et EI, une sortie compte à partir de 81 jours de présence et d’une heure.", PILOTAGE, LIKELY, _EXITS),
    Entry(27, "Un motif « retrait » n’entre ni au numérateur ni au dénominateur.", PILOTAGE, LIKELY, _EXITS),
    Entry(28, "Toutes les sorties = examinées + retraits + sous le seuil ; examinées = somme des catégories.", PILOTAGE, YES,
          "reports.exits.compute.summary.figures"),
    Entry(29, "Sans sortie examinée, un taux n’existe pas.", PILOTAGE, YES, "reports.exits.compute.summary.rate"),
    Entry(30, "ETP du mois = heures × 12 ÷ heures annuelles d’un ETP.", PILOTAGE, YES, "pathways.rules.fte.monthly_fte"),
    Entry(31, "Qui n’a fait aucune heure dans l’année n’est pas compté parmi les salariés.", PILOTAGE, YES,
          "pathways.rules.fte.is_counted_employee"),
    Entry(32, "Une PMSMP dure un mois au plus, se renouvelle une fois ; chez un même employeur, deux conventions et soixante "
              "jours au plus sur douze mois.", "D5135-3", YES, "pathways.rules.immersions.immersion_findings"),
    Entry(33, "Les PMSMP ne dépassent pas un quart de la durée du CDD d’insertion.", "D5132-10-3, D5132-26-3, D5132-43-3", YES,
          "pathways.rules.immersions.immersion_findings"),
    Entry(34, "Une ETTI ne prescrit pas de PMSMP.", "L5135-2", YES, "pathways.rules.immersions.prescriber_findings"),
    Entry(35, "Deux mois sans réponse valent recevabilité d’une VAE.", "R6412-4", YES, "competences.rules.vae.reading.read_file"),
    Entry(36, "Une recevabilité est caduque après six mois ; le jury se tient dans les trois mois.", "R6412-4, R6412-5", YES,
          "competences.rules.vae.reading.read_file"),
    Entry(37, "Un dossier de VAE par certification et trois en tout par année civile.", "R6412-3, R6412-4", YES,
          "competences.rules.vae.limits.limit_findings"),
    Entry(38, "Une habilitation qui expire avant la fin du travail l’exclut.", "R4323-56", YES,
          "employers.matching.feasibility.legal_findings", "un poste proposé n’a pas de dernier jour : elle est regardée le jour même"),
    Entry(39, "Aucun critère de la liste L1132-1 n’entre dans un rapprochement.", "L1132-1", YES, "employers.matching.guard.refuse_protected"),
    Entry(40, "Les données d’une personne sans contact depuis deux ans sont effacées ou rendues anonymes.", "CNIL 2021-028", YES),
    Entry(41, "Un contrat ne commence pas après la fin du PASS : refusé s’il est à venir, signalé s’il a commencé.", EMPLOIS, YES,
          "pathways.rules.contracts.findings.contract_findings"),
)  # fmt: skip

"""The numbered rules of the thread: R01 to R24, R30 to R34, R40 and R41, in plain French."""

from __future__ import annotations

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.enums import StructureKind as K
from pathways.enums import ContractKind
from pathways.rules.dated import conventions as conv
from pathways.rules.dated import eligibility as criteria
from pathways.rules.dated import immersions as pmsmp
from pathways.rules.dated import inclusion, rows
from pathways.rules.dated import prolongations as longer
from pathways.rules.dated.book import contract_name
from pathways.rules.dated.retention import ERASURE_NOTICE, RETENTION_MONTHS

CONTRACTS, CRITERIA, EMPLOIS = "Contrats", "Éligibilité", "plateforme de l’inclusion"
PASS, HOURS, IMMERSIONS = "PASS IAE", "Heures et ETP", "Immersions (PMSMP)"
STATE_FIGURES = "statistiques de l’État, code d’août 2026"
_YES, _LIKELY = Confidence.CONFIRMED, Confidence.PROBABLE
_EI, _AI, _ACI = (rows.CDDI_ARTICLES[kind] for kind in (K.EI, K.AI, K.ACI))
_CDDI = "pathways.rules.contracts.cddi.cddi_findings"
_DEROGATION = "pathways.rules.derogations.derogation_findings"
_SUSPENSION = "pathways.rules.passes.suspensions.suspension_findings"
_PROLONGATION = "pathways.rules.passes.prolongations.prolongation_findings"
_IMMERSION = "pathways.rules.immersions.immersion_findings"
_TYPED = "Refusé à la saisie ; apporté par un fichier, gardé avec une réserve à régler."


RULES: tuple[RuleLine, ...] = (
    RuleLine(
        "R40", "Données", "Les données d’une personne sans contact depuis {0} sont effacées.", "CNIL 2021-028", _YES,
        "Fait chaque nuit ; la personne et sa structure sont prévenues {1} avant, un contact l’annule, une exception s’écrit et se date.",
        "pathways.services.privacy.retention.apply_retention", figures=(RETENTION_MONTHS, ERASURE_NOTICE),
    ),
    RuleLine(
        "R07", CONTRACTS, "Le cumul avec un autre temps partiel demande {0} de parcours, un employeur ordinaire, {1} au plus, avec {2}.",
        inclusion.CUMUL_BASIS, _YES, "Le cumul est une dérogation, décidée par le préfet ; chaque limite est dite avec sa borne.",
        _DEROGATION, figures=(inclusion.CUMUL_AFTER, inclusion.CUMUL_EACH, inclusion.CUMUL_RENEWALS),
        refusals=("cumul_too_soon", "cumul_other_employer", "cumul_renewed"),
    ),
    RuleLine(
        "R11", CONTRACTS, "En AI, pas de mise à disposition pendant {0} après un licenciement économique sur un poste équivalent.",
        "L5132-7", _YES, "Le licenciement noté chez l’employeur empêche de proposer ce travail jusqu’au jour dit.",
        "employers.rules.dismissals.dismissal_findings", figures=(inclusion.DISMISSAL_MONTHS,), refusals=("recent_dismissal",),
    ),
    RuleLine(
        "R13", CONTRACTS, "Un CDI inclusion demande {0}, {1} de parcours, aucun trou avant lui et les heures du temps partiel.",
        "D5132-10-5 à D5132-43-13", _LIKELY,
        f"Un quota de postes conventionnés passé est signalé : {{2}}, ou {{3}} quand le préfet l’a relevé. {_TYPED}",
        "pathways.rules.contracts.cdi_inclusion.cdi_inclusion_findings",
        figures=(
            inclusion.CDI_I_AGE, inclusion.CDI_I_MONTHS, inclusion.CDI_I_SHARE, inclusion.CDI_I_SHARE_MORE, rows.CDI_HOURS,
            contract_name(ContractKind.CDI_I), rows.CDI_I_LIFTED,
        ),
        refusals=(
            "cdi_inclusion_age_unknown", "cdi_inclusion_age", "cdi_inclusion_pathway", "cdi_inclusion_gap",
            "cdi_inclusion_hours", "cdi_inclusion_share",
        ),
    ),
    RuleLine(
        "R22", CRITERIA, "Une auto-prescription demande un critère de niveau 1, ou {0} de niveau 2 ({1} en AI et ETTI).",
        f"R5132-1-7 ; {EMPLOIS}", _LIKELY,
        "Un contrat qui commence sans diagnostic valable est signalé ; des critères qui manquent sont refusés à la saisie.",
        "pathways.rules.eligibility.findings.entry_findings",
        figures=(
            criteria.LEVEL_2_MOST, criteria.LEVEL_2_FEW, criteria.BY_EMPLOYER, criteria.BY_PRESCRIBER, criteria.DIAGNOSIS_AHEAD,
        ),
        refusals=("diagnosis_missing", "diagnosis_lapsed", "criteria_missing", "diagnosis_elsewhere", "criterion_age"),
    ),
    RuleLine(
        "R23", CRITERIA, "Une pièce justificative a un âge limite à la délivrance du PASS.", "arrêté du 1er septembre 2021", _LIKELY,
        "Une pièce trop vieille le jour du PASS est signalée, avec le critère qu’elle montre.",
        "pathways.rules.eligibility.findings.stale_documents",
        figures=(criteria.RECENT, criteria.OF_HALF_A_YEAR, criteria.OF_A_YEAR), refusals=("document_stale",),
    ),
    RuleLine(
        "R24", CRITERIA, "Les pièces sont effacées {0} après la déclaration d’éligibilité.", "R5132-1-7", _YES,
        "L’effacement est annoncé, puis fait.", "pathways.rules.eligibility.findings.documents_are_due",
        figures=(criteria.DOCUMENTS_KEPT, criteria.PURGE_AHEAD),
    ),
    RuleLine(
        "R01", CONTRACTS, "Un CDD d’insertion dure au moins {0}, sauf aménagement de peine.", rows.CDDI, _YES,
        f"Un contrat plus court est jugé sur sa fin prévue ; une dérogation enregistrée le permet. {_TYPED}", _CDDI,
        figures=(rows.CDDI_MINIMUM,), refusals=("cddi_minimum", "cddi_needs_an_end"),
    ),
    RuleLine(
        "R02", CONTRACTS, "Les CDD d’insertion d’une personne dans une structure ne passent pas {0}, sauf dérogation.",
        rows.CDDI, _YES,
        "Tous les CDD d’insertion de la personne dans la structure s’additionnent ; le refus dit à partir de quel jour il faut "
        f"une dérogation, et qui la décide. {_TYPED}", _CDDI,
        figures=(rows.CDDI_CEILING,), refusals=("cddi_ceiling", "renewal_with_a_hole", "contract_twice"),
    ),
    RuleLine(
        "R03", CONTRACTS, "En EI, « difficultés particulièrement importantes » n’est pas un motif de dérogation.",
        f"{_EI}, R5132-1-8", _YES, "Chaque motif n’est accepté que dans les structures dont l’article le nomme.", _DEROGATION,
        refusals=("derogation_motive_elsewhere", "derogation_decider"),
    ),
    RuleLine(
        "R04", CONTRACTS, "En AI et ACI, une dérogation pour ce motif dure {0} au plus, {1} en tout.",
        f"{_AI}, {_ACI}", _YES, "Une décision plus longue est refusée, et le contrat qui irait plus loin aussi.", _DEROGATION,
        figures=(rows.DEROGATION_EACH, rows.DEROGATION_TOTAL),
        refusals=("derogation_too_long", "derogation_total", "cddi_derogation_ceiling", "derogation_needs_an_end"),
    ),
    RuleLine(
        "R05", CONTRACTS, "Une dérogation pour formation s’arrête à la fin de la formation.", _EI, _YES,
        "La fin de la formation est demandée avec la dérogation, et la borne.", _DEROGATION,
        refusals=("derogation_training_end", "derogation_past_training"),
    ),
    RuleLine(
        "R06", CONTRACTS, "Un CDD d’insertion compte {0} par semaine au moins et {1} au plus ; un CDD d’usage ou "
        "une mission n’a pas de plancher.", f"{_EI}, L5132-6, L5132-7", _YES,
        "Les contrats des mêmes jours s’additionnent, et chaque avenant est jugé à son premier jour ; en ACI, une décision du "
        f"préfet permet moins. {_TYPED}", "pathways.rules.contracts.weekly_hours.weekly_findings",
        figures=(rows.CDDI_HOURS, rows.LEGAL_WEEK, rows.FEW_HOURS_EACH), refusals=("cddi_hours",),
    ),
    RuleLine(
        "R08", HOURS, "En AI, {0} en entreprise au plus sur {2}, alerte à {1}.", "L5132-9, R5132-18", _YES,
        "Le compteur de chaque personne s’ouvre le premier jour chez une entreprise ; des heures qui passeraient le plafond "
        "sont refusées, sauf décision du préfet enregistrée ici.", "pathways.rules.contracts.hours_480.hours_480_findings",
        figures=(rows.HOURS_480, rows.HOURS_480_WARNING, rows.HOURS_480_WINDOW, rows.HOURS_480_LIFTED),
        refusals=("hours_480", "legal_ceiling"),
    ),
    RuleLine(
        "R09", HOURS, "Les heures chez un particulier ou une association n’entrent pas dans ce compteur.", "L5132-9", _YES,
        "Le compteur montre à part les heures exclues, celles du secteur public (à confirmer) et celles sans type de client.",
        "pathways.rules.contracts.hours_480.count_480",
    ),
    RuleLine(
        "R10", CONTRACTS, "Un travail interdit par la liste D4154-1 n’est proposé à personne.", "L5132-10, R5132-21", _YES,
        "La tâche signalée reste lisible et ne se propose pas.", "employers.matching.feasibility.legal_findings",
        refusals=("legal_ban", "dangerous_work"),
    ),
    RuleLine(
        "R12", CONTRACTS, "Une mission d’ETTI ne passe pas {0} ({1} sous CDI inclusion), renouvellements compris ; aucune carence entre deux missions.",
        "L5132-6, L5132-6-1", _YES, f"La mission et ses renouvellements s’additionnent. {_TYPED}",
        "pathways.rules.contracts.missions.mission_findings",
        figures=(rows.MISSION_CEILING, inclusion.CDI_I_MISSIONS), refusals=("mission_ceiling",),
    ),
    RuleLine(
        "R14", PASS, "Un PASS IAE dure {0}, le premier compris.", f"R5132-1-2 ; {EMPLOIS}", _YES,
        "La fin est proposée ; une date reçue de la plateforme l’emporte, et l’écart est dit.", "pathways.rules.passes.length.pass_end",
        figures=(rows.IAE_DAYS, rows.IAE_MONTHS), refusals=("pass_end_differs", "pass_overlap"),
    ),
    RuleLine(
        "R15", PASS, "Une suspension de PASS reste dans le PASS, dans le passé, sans chevauchement, {0} au plus.", EMPLOIS, _YES,
        "Refusée sinon, avec la borne à respecter.", _SUSPENSION, figures=(rows.SUSPENSION_MONTHS,),
        refusals=(
            "suspension_backwards", "suspension_outside_pass", "suspension_to_come", "suspension_overlap", "suspension_too_long",
            "suspension_told_late",
        ),
    ),
    RuleLine(
        "R16", PASS, "Une suspension repousse d’autant la fin du PASS.", EMPLOIS, _YES,
        "La fin avance et recule avec chaque suspension ; la page du PASS montre le compte, ligne par ligne.",
        "pathways.rules.passes.count.count_days", refusals=("suspension_holds_another",),
    ),
    RuleLine(
        "R17", PASS, "Un contrat suspendu moins de {0} ne suspend pas le PASS.", "R5132-1-3", _YES,
        "Une suspension trop courte pour ce motif est refusée.", _SUSPENSION, figures=(rows.SUSPENSION_LEAST,),
        refusals=("suspension_too_short",),
    ),
    RuleLine(
        "R18", PASS, "Après {0} de suspension d’affilée, le parcours peut être clos.", "R5132-1-3", _YES,
        "La clôture demande cette durée et une note d’examen ; rien ne change plus dans un PASS clos.",
        "pathways.rules.passes.suspensions.closing_findings", figures=(rows.CLOSING_MONTHS,),
        refusals=("closing_to_come", "closing_too_soon", "closing_note_missing", "pass_closed"),
    ),
    RuleLine(
        "R19", PASS, "Un nouveau PASS attend {0} après le précédent, sauf accord d’un prescripteur.", "R5132-1-4", _YES,
        "Refusé avant, sauf dérogation enregistrée sur la page « PASS IAE » de la personne.", "pathways.rules.passes.length.pass_findings",
        figures=(rows.IAE_WAITING,), refusals=("pass_waiting",),
    ),
    RuleLine(
        "R20", PASS, "Les prolongations d’un PASS ont un total par motif.", f"R5132-1-8 ; {EMPLOIS}", _YES,
        "{0} pour RQTH et difficultés, {1} à partir de {2}, tous motifs comptés ensemble ; chaque demande, {3} au plus, ou {4} pour un "
        "CDI à partir de {5}.", _PROLONGATION,
        figures=(
            longer.TOTAL_DAYS, longer.SENIOR_DAYS, longer.SENIOR_AGE, longer.EACH_DAYS, longer.CDI_DAYS, longer.CDI_AGE,
        ),
        refusals=(
            "prolongation_too_long", "prolongation_total", "prolongation_age", "prolongation_motive_elsewhere",
            "prolongation_not_after",
        ),
    ),
    RuleLine(
        "R21", PASS, "Une prolongation se demande de {0} avant à {1} après la fin du PASS.", EMPLOIS, _YES,
        "Refusée hors de ces jours, pendant une suspension, ou quand une autre demande attend.", _PROLONGATION,
        figures=(rows.PROLONG_BEFORE, rows.PROLONG_AFTER),
        refusals=(
            "prolongation_outside_window", "prolongation_of_an_old_pass", "prolongation_while_suspended", "prolongation_pending",
        ),
    ),
    RuleLine(
        "R30", HOURS, "ETP du mois = heures × 12 ÷ heures annuelles d’un ETP.", STATE_FIGURES, _LIKELY,
        "Les heures annuelles sont celles du type de structure, ou celles de l’annexe quand elle en porte.",
        "pathways.rules.fte.monthly_fte", figures=tuple(rows.fte_hours_name(kind) for kind in sorted(SIAE_KINDS)),
    ),
    RuleLine(
        "R31", HOURS, "Qui n’a fait aucune heure dans l’année n’est pas compté parmi les salariés.", STATE_FIGURES, _YES,
        "La page « ETP » compte ces personnes à part et le dit.", "pathways.rules.fte.is_counted_employee",
    ),
    RuleLine(
        "R32", IMMERSIONS, "Une PMSMP dure {0} au plus, avec {1} ; chez un même employeur, {2} et {4} au plus sur {3}.", "D5135-3", _LIKELY, f"Chaque limite est dite avec sa borne. {_TYPED}", _IMMERSION,
        figures=(
            pmsmp.IMMERSION_MONTHS, pmsmp.IMMERSION_RENEWALS, pmsmp.IMMERSION_SAME_HOST, pmsmp.IMMERSION_SAME_HOST_MONTHS,
            pmsmp.IMMERSION_SAME_HOST_DAYS,
        ),
        refusals=(
            "immersion_month", "immersion_renewed_twice", "immersion_renewal_early", "immersion_renewal_differs",
            "immersion_same_host", "immersion_same_purpose", "immersion_host_days",
        ),
    ),
    RuleLine(
        "R33", IMMERSIONS, "Sous un CDD d’insertion, les PMSMP ne dépassent pas {0}.", "D5132-10-3, D5132-26-3, D5132-43-3",
        _LIKELY, f"Jours de PMSMP et jours du contrat sont comptés du premier au dernier. {_TYPED}", _IMMERSION,
        figures=(pmsmp.IMMERSION_SHARE,), refusals=("immersion_share",),
    ),
    RuleLine(
        "R34", IMMERSIONS, "Une ETTI ne prescrit pas de PMSMP.", "L5135-2", _YES, "Une structure qui ne prescrit pas nomme un prescripteur.",
        "pathways.rules.immersions.prescriber_findings", figures=(pmsmp.IMMERSION_PRESCRIBERS,), refusals=("immersion_prescriber",),
    ),
    RuleLine(
        "R41", CONTRACTS, "Un contrat ne commence pas après la fin du PASS : refusé s’il est à venir, signalé s’il a commencé.", EMPLOIS,
        _YES, "Enregistrez d’abord la nouvelle fin du PASS s’il a été prolongé.", "pathways.rules.contracts.findings.contract_findings",
        refusals=("contract_after_pass",),
    ),
    RuleLine(
        "convention",
        "Conventions et annexes",
        "L’année prévue d’une convention s’écarte des ETP conventionnés : un écart de {2} se signale à partir de {3}.",
        "Aucun texte : notre choix",
        _LIKELY,
        "La prévision prolonge la moyenne des derniers {1} ; la part modulée ne dépasse pas {0}, et son calcul par le préfet "
        "n’est pas refait.",
        "pathways.rules.conventions.plan_year",
        figures=(conv.MODULATION, conv.FORECAST_MONTHS, conv.DRIFT, conv.DRIFT_LEAST),
        refusals=(
            "convention_elsewhere",
            "convention_year",
            "convention_months",
            "convention_annexe",
            "convention_modulation",
        ),
    ),
    RuleLine(
        "alternance", "Apprentissage et professionnalisation", "Un contrat en alternance dure d’ordinaire de {0} à {1}.",
        "Code du travail, art. L6222-7-1, L6325-11 et L6325-12", Confidence.PROBABLE,
        "Une autre durée se dit sans être refusée : les exceptions (handicap, diplôme repris) ne sont pas connues ici.",
        "pathways.rules.contracts.alternance.alternance_findings", figures=(inclusion.ALTERNANCE_LEAST, inclusion.ALTERNANCE_MOST),
        refusals=("alternance_length",),
    ),
    RuleLine(
        "signataires", "Qui signe quel contrat", "Chaque type de contrat n’existe que dans certaines structures ; une expérimentation "
        "s’arrête avec son dernier jour.", "Code du travail, L5132-4 et suivants", _YES,
        "Un contrat déjà signé reste lisible après la fin de l’expérimentation ; un nouveau est refusé.",
        "pathways.rules.contracts.signers.kind_findings", figures=tuple(contract_name(kind) for kind in ContractKind if kind is not ContractKind.CDI_I),
        refusals=("contract_kind", "suspension_motive_elsewhere"),
    ),
)  # fmt: skip

"""Codes on health and justice are sealed one by one: the base knows nothing of them (0088)."""

from django.db import migrations, models

import backend.core.sealing.codes
from backend.core.sealing.migrating import seal, unseal

SEALED = (
    ("pathways", "barrierreading", "theme"),
    ("pathways", "derogation", "motive"),
    ("pathways", "eligibilitydiagnosis", "criteria"),
    ("pathways", "eligibilitydiagnosis", "documents"),
    ("pathways", "entryprofile", "aah"),
    ("pathways", "entryprofile", "left_detention"),
    ("pathways", "entryprofile", "rqth"),
    ("pathways", "exit", "motive"),
    ("pathways", "medicalvisit", "due_on"),
    ("pathways", "medicalvisit", "kind"),
    ("pathways", "medicalvisit", "paper"),
    ("pathways", "medicalvisit", "rhythm"),
    ("pathways", "passprolongation", "motive"),
    ("pathways", "watchend", "reason"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0014_lists_in_the_order_of_the_alphabet"),
        ("pathways", "0023_short_texts_are_sealed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="medicalvisit",
            name="medical_visit_comes_before_the_next",
        ),
        migrations.RemoveConstraint(
            model_name="watchend",
            name="other_reason_is_told",
        ),
        migrations.RemoveIndex(
            model_name="barrierreading",
            name="barrier_by_beneficiary",
        ),
        migrations.AlterField(
            model_name="barrierreading",
            name="theme",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("MOBILITE", "Mobilité"),
                    ("LOGEMENT", "Logement"),
                    ("SANTE", "Santé"),
                    ("ADDICTIONS", "Addictions"),
                    ("FAMILLE", "Famille et garde d’enfants"),
                    ("LANGUE", "Langue, lecture, calcul"),
                    ("NUMERIQUE", "Numérique"),
                    ("FINANCES", "Finances"),
                    ("DROITS", "Démarches et droits"),
                    ("JUSTICE", "Justice"),
                    ("CONFIANCE", "Confiance et lien social"),
                    ("PROJET", "Projet professionnel"),
                ],
                max_length=12,
                verbose_name="frein",
            ),
        ),
        migrations.AlterField(
            model_name="derogation",
            name="motive",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("FORMATION", "Au-delà de la durée maximale : formation en cours"),
                    ("50_ANS", "Au-delà de la durée maximale : 50 ans et plus"),
                    ("RQTH", "Au-delà de la durée maximale : travailleur handicapé"),
                    (
                        "DIFFICULTES",
                        "Au-delà de la durée maximale : difficultés particulièrement importantes",
                    ),
                    ("CONTRAT_COURT", "Contrat plus court : situation prévue par la loi"),
                    (
                        "MOINS_D_HEURES",
                        "Moins d’heures par semaine : difficultés particulièrement importantes",
                    ),
                    ("CUMUL", "Moins d’heures par semaine : un autre contrat à temps partiel à côté"),
                    ("NOUVEAU_PASS", "Nouveau PASS IAE avant la fin du délai"),
                ],
                max_length=16,
                verbose_name="motif",
            ),
        ),
        migrations.AlterField(
            model_name="eligibilitydiagnosis",
            name="criteria",
            field=backend.core.sealing.codes.SealedJSONField(
                blank=True, default=list, verbose_name="critères retenus"
            ),
        ),
        migrations.AlterField(
            model_name="eligibilitydiagnosis",
            name="documents",
            field=backend.core.sealing.codes.SealedJSONField(
                blank=True, default=dict, verbose_name="pièces vues"
            ),
        ),
        migrations.AlterField(
            model_name="entryprofile",
            name="aah",
            field=backend.core.sealing.codes.SealedBooleanField(
                blank=True, null=True, verbose_name="allocataire de l’AAH"
            ),
        ),
        migrations.AlterField(
            model_name="entryprofile",
            name="left_detention",
            field=backend.core.sealing.codes.SealedBooleanField(
                blank=True, null=True, verbose_name="sortant de détention"
            ),
        ),
        migrations.AlterField(
            model_name="entryprofile",
            name="rqth",
            field=backend.core.sealing.codes.SealedBooleanField(blank=True, null=True, verbose_name="RQTH"),
        ),
        migrations.AlterField(
            model_name="exit",
            name="motive",
            field=backend.core.sealing.codes.SealedCharField(
                blank=True,
                choices=[
                    ("1", "Embauche en CDI dans la structure ou filiale"),
                    ("2", "Embauche pour une durée déterminée dans une autre structure IAE"),
                    ("3", "Embauche en CDI non aidé (par un autre employeur)"),
                    ("4", "Création ou reprise d’entreprise à son compte"),
                    ("5", "Entrée en formation qualifiante ou poursuite de formation qualifiante"),
                    ("6", "Inactif"),
                    ("7", "Au chômage"),
                    ("8", "Sans nouvelle"),
                    ("9", "Embauche en CDD (sans aide publique à l’emploi) d’une durée de 6 mois et plus"),
                    ("10", "Embauche en CDD (sans aide publique à l’emploi) de moins de 6 mois (hors IAE)"),
                    ("11", "Intégration dans la fonction publique"),
                    ("12", "Autre sortie reconnue comme positive"),
                    ("13", "Embauche en CDI aidé (par un autre employeur)"),
                    (
                        "14",
                        "Embauche en contrat aidé pour une durée déterminée par un autre employeur (hors IAE)",
                    ),
                    ("15", "Prise des droits à la retraite"),
                    ("16", "Congés de longue durée (maternité, maladie)"),
                    ("17", "Décès"),
                    ("18", "Décision administrative / Décision de justice"),
                    ("19", "Rupture employeur pour faute grave du salarié"),
                    ("20", "Transfert d’employeur"),
                    ("21", "Rupture pendant la période d’essai à l’initiative de l’employeur"),
                    ("22", "Rupture pendant la période d’essai à l’initiative du salarié"),
                    ("96", "CDI inclusion"),
                ],
                max_length=3,
                verbose_name="motif",
            ),
        ),
        migrations.AlterField(
            model_name="medicalvisit",
            name="due_on",
            field=backend.core.sealing.codes.SealedDateField(
                blank=True, null=True, verbose_name="prochaine visite avant le"
            ),
        ),
        migrations.AlterField(
            model_name="medicalvisit",
            name="kind",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("VIP_INITIALE", "Première visite d’information et de prévention"),
                    ("VIP_PERIODIQUE", "Visite périodique d’information et de prévention"),
                    ("APTITUDE", "Examen d’aptitude"),
                    ("INTERMEDIAIRE", "Visite intermédiaire entre deux examens d’aptitude"),
                    ("REPRISE", "Visite de reprise"),
                ],
                max_length=14,
                verbose_name="visite",
            ),
        ),
        migrations.AlterField(
            model_name="medicalvisit",
            name="paper",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("ATTESTATION", "Attestation de suivi"),
                    ("ATTESTATION_AM", "Attestation de suivi, avec des aménagements"),
                    ("APTE", "Avis d’aptitude"),
                    ("APTE_AM", "Avis d’aptitude, avec des aménagements"),
                ],
                max_length=14,
                verbose_name="papier reçu par l’employeur",
            ),
        ),
        migrations.AlterField(
            model_name="medicalvisit",
            name="rhythm",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("ORDINAIRE", "Suivi ordinaire"),
                    ("ADAPTE", "Suivi adapté"),
                    ("RENFORCE", "Suivi individuel renforcé"),
                ],
                default="ORDINAIRE",
                max_length=10,
                verbose_name="suivi",
            ),
        ),
        migrations.AlterField(
            model_name="passprolongation",
            name="motive",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("CDI_57_ANS", "CDI conclu avec une personne de plus de 57 ans"),
                    ("FORMATION", "Fin d’une formation"),
                    ("RQTH", "Reconnaissance de la qualité de travailleur handicapé"),
                    ("50_ANS", "50 ans et plus"),
                    ("DIFFICULTES", "Difficultés particulièrement importantes"),
                ],
                max_length=12,
                verbose_name="motif",
            ),
        ),
        migrations.AlterField(
            model_name="watchend",
            name="reason",
            field=backend.core.sealing.codes.SealedCharField(
                choices=[
                    ("EMPLOI", "A trouvé un emploi sans nous le dire"),
                    ("DEMENAGEMENT", "A déménagé"),
                    ("SOUHAIT", "Ne souhaite plus être suivie"),
                    ("INJOIGNABLE", "Injoignable après plusieurs relances"),
                    ("SANTE", "Raison de santé"),
                    ("AILLEURS", "Suivie par un autre service"),
                    ("AUTRE", "Une autre raison"),
                ],
                max_length=16,
                verbose_name="raison",
            ),
        ),
        migrations.AddIndex(
            model_name="barrierreading",
            index=models.Index(fields=["beneficiary", "read_on"], name="barrier_by_beneficiary"),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]

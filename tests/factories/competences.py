"""Competences, the occupations that ask for them, and what people were seen doing."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from backend.core.values.text import normalise
from competences.enums import Level, Nature, ProofStatus, VaeStepKind
from competences.models import (
    Assessment,
    Bloc,
    BlocLine,
    Certification,
    Competence,
    Cv,
    GestureList,
    Licence,
    Occupation,
    OccupationCompetence,
    Passport,
    VaeProject,
    VaeStep,
)
from competences.selectors.passports import Line, as_content
from tests.factories.organisations import OrganisationFactory
from tests.factories.pathways import BeneficiaryFactory


class CertificationFactory(DjangoModelFactory):
    class Meta:
        model = Certification

    label = factory.Sequence(lambda n: f"Titre inventé {n}")
    search_label = factory.LazyAttribute(lambda made: normalise(f"{made.code} {made.label}"))
    code = ""


class BlocFactory(DjangoModelFactory):
    class Meta:
        model = Bloc

    certification = factory.SubFactory(CertificationFactory)
    code = factory.Sequence(lambda n: f"BX{n:02d}")
    label = "Tenir la lanterne"


class BlocLineFactory(DjangoModelFactory):
    class Meta:
        model = BlocLine

    bloc = factory.SubFactory(BlocFactory)
    position = 1
    text = factory.Sequence(lambda n: f"Allumer la lanterne {n}")


class OccupationFactory(DjangoModelFactory):
    class Meta:
        model = Occupation

    rome_code = factory.Sequence(lambda n: f"U{n:04d}")
    label = "Nettoyage de locaux"


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence

    code = factory.Sequence(lambda n: f"T{n:05d}")
    label = factory.Sequence(lambda n: f"Nettoyer une surface {n}")
    nature = Nature.KNOW_HOW


class OccupationCompetenceFactory(DjangoModelFactory):
    class Meta:
        model = OccupationCompetence

    occupation = factory.SubFactory(OccupationFactory)
    competence = factory.SubFactory(CompetenceFactory)


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    competence = factory.SubFactory(CompetenceFactory)
    level = Level.ALONE
    status = ProofStatus.OBSERVED
    assessed_on = date(2026, 10, 14)


class GestureListFactory(DjangoModelFactory):
    class Meta:
        model = GestureList

    organisation = factory.SubFactory(OrganisationFactory)
    label = factory.Sequence(lambda n: f"Chantier inventé {n}")


class LicenceFactory(DjangoModelFactory):
    class Meta:
        model = Licence

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    label = "CACES R489"
    obtained_on = date(2026, 10, 14)


class CvFactory(DjangoModelFactory):
    class Meta:
        model = Cv

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    title = "Veilleuse de phare"
    shown = ["s1"]
    version = 1


class PassportFactory(DjangoModelFactory):
    class Meta:
        model = Passport

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    expires_on = date(2027, 2, 14)
    content = as_content(
        "Passeport inventé",
        [Line("a1", "OBSERVEE", "Laver les vitres", "En autonomie", "Odile Exemple", "14 octobre 2026")],
    )


class VaeProjectFactory(DjangoModelFactory):
    class Meta:
        model = VaeProject
        skip_postgeneration_save = True

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    certification = "Titre inventé"
    reached_on = date(2026, 10, 14)

    @factory.post_generation
    def planned(self, create, extracted, **kwargs):
        """A file always has its first step."""
        if create:
            VaeStepFactory(project=self, on=self.reached_on)


class VaeStepFactory(DjangoModelFactory):
    class Meta:
        model = VaeStep

    project = factory.SubFactory(VaeProjectFactory)
    kind = VaeStepKind.PLANNED
    on = date(2026, 10, 14)

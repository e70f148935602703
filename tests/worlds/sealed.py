"""One row for each place where something is sealed, by the name of the place: what the suite counts, loses and changes."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.utils import timezone

from backend.core.models import IdempotencyRecord
from backend.core.sealing.codes import SealedCode
from backend.core.sealing.encryption import EncryptedTextField, encrypt
from backend.files.enums import FileKind
from backend.files.models import StoredFile
from backend.mail.enums import MessageKind
from backend.mail.outbox import write
from backend.web.models import Draft
from competences.models import BadgeKey
from pathways.enums import WatchEndReason
from pathways.models import PrivateNote, WatchEnd
from tests.factories import (
    AccessCopyFactory,
    ActionFactory,
    AppointmentFactory,
    AssessmentFactory,
    BarrierReadingFactory,
    BeneficiaryFactory,
    CvFactory,
    DataRequestFactory,
    DerogationFactory,
    EligibilityDiagnosisFactory,
    EntryProfileFactory,
    ExitFactory,
    GoalFactory,
    IaePassFactory,
    ImmersionFactory,
    InterviewFactory,
    LicenceFactory,
    MedicalVisitFactory,
    OrganisationFactory,
    PassportFactory,
    PassProlongationFactory,
    PassSuspensionFactory,
    PostHireFollowUpFactory,
    RelayFactory,
    RelayStepFactory,
    RetentionFactory,
    ReunionFactory,
    StructureCopyFactory,
    UserFactory,
    VaeStepFactory,
)
from tests.signin import give_second_factor

SECRET = "Parole confidentielle"
NOW = timezone.now()
TEXTS = [
    field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, EncryptedTextField)
]


CODES = [
    field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, SealedCode)
]
IN_PYTHON = {
    "pathways_barrierreading.theme": "JUSTICE",
    "pathways_derogation.motive": "RQTH",
    "pathways_eligibilitydiagnosis.criteria": ["AAH", "DETENTION_MJ"],
    "pathways_eligibilitydiagnosis.documents": {"AAH": "2026-11-02"},
    "pathways_entryprofile.aah": False,
    "pathways_entryprofile.left_detention": True,
    "pathways_entryprofile.rqth": True,
    "pathways_exit.motive": "16",
    "pathways_medicalvisit.due_on": date(2027, 3, 1),
    "pathways_medicalvisit.kind": "REPRISE",
    "pathways_medicalvisit.paper": "APTE_AM",
    "pathways_medicalvisit.rhythm": "RENFORCE",
    "pathways_passprolongation.motive": "RQTH",
    "pathways_watchend.reason": "SANTE",
}
"""What each sealed code says, by the name of its place."""


def coded(table, factory, **others):
    """A row whose sealed codes say what stands above, under each of their names."""
    said = {name.split(".")[1]: value for name, value in IN_PYTHON.items() if name.startswith(f"{table}.")}
    row = factory(**said, **others)
    return {f"{table}.{name}": row for name in said}


def sealed_rows():
    """One sealed text or code in each place, by the name of its place."""
    interview = InterviewFactory(synthesis=SECRET)
    user = UserFactory()
    give_second_factor(user)
    body = encrypt(SECRET, context=IdempotencyRecord.SEALED_FOR)
    kept = StoredFile.objects.create(
        carrier="essai",
        carrier_id=1,
        title=SECRET,
        sealed_key=SECRET,
        kind=FileKind.PDF,
        size=1,
        place="essai",
    )
    asked = DerogationFactory(motive="RQTH", document=SECRET, cancelled_at=NOW, cancel_reason=SECRET)
    longer = PassProlongationFactory(motive="RQTH", document=SECRET, cancelled_at=NOW, cancel_reason=SECRET)
    return {
        **coded("pathways_barrierreading", BarrierReadingFactory),
        **coded("pathways_eligibilitydiagnosis", EligibilityDiagnosisFactory),
        **coded("pathways_entryprofile", EntryProfileFactory),
        **coded("pathways_exit", ExitFactory),
        **coded("pathways_medicalvisit", MedicalVisitFactory),
        "pathways_derogation.motive": asked,
        "pathways_passprolongation.motive": longer,
        "pathways_interview.synthesis": interview,
        "pathways_privatenote.text": PrivateNote.objects.create(interview=interview, author=user, text=SECRET),
        "pathways_immersion.tutor_review": (said := ImmersionFactory(tutor_review=SECRET, person_review=SECRET, objectives=SECRET)),
        "pathways_immersion.person_review": said,
        "pathways_immersion.objectives": said,
        "pathways_goal.label": (goal := GoalFactory(label=SECRET, status="ABANDONNE", dropped_because=SECRET)),
        "pathways_goal.dropped_because": goal,
        "pathways_action.label": (action := ActionFactory(label=SECRET, outcome=SECRET)),
        "pathways_action.outcome": action,
        "pathways_appointment.purpose": AppointmentFactory(purpose=SECRET),
        "pathways_relay.message": (
            relay := RelayFactory(message=SECRET, meets_where=SECRET, cancelled_at=NOW, cancel_reason=SECRET)
        ),
        "pathways_relay.meets_where": relay,
        "pathways_relay.cancel_reason": relay,
        "pathways_relaystep.label": RelayStepFactory(label=SECRET),
        "pathways_derogation.document": asked,
        "pathways_derogation.cancel_reason": asked,
        "pathways_passprolongation.document": longer,
        "pathways_passprolongation.cancel_reason": longer,
        "pathways_passsuspension.cancel_reason": PassSuspensionFactory(cancelled_at=NOW, cancel_reason=SECRET),
        "pathways_eligibilitydiagnosis.cancel_reason": EligibilityDiagnosisFactory(
            cancelled_at=NOW, cancel_reason=SECRET
        ),
        "pathways_reunion.memory": ReunionFactory(memory=SECRET),
        "pathways_iaepass.closing_note": IaePassFactory(closed_on=date(2026, 10, 1), closing_note=SECRET),
        "pathways_datarequest.words": (request := DataRequestFactory(words=SECRET, answer=SECRET)),
        "pathways_datarequest.answer": request,
        "pathways_retention.kept_because": RetentionFactory(kept_because=SECRET),
        "exchange_structurecopy.sealed_key": StructureCopyFactory(sealed_key=SECRET),
        "pathways_accesscopy.sealed_key": AccessCopyFactory(sealed_key=SECRET),
        "competences_badgekey.secret": BadgeKey.objects.create(public="Une clé inventée", secret=SECRET),
        "competences_assessment.comment": (seen := AssessmentFactory(comment=SECRET, context=SECRET)),
        "competences_assessment.context": seen,
        "competences_cv.title": (cv := CvFactory(title=SECRET, presentation=SECRET, town=SECRET, languages=SECRET)),
        "competences_cv.presentation": cv,
        "competences_cv.town": cv,
        "competences_cv.languages": cv,
        "competences_licence.cancel_reason": LicenceFactory(cancelled_at=NOW, cancel_reason=SECRET),
        "competences_vaestep.details": (
            step := VaeStepFactory(details=SECRET, document=SECRET, cancelled_at=NOW, cancel_reason=SECRET)
        ),
        "competences_vaestep.document": step,
        "competences_vaestep.cancel_reason": step,
        "employers_posthirefollowup.note": PostHireFollowUpFactory(note=SECRET),
        "competences_passport.content": PassportFactory(content=SECRET),
        "files_storedfile.title": kept,
        "files_storedfile.sealed_key": kept,
        "pathways_watchend.note": (ended := _ended(user)),
        "pathways_watchend.reason": ended,
        "web_draft.content": Draft.objects.create(user=user, seat="m1", form="f", content=f'{{"a": "{SECRET}"}}'),
        "mail_message.text": (letter := write(to=user.email, subject=SECRET, text=SECRET, kind=MessageKind.ACCOUNT)),
        "mail_message.subject": letter,
        "mfa_authenticator.data": user,
        "core_idempotencyrecord.body": IdempotencyRecord.objects.create(user=user, key="k", digest="d", body=body),
    }  # fmt: skip


def _ended(user):
    return WatchEnd.objects.create(
        beneficiary=BeneficiaryFactory(), organisation=OrganisationFactory(), reason=WatchEndReason.HEALTH,
        note=SECRET, ended_at=NOW, ended_by=user,
    )  # fmt: skip

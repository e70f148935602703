"""The thread, table by table."""

from pathways.models.appointment import Appointment
from pathways.models.barrier import BarrierReading
from pathways.models.beneficiary import Beneficiary, BeneficiaryAccess, EntryProfile
from pathways.models.contract import Contract, HoursAmendment, MonthlyHours
from pathways.models.exit import Exit
from pathways.models.goal import Action, Goal
from pathways.models.hours_wish import HoursWish
from pathways.models.immersion import Immersion
from pathways.models.interview import Interview, PrivateNote
from pathways.models.privacy import AccessCopy, DataRequest, Retention
from pathways.models.relay import Relay, RelayStep
from pathways.models.reunion import Reunion, ToldApart
from pathways.models.rights.derogation import Derogation
from pathways.models.rights.diagnosis import EligibilityDiagnosis
from pathways.models.rights.iae_pass import IaePass
from pathways.models.rights.medical_visit import MedicalVisit
from pathways.models.rights.pass_change import PassProlongation, PassSuspension
from pathways.models.rights.saved_days import SavedDays
from pathways.models.rule_setting import RuleSetting
from pathways.models.stay import Stay
from pathways.models.training import Training
from pathways.models.watch_end import WatchEnd

__all__ = [
    "AccessCopy",
    "Action",
    "Appointment",
    "BarrierReading",
    "Beneficiary",
    "BeneficiaryAccess",
    "Contract",
    "DataRequest",
    "Derogation",
    "EligibilityDiagnosis",
    "EntryProfile",
    "Exit",
    "Goal",
    "HoursAmendment",
    "HoursWish",
    "IaePass",
    "Immersion",
    "Interview",
    "MedicalVisit",
    "MonthlyHours",
    "PassProlongation",
    "PassSuspension",
    "PrivateNote",
    "Relay",
    "RelayStep",
    "Retention",
    "Reunion",
    "RuleSetting",
    "SavedDays",
    "Stay",
    "ToldApart",
    "Training",
    "WatchEnd",
]

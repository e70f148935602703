"""The thread, table by table."""

from pathways.models.appointment import Appointment
from pathways.models.barrier import BarrierReading
from pathways.models.beneficiary import Beneficiary, BeneficiaryAccess, EntryProfile
from pathways.models.contract import Contract, MonthlyHours
from pathways.models.derogation import Derogation
from pathways.models.exit import Exit
from pathways.models.goal import Action, Goal
from pathways.models.iae_pass import IaePass
from pathways.models.immersion import Immersion
from pathways.models.interview import Interview, PrivateNote
from pathways.models.pass_change import PassProlongation, PassSuspension
from pathways.models.relay import Relay, RelayStep
from pathways.models.reunion import Reunion, ToldApart
from pathways.models.rule_setting import RuleSetting
from pathways.models.stay import Stay
from pathways.models.watch_end import WatchEnd

__all__ = [
    "Action",
    "Appointment",
    "BarrierReading",
    "Beneficiary",
    "BeneficiaryAccess",
    "Contract",
    "Derogation",
    "EntryProfile",
    "Exit",
    "Goal",
    "IaePass",
    "Immersion",
    "Interview",
    "MonthlyHours",
    "PassProlongation",
    "PassSuspension",
    "PrivateNote",
    "Relay",
    "RelayStep",
    "Reunion",
    "RuleSetting",
    "Stay",
    "ToldApart",
    "WatchEnd",
]

"""What the invented territory is made of: plain rows that refer to one another by text ids.

Nothing here touches the database. A field that names another row holds its id and is typed with the alias
of that row (`StructureId`, `PersonId`…). Dates are inclusive; instants are in Europe/Paris.
"""

from backend.demo.rows.follow_up import (
    Action,
    Appointment,
    Assessment,
    BarrierReading,
    Goal,
    Immersion,
    Interview,
    Licence,
    Relay,
    RelayStep,
    VaeProject,
    VaeStep,
)
from backend.demo.rows.organisation import Account, Belonging, Convention, Group, StaffMember, Structure
from backend.demo.rows.territory import Territory
from backend.demo.rows.thread import (
    Contract,
    Derogation,
    Exit,
    MonthlyHours,
    Pass,
    PassProlongation,
    PassSuspension,
    Person,
    Profile,
    Stay,
)
from backend.demo.rows.work import (
    Consent,
    Employer,
    Establishment,
    Placement,
    PostHireMilestone,
    Requirement,
    TaskAnalysis,
    WorkTask,
)

__all__ = [
    "Account",
    "Action",
    "Appointment",
    "Assessment",
    "BarrierReading",
    "Belonging",
    "Consent",
    "Contract",
    "Convention",
    "Derogation",
    "Employer",
    "Establishment",
    "Exit",
    "Goal",
    "Group",
    "Immersion",
    "Interview",
    "Licence",
    "MonthlyHours",
    "Pass",
    "PassProlongation",
    "PassSuspension",
    "Person",
    "Placement",
    "PostHireMilestone",
    "Profile",
    "Relay",
    "RelayStep",
    "Requirement",
    "StaffMember",
    "Stay",
    "Structure",
    "TaskAnalysis",
    "Territory",
    "VaeProject",
    "VaeStep",
    "WorkTask",
]

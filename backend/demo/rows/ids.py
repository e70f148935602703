"""Ids by which rows refer to one another: texts, local to one generation and stable for a given seed."""

from __future__ import annotations

from typing import TypeAlias

GroupId: TypeAlias = str
StructureId: TypeAlias = str
StaffId: TypeAlias = str
PersonId: TypeAlias = str
StayId: TypeAlias = str
ContractId: TypeAlias = str
GoalId: TypeAlias = str
EmployerId: TypeAlias = str
EstablishmentId: TypeAlias = str
AnalysisId: TypeAlias = str
WorkTaskId: TypeAlias = str
PlacementId: TypeAlias = str

"""Groups, structures, what ties them, conventions, memberships and invitations."""

from backend.organisations.models.belonging import Belonging
from backend.organisations.models.convention import Convention
from backend.organisations.models.invitation import Invitation
from backend.organisations.models.membership import Membership
from backend.organisations.models.offer import GroupOffer
from backend.organisations.models.structure import Group, Organisation

__all__ = ["Belonging", "Convention", "Group", "GroupOffer", "Invitation", "Membership", "Organisation"]

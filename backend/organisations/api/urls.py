"""Addresses of structures and teams."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from backend.organisations.api import belongings, group_offers, invitations, memberships, structures

router = SimpleRouter()
router.register("groups", structures.GroupViewSet, "groups")
router.register("belongings", belongings.BelongingViewSet, "belongings")
router.register("group-offers", group_offers.GroupOfferViewSet, "group-offers")
router.register("structures", structures.StructureViewSet, "structures")
router.register("memberships", memberships.MembershipViewSet, "memberships")
router.register("invitations", invitations.InvitationViewSet, "invitations")
urlpatterns = router.urls

"""Addresses of structures and teams."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from backend.organisations.api import views

router = SimpleRouter()
router.register("groups", views.GroupViewSet, "groups")
router.register("structures", views.StructureViewSet, "structures")
router.register("memberships", views.MembershipViewSet, "memberships")
router.register("invitations", views.InvitationViewSet, "invitations")
urlpatterns = router.urls

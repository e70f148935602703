"""Addresses of what opens a group to others."""

from django.urls import path

from backend.organisations.screens.groups import views

urlpatterns = [
    path("equipe/groupes/", views.groups, name="groups"),
    path("equipe/groupes/<int:pk>/", views.group, name="group"),
    path("equipe/groupes/<int:pk>/nom/", views.group_edit, name="group_edit"),
    path("equipe/groupes/appartenances/<int:pk>/fin/", views.leave, name="group_leave"),
    path("equipe/groupe/proposer/", views.offer_new, name="group_offer_new"),
    path("equipe/groupe/propositions/<int:pk>/", views.offer_accept, name="group_offer_accept"),
    path("equipe/groupe/propositions/<int:pk>/retirer/", views.offer_withdraw, name="group_offer_withdraw"),
    path("equipe/groupe/tetes/", views.head_invite, name="group_head_invite"),
]

"""Addresses of habilitations, and of the proof put on what was seen."""

from django.urls import path

from competences.screens.licences import views

urlpatterns = [
    path("habilitations/", views.licences_of_the_team, name="licences"),
    path("personnes/<int:pk>/habilitations/nouvelle/", views.licence_new, name="licence_new"),
    path("habilitations/<int:pk>/", views.licence_edit, name="licence_edit"),
    path("habilitations/<int:pk>/renouveler/", views.licence_renew, name="licence_renew"),
    path("habilitations/<int:pk>/annuler/", views.licence_cancel, name="licence_cancel"),
    path("observations/<int:pk>/preuve/", views.observation_proof, name="observation_proof"),
]

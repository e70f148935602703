"""Addresses of jobs composed from tasks."""

from django.urls import path

from employers.screens.proposals import views

urlpatterns = [
    path("postes/", views.proposals, name="proposals"),
    path("postes/composer/", views.proposal_new, name="proposal_new"),
    path("postes/<int:pk>/", views.proposal, name="proposal"),
    path("postes/<int:pk>/modifier/", views.proposal_edit, name="proposal_edit"),
    path("postes/<int:pk>/demander/", views.proposal_ask, name="proposal_ask"),
]

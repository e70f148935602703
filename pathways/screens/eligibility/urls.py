"""Addresses of the eligibility of a person."""

from django.urls import path

from pathways.screens.eligibility import views

urlpatterns = [
    path("personnes/<int:pk>/eligibilite/", views.eligibility_page, name="eligibility"),
    path("personnes/<int:pk>/eligibilite/diagnostic/", views.diagnosis_new, name="diagnosis_new"),
    path("diagnostics/<int:pk>/corriger/", views.diagnosis_edit, name="diagnosis_edit"),
    path("diagnostics/<int:pk>/annuler/", views.diagnosis_cancel, name="diagnosis_cancel"),
    path("diagnostics/<int:pk>/piece/", views.diagnosis_file, name="diagnosis_file"),
]

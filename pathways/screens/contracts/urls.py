"""Addresses of contracts, hours and PASS."""

from django.urls import path

from pathways.screens.contracts import views

urlpatterns = [
    path("passages/<int:pk>/contrat/", views.contract_new, name="contract_new"),
    path("contrats/<int:pk>/fin/", views.contract_end, name="contract_end"),
    path("contrats/<int:pk>/avenant/", views.amendment_new, name="amendment_new"),
    path("contrats/<int:pk>/heures/", views.hours_new, name="hours_new"),
    path("personnes/<int:pk>/pass-iae/", views.pass_new, name="pass_new"),
]

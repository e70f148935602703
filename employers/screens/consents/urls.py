"""Addresses of agreements to be shown."""

from django.urls import path

from employers.screens.consents import views

urlpatterns = [
    path("accords/<int:pk>/", views.consent_answer, name="consent_answer"),
    path("accords/<int:pk>/retirer/", views.consent_withdraw, name="consent_withdraw"),
    path("mon-parcours/accords/", views.my_consents, name="my_consents"),
]

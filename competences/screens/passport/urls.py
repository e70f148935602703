"""Addresses of passports; the last one opens to whoever holds the paper."""

from django.urls import path

from competences.screens.passport import views

urlpatterns = [
    path("personnes/<int:pk>/passeport/", views.passports, name="passports"),
    path("passeports/<uuid:pk>/", views.passport_pdf, name="passport_pdf"),
    path("passeports/<uuid:pk>/retirer/", views.passport_withdraw, name="passport_withdraw"),
    path("verifier/<uuid:pk>/<slug:code>/", views.passport_check, name="passport_check"),
]

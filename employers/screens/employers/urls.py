"""Addresses of employers and their workplaces."""

from django.urls import path

from employers.screens.employers import views

urlpatterns = [
    path("employeurs/", views.employers, name="employers"),
    path("employeurs/rencontrer/", views.employer_new, name="employer_new"),
    path("employeurs/<int:pk>/", views.employer, name="employer"),
    path("employeurs/<int:pk>/fiche/", views.employer_edit, name="employer_edit"),
    path("employeurs/<int:pk>/lieu/", views.establishment_new, name="establishment_new"),
]

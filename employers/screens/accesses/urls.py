"""Addresses of the doors employers have to their needs."""

from django.urls import path

from employers.screens.accesses import views

urlpatterns = [
    path("employeurs/<int:pk>/acces/", views.employer_access_new, name="employer_access_new"),
    path("acces-employeurs/<int:pk>/fermer/", views.employer_access_end, name="employer_access_end"),
]

"""Addresses of the doors people have to their own thread."""

from django.urls import path

from pathways.screens.accesses import views

urlpatterns = [
    path("personnes/<int:pk>/acces/", views.person_access_new, name="person_access_new"),
    path("acces-personnes/<int:pk>/fermer/", views.person_access_end, name="person_access_end"),
]

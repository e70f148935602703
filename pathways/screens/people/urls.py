"""Addresses of the people accompanied."""

from django.urls import path

from pathways.screens.people import views

urlpatterns = [
    path("personnes/", views.people, name="people"),
    path("personnes/accueillir/", views.person_new, name="person_new"),
    path("personnes/<int:pk>/fiche/", views.person_edit, name="person_edit"),
    path("personnes/<int:pk>/entree/", views.person_entry, name="person_entry"),
    path("personnes/<int:pk>/retour/", views.welcome_back, name="person_back"),
    path("passages/<int:pk>/referent/", views.advisor, name="stay_advisor"),
]

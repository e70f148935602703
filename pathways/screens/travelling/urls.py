"""Addresses of the rights that follow a person."""

from django.urls import path

from pathways.screens.travelling import views

urlpatterns = [
    path("personnes/<int:pk>/droits-qui-suivent/", views.rights_page, name="rights"),
    path("personnes/<int:pk>/visite-medicale/", views.visit_new, name="visit_new"),
    path("visites-medicales/<int:pk>/", views.visit_edit, name="visit_edit"),
    path("visites-medicales/<int:pk>/annulation/", views.visit_cancel, name="visit_cancel"),
    path("personnes/<int:pk>/jours-epargnes/", views.saved_new, name="saved_new"),
    path("jours-epargnes/<int:pk>/", views.saved_edit, name="saved_edit"),
    path("jours-epargnes/<int:pk>/annulation/", views.saved_cancel, name="saved_cancel"),
]

"""Addresses of what is seen at work."""

from django.urls import path

from competences.screens.observe import views

urlpatterns = [
    path("observer/", views.observe, name="observe"),
    path("observer/<int:pk>/", views.observe_person, name="observe_person"),
    path("observer/<int:pk>/<int:competence_pk>/", views.observe_level, name="observe_level"),
    path("observations/<int:pk>/annuler/", views.observe_undo, name="observe_undo"),
]

"""Addresses of the trainings."""

from django.urls import path

from pathways.screens.trainings import views

urlpatterns = [
    path("personnes/<int:pk>/formation/", views.training_new, name="training_new"),
    path("formations/<int:pk>/", views.training_edit, name="training_edit"),
    path("formations/<int:pk>/fin/", views.training_finish, name="training_finish"),
    path("formations/<int:pk>/certificat/", views.training_file, name="training_file"),
    path("formations/<int:pk>/annulation/", views.training_cancel, name="training_cancel"),
]

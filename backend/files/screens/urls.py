"""Addresses of files: a number nobody guesses, and the rights asked all the same."""

from django.urls import path

from backend.files.screens import views

urlpatterns = [
    path("pieces/<uuid:pk>/", views.file_open, name="file"),
    path("pieces/<uuid:pk>/retirer/", views.file_take_away, name="file_take_away"),
]

"""Addresses of the hours wanted."""

from django.urls import path

from pathways.screens.wishes import views

urlpatterns = [
    path("personnes/<int:pk>/heures-souhaitees/", views.wish_new, name="wish_new"),
    path("heures-souhaitees/<int:pk>/", views.wish_edit, name="wish_edit"),
    path("heures-souhaitees/<int:pk>/annulation/", views.wish_cancel, name="wish_cancel"),
]

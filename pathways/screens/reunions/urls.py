"""Addresses of files made one."""

from django.urls import path

from pathways.screens.reunions import views

urlpatterns = [
    path("personnes/fiches-proches/", views.look_alikes, name="look_alikes"),
    path("personnes/<int:pk>/reunir/", views.join, name="person_join"),
    path("personnes/<int:pk>/deux-personnes/", views.apart, name="told_apart"),
    path("deux-personnes/<int:pk>/revenir/", views.together, name="told_apart_undo"),
    path("fiches-reunies/<int:pk>/separer/", views.separate, name="reunion_separate"),
]

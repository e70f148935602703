"""Addresses of the rules."""

from django.urls import path

from pathways.screens.rules import views

urlpatterns = [
    path("regles/", views.rules, name="rules"),
    path("regles/changer/", views.rule_new, name="rule_new"),
]

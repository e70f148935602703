"""Addresses of the rules."""

from django.urls import path

from pathways.screens.rules import trial, views

urlpatterns = [
    path("regles/", views.rules, name="rules"),
    path("regles/essayer/", trial.rule_trial, name="rule_trial"),
    path("regles/changer/", views.rule_new, name="rule_new"),
]

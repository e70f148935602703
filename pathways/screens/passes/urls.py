"""Addresses of the PASS of a person and of their derogations."""

from django.urls import path

from pathways.screens.passes import derogations, views

urlpatterns = [
    path("personnes/<int:pk>/pass/", views.pass_page, name="pass"),
    path("pass/<int:pk>/suspendre/", views.suspension_new, name="suspension_new"),
    path("pass/suspensions/<int:pk>/corriger/", views.suspension_edit, name="suspension_edit"),
    path("pass/suspensions/<int:pk>/annuler/", views.suspension_cancel, name="suspension_cancel"),
    path("pass/<int:pk>/prolonger/", views.prolongation_new, name="prolongation_new"),
    path("pass/prolongations/<int:pk>/corriger/", views.prolongation_edit, name="prolongation_edit"),
    path("pass/prolongations/<int:pk>/reponse/", views.prolongation_answer, name="prolongation_answer"),
    path("pass/prolongations/<int:pk>/piece/", views.prolongation_file, name="prolongation_file"),
    path("pass/prolongations/<int:pk>/annuler/", views.prolongation_cancel, name="prolongation_cancel"),
    path("pass/<int:pk>/clore/", views.pass_close, name="pass_close"),
    path("pass/<int:pk>/rouvrir/", views.pass_reopen, name="pass_reopen"),
    path("passages/<int:pk>/derogation/", derogations.derogation_new, name="derogation_new"),
    path("derogations/<int:pk>/corriger/", derogations.derogation_edit, name="derogation_edit"),
    path("derogations/<int:pk>/reponse/", derogations.derogation_answer, name="derogation_answer"),
    path("derogations/<int:pk>/piece/", derogations.derogation_file, name="derogation_file"),
    path("derogations/<int:pk>/annuler/", derogations.derogation_cancel, name="derogation_cancel"),
]

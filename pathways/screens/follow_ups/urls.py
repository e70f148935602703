"""Addresses of what was said."""

from django.urls import path

from pathways.screens.follow_ups import interviews, views

urlpatterns = [
    path("noter/", views.choose, name="note"),
    path("personnes/<int:pk>/noter/", views.new, name="follow_up_new"),
    path("personnes/<int:pk>/noter/brouillon/", views.draft, name="follow_up_draft"),
    path("entretiens/<int:pk>/", interviews.edit, name="interview_edit"),
    path("entretiens/<int:pk>/annuler/", interviews.cancel, name="interview_cancel"),
]

"""Address of one person."""

from django.urls import path

from pathways.screens.person import views

urlpatterns = [
    path("personnes/<int:pk>/", views.person, name="person"),
    path("personnes/<int:pk>/parcours/pdf/", views.thread_pdf, name="thread_pdf"),
]

"""Addresses of the CV of a person."""

from django.urls import path

from competences.screens.cv import views

urlpatterns = [
    path("personnes/<int:pk>/cv/", views.cv, name="cv"),
    path("personnes/<int:pk>/cv/choix/", views.cv_edit, name="cv_edit"),
    path("personnes/<int:pk>/cv/repartir/", views.cv_clear, name="cv_clear"),
    path("personnes/<int:pk>/cv/pdf/", views.cv_pdf, name="cv_pdf"),
    path("personnes/<int:pk>/cv/docx/", views.cv_docx, name="cv_docx"),
]

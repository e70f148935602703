"""Addresses of certifications."""

from django.urls import path

from competences.screens.certifications import catalogue, person

urlpatterns = [
    path("certifications/", catalogue.certifications, name="certifications"),
    path("certifications/nouvelle/", catalogue.certification_new, name="certification_new"),
    path("certifications/<int:pk>/", catalogue.certification, name="certification"),
    path("certifications/<int:pk>/corriger/", catalogue.certification_edit, name="certification_edit"),
    path("certifications/<int:pk>/blocs/nouveau/", catalogue.bloc_new, name="bloc_new"),
    path("blocs/<int:pk>/corriger/", catalogue.bloc_edit, name="bloc_edit"),
    path("blocs/<int:pk>/competences/", catalogue.bloc_lines, name="bloc_lines"),
    path("blocs/competences/<int:pk>/", catalogue.line_match, name="line_match"),
    path("blocs/competences/<int:pk>/chercher/", catalogue.line_search, name="line_search"),
    path("personnes/<int:pk>/certifications/", person.feasibility, name="feasibility"),
    path("personnes/<int:pk>/certifications/<int:of>/", person.coverage_page, name="coverage"),
    path("personnes/<int:pk>/certifications/<int:of>/pdf/", person.coverage_pdf, name="coverage_pdf"),
    path("personnes/<int:pk>/certifications/<int:of>/dossier/", person.coverage_file, name="coverage_file"),
]

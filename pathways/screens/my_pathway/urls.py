"""Address of one's own thread."""

from django.urls import path

from pathways.screens.my_pathway import views

urlpatterns = [
    path("mon-parcours/", views.my_pathway, name="my_pathway"),
]

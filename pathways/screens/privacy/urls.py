"""Addresses of the data kept about a person."""

from django.urls import path

from pathways.screens.privacy import views

urlpatterns = [
    path("personnes/<int:pk>/donnees/", views.data_kept, name="data_kept"),
    path("personnes/<int:pk>/donnees/copie/", views.copy_ask, name="data_copy_ask"),
    path("copies/<uuid:pk>/", views.copy_take, name="data_copy"),
    path("personnes/<int:pk>/donnees/demande/", views.request_new, name="data_request_new"),
    path("demandes/<int:pk>/reponse/", views.request_answer, name="data_request_answer"),
    path("demandes/<int:pk>/retrait/", views.request_withdraw, name="data_request_withdraw"),
    path("personnes/<int:pk>/donnees/garder/", views.keep, name="data_keep"),
]

"""Addresses of an employer's own needs."""

from django.urls import path

from employers.screens.own_pages import views

urlpatterns = [
    path("mes-besoins/", views.my_needs, name="my_needs"),
    path("mes-besoins/profils/<int:pk>/", views.profile_answer, name="profile_answer"),
]

"""Addresses of people without a step today."""

from django.urls import path

from pathways.screens.between import views

urlpatterns = [
    path("entre-deux/", views.between, name="between"),
    path("entre-deux/<int:pk>/ne-plus-suivre/", views.stop, name="watch_end"),
    path("entre-deux/arrets/<int:pk>/suivre-de-nouveau/", views.again, name="watch_again"),
]

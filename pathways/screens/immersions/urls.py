"""Addresses of the immersions."""

from django.urls import path

from pathways.screens.immersions import views

urlpatterns = [
    path("personnes/<int:pk>/immersion/", views.immersion_new, name="immersion_new"),
    path("immersions/<int:pk>/", views.immersion_edit, name="immersion_edit"),
    path("immersions/<int:pk>/renouvellement/", views.immersion_renew, name="immersion_renew"),
    path("immersions/<int:pk>/fin/", views.immersion_end, name="immersion_end"),
    path("immersions/<int:pk>/bilan/", views.immersion_review, name="immersion_review"),
    path("immersions/<int:pk>/annulation/", views.immersion_cancel, name="immersion_cancel"),
]

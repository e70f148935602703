"""Addresses of the frame itself."""

from django.urls import path

from backend.web.views import day, health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("sante/vivant/", health.alive, name="alive"),
    path("sante/pret/", health.ready, name="ready"),
    path("ma-journee/", day.day, name="day"),
]

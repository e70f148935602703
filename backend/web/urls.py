"""Addresses of the frame itself."""

from django.urls import path

from backend.web.views import day, health, home, public, undo

urlpatterns = [
    path("", home.home, name="home"),
    path("sante/vivant/", health.alive, name="alive"),
    path("sante/pret/", health.ready, name="ready"),
    path("aide/", public.help_page, name="help"),
    path("mentions-legales/", public.legal_notice, name="legal_notice"),
    path("vie-privee/", public.privacy, name="privacy"),
    path("accessibilite/", public.accessibility, name="accessibility"),
    path(".well-known/security.txt", public.security_txt, name="security_txt"),
    path("robots.txt", public.robots_txt, name="robots_txt"),
    path("annuler-aussitot/", undo.undo_last, name="undo"),
    path("ma-journee/", day.day, name="day"),
    path("menu/", day.waiting, name="waiting"),
]

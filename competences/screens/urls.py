"""Addresses of the competences' screens."""

from competences.screens.badges.urls import urlpatterns as badges
from competences.screens.certifications.urls import urlpatterns as certifications
from competences.screens.cv.urls import urlpatterns as cv
from competences.screens.licences.urls import urlpatterns as licences
from competences.screens.observe.urls import urlpatterns as observe
from competences.screens.passport.urls import urlpatterns as passport
from competences.screens.polycompetence.urls import urlpatterns as polycompetence
from competences.screens.self_assessment.urls import urlpatterns as self_assessment
from competences.screens.vae.urls import urlpatterns as vae

urlpatterns = [
    *badges,
    *certifications,
    *cv,
    *observe,
    *licences,
    *passport,
    *polycompetence,
    *self_assessment,
    *vae,
]

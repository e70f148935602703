"""Addresses of the employers' side: the team's, the employer's own, and the person's agreements."""

from employers.screens.accesses.urls import urlpatterns as accesses
from employers.screens.analyses.urls import urlpatterns as analyses
from employers.screens.consents.urls import urlpatterns as consents
from employers.screens.corrections.urls import urlpatterns as corrections
from employers.screens.employers.urls import urlpatterns as employers
from employers.screens.own_pages.urls import urlpatterns as own_pages
from employers.screens.post_hire.urls import urlpatterns as post_hire
from employers.screens.proposals.urls import urlpatterns as proposals

urlpatterns = [*employers, *accesses, *analyses, *proposals, *consents, *post_hire, *corrections, *own_pages]

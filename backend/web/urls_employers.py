"""Addresses of the employers' side: the team's, the employer's own, and the person's agreements."""

from django.urls import path

from backend.web.views import accesses, analyses, consents, employer_side, employers, post_hire, proposals

urlpatterns = [
    path("employeurs/", employers.employers, name="employers"),
    path("employeurs/rencontrer/", employers.employer_new, name="employer_new"),
    path("employeurs/<int:pk>/", employers.employer, name="employer"),
    path("employeurs/<int:pk>/fiche/", employers.employer_edit, name="employer_edit"),
    path("employeurs/<int:pk>/lieu/", employers.establishment_new, name="establishment_new"),
    path("employeurs/<int:pk>/acces/", accesses.employer_access_new, name="employer_access_new"),
    path("acces-employeurs/<int:pk>/fermer/", accesses.employer_access_end, name="employer_access_end"),
    path("lieux/<int:pk>/analyse/", analyses.analysis_new, name="analysis_new"),
    path("analyses/<int:pk>/", analyses.analysis, name="analysis"),
    path("analyses/<int:pk>/tache/", analyses.task_new, name="task_new"),
    path("analyses/<int:pk>/restituer/", analyses.analysis_return, name="analysis_return"),
    path("taches/<int:pk>/", analyses.task_edit, name="task_edit"),
    path("taches/<int:pk>/retirer/", analyses.task_remove, name="task_remove"),
    path("competences/proposer/", analyses.competence_search, name="competence_search"),
    path("postes/", proposals.proposals, name="proposals"),
    path("postes/composer/", proposals.proposal_new, name="proposal_new"),
    path("postes/<int:pk>/", proposals.proposal, name="proposal"),
    path("postes/<int:pk>/modifier/", proposals.proposal_edit, name="proposal_edit"),
    path("postes/<int:pk>/demander/", proposals.proposal_ask, name="proposal_ask"),
    path("accords/<int:pk>/", consents.consent_answer, name="consent_answer"),
    path("accords/<int:pk>/retirer/", consents.consent_withdraw, name="consent_withdraw"),
    path("mon-parcours/accords/", consents.my_consents, name="my_consents"),
    path("passages/<int:pk>/embauche/", post_hire.hire, name="hire"),
    path("embauches/<int:pk>/", post_hire.placement, name="placement"),
    path("suivis-dans-l-emploi/<int:pk>/", post_hire.post_hire, name="post_hire"),
    path("mes-besoins/", employer_side.my_needs, name="my_needs"),
    path("mes-besoins/profils/<int:pk>/", employer_side.profile_answer, name="profile_answer"),
]

"""Addresses of hires and of the support after them."""

from django.urls import path

from employers.screens.post_hire import views

urlpatterns = [
    path("passages/<int:pk>/embauche/", views.hire, name="hire"),
    path("embauches/<int:pk>/", views.placement, name="placement"),
    path("suivis-dans-l-emploi/<int:pk>/", views.post_hire, name="post_hire"),
]

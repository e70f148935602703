"""Addresses of what is seen at work."""

from django.urls import path

from competences.screens.observe import lists, sending, together, views

urlpatterns = [
    path("observer/", views.observe, name="observe"),
    path("observer/ensemble/", together.observe_together, name="observe_together"),
    path("observer/envoyer/", sending.observe_send, name="observe_send"),
    path("observer/chantiers/", lists.gesture_lists, name="gesture_lists"),
    path("observer/chantiers/nouveau/", lists.gesture_list_new, name="gesture_list_new"),
    path("observer/chantiers/<int:pk>/", lists.gesture_list_edit, name="gesture_list_edit"),
    path(
        "observer/chantiers/<int:pk>/ajouter/<int:competence_pk>/",
        lists.gesture_list_add,
        name="gesture_list_add",
    ),
    path("observer/<int:pk>/", views.observe_person, name="observe_person"),
    path("observer/<int:pk>/<int:competence_pk>/", views.observe_level, name="observe_level"),
    path("observations/<int:pk>/annuler/", views.observe_undo, name="observe_undo"),
    path("observations/<int:pk>/mot/", views.observe_word, name="observe_word"),
]

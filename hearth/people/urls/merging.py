"""The addresses of records that may be of one person."""

from django.urls import path

from hearth.people.views import merging

urlpatterns = [
    path("merges/", merging.merges, name="merges"),
    path("merges/<int:merge_id>/", merging.merge, name="merge"),
    path("merges/<int:merge_id>/agree/", merging.agree_merge, name="agree_merge"),
    path("merges/<int:merge_id>/refuse/", merging.refuse_merge, name="refuse_merge"),
    path("merges/<int:merge_id>/undo/", merging.undo_merge, name="undo_merge"),
    path("<int:person_id>/merge/", merging.propose_merge, name="propose_merge"),
]

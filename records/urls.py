"""The site map: one include per room."""

urlpatterns = []

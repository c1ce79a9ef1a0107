"""Questions that were not answered → gaps in the docs, a patch to them, reports: nothing here changes an answer."""

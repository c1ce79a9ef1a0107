"""Questions that were not answered in; gaps in the docs, a patch to them, reports out. Changes no answer."""

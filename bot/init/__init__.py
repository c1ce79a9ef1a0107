"""A documentation project in → the one line that brings the chat to its pages, as an edit of its configuration out."""

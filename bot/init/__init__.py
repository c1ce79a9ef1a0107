"""A documentation project in; out an edit of its configuration, the one line that brings the chat to its pages."""

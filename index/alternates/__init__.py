"""A built site in; out what programs read beside its pages: Markdown, llms.txt, sitemap, feed, structured data."""

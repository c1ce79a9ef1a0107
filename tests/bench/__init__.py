"""`make bench`: our service beside a plain script and txtai's API, in one run."""

"""Questions and votes of every door in, answers out: the live index, the queue, limits, work in its own process."""

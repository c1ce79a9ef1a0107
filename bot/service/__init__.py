"""What every door goes through: the live index, the queue, limits, votes, and work in a process of its own."""

"""One index for many machines: published to an object store, pulled from it, verified as on a disk."""

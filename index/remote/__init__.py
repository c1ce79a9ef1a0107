"""An index in, its generations in an object store out, and back, verified as on a disk: one for many machines."""

"""Load and endurance: what the service does at and above its capacity, and over time. `make load`, `make nightly`."""

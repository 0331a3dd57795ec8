"""Faults tried out on the real nodes: what goes wrong, what is expected, what was measured."""

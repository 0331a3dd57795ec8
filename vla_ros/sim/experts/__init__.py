"""Scripted experts: what a learned policy imitates. Pure functions, batched, without physics."""

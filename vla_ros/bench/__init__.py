"""Designs of a fusion node measured against each other, in one run on one machine."""

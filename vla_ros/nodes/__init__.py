"""The nodes: each carries messages and nothing else."""

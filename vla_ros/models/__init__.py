"""The networks: one brick per file, presets, checkpoints."""

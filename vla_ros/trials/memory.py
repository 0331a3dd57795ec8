"""How much memory a process has (Linux)."""
_PAGE_MB = 4096 / 1e6


def resident_mb(process_id: int | str = 'self') -> float:
    """Return the resident memory of a process [MB]; of this one by default."""
    with open(f'/proc/{process_id}/statm') as file:
        return int(file.read().split()[1]) * _PAGE_MB

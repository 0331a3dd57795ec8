"""How much of the processor a process has used (Linux)."""
import os


def processor_s(process_id: int) -> float:
    """Return the processor time of all threads of a process, of its own and of the kernel [s]."""
    with open(f'/proc/{process_id}/stat') as file:
        values = file.read().rpartition(')')[2].split()      # a name may hold blanks
    return (int(values[11]) + int(values[12])) / os.sysconf('SC_CLK_TCK')

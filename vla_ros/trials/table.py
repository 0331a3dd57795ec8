"""All rows of the fault table, in order."""
from vla_ros.trials import (
    command_faults,
    input_faults,
    policy_faults,
    process_faults,
    recorder_faults,
)
from vla_ros.trials.rows import Row

ROWS: list[Row] = sorted(
    [*input_faults.ROWS, *policy_faults.ROWS, *command_faults.ROWS, *process_faults.ROWS,
     *recorder_faults.ROWS],
    key=lambda row: int(row.key[1:]))

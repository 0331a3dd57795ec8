"""
Delete each line of the guard, the modes and the gate in turn: some test has to fail.

Run by `make mutation`; it prints the lines that nobody misses and ends with their number.
"""
import ast
import os
from pathlib import Path
import shutil
import subprocess
import sys
import tempfile

ROOT = Path(__file__).parents[1]
GUARDED = {'guard.py': ['test_guard.py', 'test_controller.py'], 'modes.py': ['test_parts.py'],
           'gate.py': ['test_gate.py'],
           'freshness.py': ['test_parts.py', 'test_gate.py', 'test_controller.py']}
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise)


def statements(source: str) -> list[ast.stmt]:
    """Return every simple statement within a function, but for docstrings."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            found += [s for s in ast.walk(function) if isinstance(s, _SIMPLE)
                      and not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return sorted({s.lineno: s for s in found}.values(), key=lambda s: s.lineno)


def without(source: str, statement: ast.stmt) -> str:
    """Return the source with a statement replaced by `pass`."""
    lines = source.splitlines()
    lines[statement.lineno - 1:statement.end_lineno] = [' ' * statement.col_offset + 'pass']
    return '\n'.join(lines) + '\n'


def is_missed(copy: Path, tests: list[str]) -> bool:
    """Return whether a test fails in the copy."""
    paths = [str(copy / 'test' / 'control' / name) for name in tests]
    result = subprocess.run(
        [sys.executable, '-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', *paths], cwd=copy,
        env={**os.environ, 'PYTHONPATH': str(copy)}, capture_output=True, timeout=300)
    return result.returncode == 1


def main() -> int:
    """Try every line and return how many are not missed."""
    survivors, tried = [], 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ('vla_ros', 'config', 'test', 'pyproject.toml'):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        for name, tests in GUARDED.items():
            path = copy / 'vla_ros' / 'control' / name
            whole = path.read_text()
            for statement in statements(whole):
                tried += 1
                path.write_text(without(whole, statement))
                if not is_missed(copy, tests):
                    line = whole.splitlines()[statement.lineno - 1].strip()
                    survivors.append(f'{name}:{statement.lineno}: {line}')
                    print(f'not missed: {survivors[-1]}', flush=True)
            path.write_text(whole)
    print(f'{tried} lines deleted one by one, {len(survivors)} not missed')
    return min(len(survivors), 100)


if __name__ == '__main__':
    sys.exit(main())

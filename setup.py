"""Installation of vla_ros: by colcon as an ament_python package, or by pip."""
from glob import glob

from setuptools import find_packages, setup

PACKAGE = 'vla_ros'
NODES = ('fusion_node', 'command_gate', 'language_node', 'perception_node', 'planner_node',
         'recorder_node', 'sim_node')
EXECUTABLES = [f'{node} = {PACKAGE}.nodes.{node}:main' for node in NODES]
EXECUTABLES.append(f'vla = {PACKAGE}.cli.main:main')

setup(
    name=PACKAGE,
    version='0.1.0',
    packages=find_packages(exclude=['test*']),
    package_data={PACKAGE: ['models/weights/*/*']},
    data_files=[
        ('share/ament_index/resource_index/packages', [f'resource/{PACKAGE}']),
        (f'share/{PACKAGE}', ['package.xml']),
        (f'share/{PACKAGE}/launch', glob('launch/*.launch.py')),
        (f'share/{PACKAGE}/config', glob('config/*.*')),
        (f'share/{PACKAGE}/config/robots', glob('config/robots/*.yaml')),
        # pip puts console scripts into bin; `ros2 run` looks here. colcon writes its own.
        (f'lib/{PACKAGE}', glob('resource/executables/*')),
    ],
    python_requires='>=3.10',
    install_requires=['setuptools', 'numpy', 'PyYAML'],
    extras_require={
        'sim': ['mujoco', 'onnxruntime', 'gymnasium'],
        'learn': ['av', 'matplotlib', 'pyarrow', 'rich', 'rosbags>=0.11', 'scipy'],
        'record': ['rosbags>=0.11'],
        'test': ['pytest'],
    },
    zip_safe=False,
    maintainer='vla_ros developers',
    maintainer_email='vla_ros@example.org',
    description='Talk to a humanoid and have it do what you say, on ROS 2',
    license='Apache-2.0',
    entry_points={'console_scripts': EXECUTABLES},
)

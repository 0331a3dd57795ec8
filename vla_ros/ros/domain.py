"""A ROS domain for oneself: what runs in it hears nobody else, and nobody else hears it."""
from collections.abc import Sequence
import random
import socket

from vla_ros.core.errors import ConfigurationError
from vla_ros.ros.transport import for_images

DOMAINS = range(1, 100)
"""Domains whose ports lie below those that Linux gives away by itself."""
_FIRST_PORT, _PORTS_PER_DOMAIN, _UNICAST = 7400, 250, 10
"""Where a domain's first participant listens (OMG DDSI-RTPS 2.5, section 9.6.2.3)."""


def free_domain(domains: Sequence[int] = DOMAINS) -> int:
    """
    Return a random domain in which nobody on this machine takes part.

    :raises ConfigurationError: if somebody does in each of them.
    """
    for domain in random.SystemRandom().sample(domains, len(domains)):
        if _is_free(domain):
            return domain
    raise ConfigurationError(f'ROS domains {min(domains)} to {max(domains)}: all are in use on '
                             'this machine; end some ROS 2 processes')


def private_environment(domain: int) -> dict[str, str]:
    """Return what keeps the messages of processes in a domain, and on this machine."""
    return {'ROS_DOMAIN_ID': str(domain), 'ROS_AUTOMATIC_DISCOVERY_RANGE': 'LOCALHOST',
            'PYTHONUNBUFFERED': '1', **for_images()}


def _is_free(domain: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(('', _FIRST_PORT + _PORTS_PER_DOMAIN * domain + _UNICAST))
        except OSError:
            return False
    return True

"""
Whether a message fits into the shared memory of Fast DDS.

A writer keeps what it sends there until every reader on the machine has read it. What does not fit
is dropped without a word.
"""
from collections.abc import Mapping
from xml.etree import ElementTree

from vla_ros.ros.transport import for_images, PROFILE_VARIABLES

DEFAULT_BYTES = 512 * 1024
"""Fast DDS's segment where no profile says otherwise."""
TOO_BUSY = 'this machine or the network is too busy'


def segment_bytes(environment: Mapping[str, str]) -> int | None:
    """Return the size of the segment in force, None where no shared memory is used."""
    builtin = (None if environment.get('FASTDDS_BUILTIN_TRANSPORTS', '').startswith(
        ('UDP', 'NONE')) else DEFAULT_BYTES)
    for path in filter(None, map(environment.get, PROFILE_VARIABLES)):
        try:
            return _of_profile(ElementTree.parse(path).getroot(), builtin)
        except (OSError, ElementTree.ParseError, ValueError):
            continue                                    # Fast DDS goes on without it, too
    return builtin


def advice(size_bytes: int, segment: int | None) -> str:
    """
    Return why messages may be lost, and the setting that helps.

    :param size_bytes: of the largest message that came, 0 if none did.
    :param segment: from `segment_bytes`.
    """
    if segment is None and not size_bytes:
        return f'none came: {TOO_BUSY}'
    if segment is None:
        return ('no shared memory is used here, and the network or this process is too slow for '
                f'messages of {size_bytes:,} bytes')
    setting = ('start both ends with '
               + ' '.join(f'{name}={value}' for name, value in for_images().items()))
    if size_bytes > segment:
        return (f'one of {size_bytes:,} bytes does not fit the shared-memory segment of '
                f'{segment:,} bytes of Fast DDS: {setting}')
    if not size_bytes:
        return (f'none came: {TOO_BUSY}, or they do not fit the shared-memory segment of Fast '
                f'DDS, {segment:,} bytes here: {setting}')
    return (f'the largest that came has {size_bytes:,} bytes; the shared-memory segment of Fast '
            f"DDS has {segment:,} bytes here, and the sender's may be too small: {setting}")


def _of_profile(root: ElementTree.Element, builtin: int | None) -> int | None:
    """Return the size of the segment that the default participant of a profile uses."""
    for element in root.iter():
        element.tag = element.tag.rpartition('}')[2]    # any version's namespace, or none
    participant = root.find('.//participant[@is_default_profile="true"]')
    if participant is None:
        return builtin
    used = {e.text.strip() for e in participant.iterfind('.//userTransports/transport_id')}
    for transport in root.iterfind('.//transport_descriptor'):
        if transport.findtext('transport_id', '').strip() in used and (
                transport.findtext('type', '').strip() == 'SHM'):
            return int(transport.findtext('segment_size', str(DEFAULT_BYTES)))
    uses_builtin = participant.findtext('.//useBuiltinTransports', 'true').strip().lower()
    return None if uses_builtin in ('false', '0') else builtin

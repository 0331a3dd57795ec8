"""Bags whose writer was killed: everything up to the last whole chunk is kept."""
from dataclasses import dataclass
import fcntl
from io import SEEK_END
import os
from pathlib import Path
import shutil
import struct
from typing import BinaryIO

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.recorded import Episode, episode_from_json
from vla_ros.recording.backlog import Sample
from vla_ros.recording.bag import Bag, reader_of, Schemas, TEXT, text_message, text_of
from vla_ros.recording.take import EPISODE

_MAGIC = b'\x89MCAP0\r\n'
_DATA_END = 0x0F
# Data end, then a footer that knows of no summary: a reader then reads from the front.
_END = struct.pack('<BQI', _DATA_END, 4, 0) + struct.pack('<BQQQI', 0x02, 20, 0, 0, 0) + _MAGIC


@dataclass(frozen=True)
class Repaired:
    """A bag that is whole again."""

    path: Path
    messages: int
    length_s: float
    lost_bytes: int
    """What was cut off: the piece that was being written."""


def interrupted(folder: Path | str) -> list[Path]:
    """Return the bags in a folder, or the folder itself, that have no metadata.yaml."""
    folder = Path(folder).expanduser()
    return [bag for bag in (folder, *sorted(folder.glob('*')))
            if _file_of(bag).is_file() and not (bag / 'metadata.yaml').exists()]


def repair(bag: Path) -> Repaired:
    """
    Make an interrupted bag whole: index, metadata, and its episode with an unknown outcome.

    :raises InvalidValueError: if it is being recorded, or holds nothing.
    """
    with _file_of(bag).open('r+b') as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InvalidValueError(f'{bag}: is being recorded') from None
        lost = _seal(file)
    whole = bag.with_name('.repairing') / bag.name
    shutil.rmtree(whole.parent, ignore_errors=True)
    whole.parent.mkdir()
    messages, length_s = _copy(_file_of(bag), whole)
    shutil.rmtree(bag)
    whole.rename(bag)
    whole.parent.rmdir()
    return Repaired(bag, messages, length_s, lost)


def _file_of(bag: Path) -> Path:
    return bag / f'{bag.name}.mcap'


def _seal(file: BinaryIO) -> int:
    """
    Cut off what is not whole and end the file as MCAP wants it; return how much was cut [bytes].

    From then on any reader of MCAP reads it.

    :raises InvalidValueError: if there is nothing that is whole.
    """
    size, whole = file.seek(0, SEEK_END), len(_MAGIC)
    file.seek(0)
    if file.read(whole) != _MAGIC:
        raise InvalidValueError(f'{file.name}: no MCAP file, or nothing was written to it')
    while len(head := file.read(9)) == 9:
        operation, length = struct.unpack('<BQ', head)
        if operation == _DATA_END or whole + 9 + length > size:
            break
        whole = file.seek(whole + 9 + length)
    file.truncate(whole)
    file.seek(whole)
    file.write(_END)
    file.flush()
    os.fdatasync(file.fileno())
    return size - whole


def _copy(file: Path, to: Path) -> tuple[int, float]:
    """
    Write all messages of a file into a new bag; return how many, and the time they span [s].

    :raises InvalidValueError: if there is none.
    """
    with reader_of(file) as reader:
        if not reader.message_count:
            raise InvalidValueError(f'{file}: holds no message: remove {file.parent}')
        types = {c.topic: c.msgtype for c in reader.connections}
        topic = next((t for t in types if t.rpartition('/')[2] == EPISODE), f'/{EPISODE}')
        types[topic], episode, stamp_ns = TEXT, Episode(), 0
        bag = Bag(to, types, Schemas(types.values()), 'none')
        for connection, stamp_ns, data in reader.messages():
            bag.write(Sample(connection.topic, stamp_ns, data))
            if connection.topic == topic:
                episode = episode_from_json(text_of(data))
        bag.write(Sample(topic, stamp_ns, text_message(episode.to_json())))
        bag.close({EPISODE: episode.to_json()})
        return reader.message_count, reader.duration / 1e9

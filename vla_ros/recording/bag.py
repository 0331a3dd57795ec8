"""
One rosbag2 folder in MCAP, by the `rosbags` package, of which each piece is whole at once.

MCAP is a row of records; a chunk holds the messages of a while. A chunk that is in the file is
never touched again, so whoever kills the writer loses what came since the last `flush`.
"""
from collections.abc import Iterable
import fcntl
from functools import lru_cache
import os
from pathlib import Path
from typing import Any

from vla_ros.core.errors import ConfigurationError, MissingDependencyError
from vla_ros.recording.backlog import Sample

try:
    from rosbags.rosbag2 import (
        CompressionFormat,
        CompressionMode,
        Reader,
        StoragePlugin,
        Writer,
    )
    from rosbags.typesys import get_typestore, Stores
except ImportError as error:
    raise MissingDependencyError(
        "recording needs rosbags: pip install 'rosbags>=0.11'") from error

TEXT = 'std_msgs/msg/String'
_VERSION = 8
"""Of rosbag2's metadata: the last before the form of quality-of-service profiles changed."""


@lru_cache(maxsize=1)
def _store() -> Any:
    return get_typestore(Stores.LATEST)


def text_message(text: str) -> bytes:
    """Return a std_msgs/String, serialised."""
    return bytes(_store().serialize_cdr(_store().types[TEXT](text), TEXT))


def text_of(data: bytes) -> str:
    """Return the text of a serialised std_msgs/String; empty if the bytes are none."""
    try:
        return _store().deserialize_cdr(data, TEXT).data
    except Exception:  # of whatever type the bytes provoke
        return ''


def reader_of(path: Path) -> Reader:
    """Return a reader of a bag's folder, or of its file alone; a context manager."""
    return Reader(path)


class Schemas:
    """The definitions of the types that are recorded: made once, for that takes a while."""

    def __init__(self, type_names: Iterable[str]):
        """
        Look the types up.

        :raises ConfigurationError: if one is none of the common interfaces of ROS 2.
        """
        names = set(type_names)
        if unknown := sorted(names - _store().types.keys()):
            raise ConfigurationError(
                f'topics: {unknown}: not among the message types that can be recorded, which are '
                'those of common_interfaces')
        self._known = {n: {'msgdef': _store().generate_msgdef(n, ros_version=2)[0],
                           'rihs01': _store().hash_rihs01(n)} for n in names}

    def of(self, type_name: str) -> dict[str, str]:
        """Return what `Writer.add_connection` wants to know of a type."""
        return self._known[type_name]


class Bag:
    """A bag that is being written. Used by one thread at a time."""

    def __init__(self, path: Path, types: dict[str, str], schemas: Schemas, compression: str):
        """
        Begin a bag.

        :param types: type of the messages of each topic.
        :raises OSError: if the folder can't be made.
        """
        self.path = path
        self._types, self._schemas, self._last_ns = types, schemas, 0
        self._connections: dict[str, Any] = {}
        self.size_bytes = 0
        """How much no kill can take."""
        self._writer = Writer(path, version=_VERSION, storage_plugin=StoragePlugin.MCAP)
        if compression == 'zstd':
            self._writer.set_compression(CompressionMode.STORAGE, CompressionFormat.ZSTD)
        self._writer.open()
        self._storage: Any = self._writer.storage
        fcntl.flock(self._storage.bio, fcntl.LOCK_EX)   # gone with the process, however it ends

    def write(self, sample: Sample) -> None:
        """
        Add a message; one that seems to be older than the last counts as coming with it.

        :raises OSError: if the disk is full.
        """
        if (connection := self._connections.get(sample.topic)) is None:
            name = self._types[sample.topic]
            connection = self._connections[sample.topic] = self._writer.add_connection(
                sample.topic, name, **self._schemas.of(name))
        self._last_ns = max(self._last_ns, sample.stamp_ns)
        self._writer.write(connection, self._last_ns, sample.data)

    def flush(self) -> None:
        """
        Hand everything to the system, where no kill takes it, and have it written to the disk.

        Nobody waits for the disk: what the end of the power takes is up to the system.

        :raises OSError: if the disk is full.
        """
        if self._storage.chunk.bio.tell():
            self._storage.close_chunk()
        self._storage.bio.flush()
        os.posix_fadvise(self._storage.bio.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        self.size_bytes = self._storage.bio.tell()

    def close(self, custom: dict[str, str]) -> None:
        """
        End the bag: index and metadata.yaml, with words of ours.

        :raises OSError: if the disk is full.
        """
        for key, value in custom.items():
            self._writer.set_custom_data(key, value)
        self._writer.close()

    def abort(self) -> None:
        """Leave the bag as it is, without an index; `repair` makes it whole."""
        try:
            self._writer.abort()
        except OSError:
            pass                                        # what waited goes where the disk is full

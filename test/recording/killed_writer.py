"""
Write an episode in a process of its own, kill it, and say what is lost.

By itself: `python test/recording/killed_writer.py 20`.
"""
from pathlib import Path
import signal
import subprocess
import sys
import tempfile
import time

from vla_ros.recording.backlog import Sample
from vla_ros.recording.bag import reader_of, text_message
from vla_ros.recording.channels import Channel
from vla_ros.recording.recorder import Recorder, Topics
from vla_ros.recording.repair import interrupted, repair
from vla_ros.recording.settings import RecorderSettings

WRITE_HZ, MESSAGE_HZ = 20.0, 200.0
TOPICS = Topics(('/voice_command',), '/command_gate/state', '/episode')
CHANNELS = (Channel('/voice_command', 'std_msgs/msg/String'),
            Channel('/camera/image_raw', 'sensor_msgs/msg/Image'))
PICTURE_BYTES = 320 * 240 * 3


def write_until_killed(folder: Path) -> None:
    """Put messages and pictures as the node would; print each, so that others know it came."""
    recorder = Recorder(CHANNELS, TOPICS, RecorderSettings(str(folder), disk_reserve_mb=0.0))
    recorder.start('episode', time.time_ns())
    next_s, count = time.monotonic(), 0
    while True:
        recorder.backlog.put(Sample('/voice_command', time.time_ns(), text_message(str(count))))
        if count % 120 == 0:                            # a full chunk would be written early
            recorder.backlog.put(Sample('/camera/image_raw', time.time_ns(),
                                        bytes(PICTURE_BYTES)))
        print(count, flush=True)
        if count % int(MESSAGE_HZ / WRITE_HZ) == 0:
            recorder.work(time.monotonic())
        count, next_s = count + 1, next_s + 1 / MESSAGE_HZ
        time.sleep(max(0.0, next_s - time.monotonic()))


def lost_s(folder: Path, after_messages: int) -> float:
    """
    Kill a writer after so many messages, repair its bag, and return what is missing [s].

    What is there has to be everything up to some instant.
    """
    with subprocess.Popen([sys.executable, __file__, '--write', folder],
                          stdout=subprocess.PIPE, text=True) as writer:
        for line in writer.stdout:
            if int(line) >= after_messages:
                break
        writer.send_signal(signal.SIGKILL)
        sent = int([line, *writer.stdout.read().split()][-1]) + 1
    bag, = interrupted(folder)
    repair(bag)
    with reader_of(bag) as reader:
        kept = [int(data[8:-1]) for c, _, data in reader.messages()
                if c.topic == '/voice_command']
    assert kept == list(range(len(kept))), 'a message is missing in the middle'
    return (sent - len(kept)) / MESSAGE_HZ


if __name__ == '__main__':
    if sys.argv[1] == '--write':
        write_until_killed(Path(sys.argv[2]))
    found = []
    for trial in range(int(sys.argv[1])):
        with tempfile.TemporaryDirectory() as scratch:
            found.append(lost_s(Path(scratch), 100 + 37 * trial))
    print(f'{len(found)} kills: lost at most {max(found):.2f} s, '
          f'{sum(found) / len(found):.2f} s in the mean')

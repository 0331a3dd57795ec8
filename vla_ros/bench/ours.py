"""The fusion node as it is, noting when each command leaves."""
from argparse import ArgumentParser
import math
from pathlib import Path
import sys
import time

from sensor_msgs.msg import CompressedImage, Image

from vla_ros.bench.recorder import Decided, Log, Sent
from vla_ros.core.values import ActionChunk, Command, CommandSource
from vla_ros.nodes.fusion_node import FusionNode
from vla_ros.ros.conversions import seconds_of
from vla_ros.ros.process import run_node


class MeasuredFusion(FusionNode):
    """Counts only what the policy decided: zeros of a node that waits are no commands."""

    def __init__(self, path: Path):
        self._path, self._log, self._number = path, Log(), 0
        self._decided_s = (math.nan, math.nan)
        """Times of image and joints of what was last decided, or written anew, on [s]."""
        super().__init__()
        controller = self.controller
        self._put, controller.image.put = controller.image.put, self._noted
        self._accept, controller.accept = controller.accept, self._accepted

    def _noted(self, msg: Image | CompressedImage, *times_s: float | None) -> None:
        self._put(msg, *times_s)
        self._log.frames_s.append(seconds_of(msg.header.stamp))

    def _accepted(self, chunk: ActionChunk, number: int, body_s: float) -> None:
        """Take a decision, and note that it is there; in the policy's and the command's thread."""
        self._accept(chunk, number, body_s)
        told = self.controller.instruction
        if told.number == number:
            self._decided_s = chunk.origin_s, body_s
            if number != self._number:
                self._number = number
                self._log.decided.append(Decided(time.monotonic(), told.text))

    def _send(self, command: Command, now_s: float) -> None:
        """Send a command, and note that it left; in the command's thread."""
        (image_s, joints_s), decide_s = self._decided_s, self.threads.decide_s
        super()._send(command, now_s)
        if command.source is CommandSource.POLICY:
            left_s = time.monotonic()
            self._log.sent.append(Sent(left_s, left_s - now_s, left_s - image_s, left_s - joints_s,
                                       image_s, decide_s))

    def close(self) -> None:
        """End as the fusion node does, and write the log."""
        super().close()
        self._log.write(self._path)


def main() -> int:
    """Run the node until it is told to end."""
    parser = ArgumentParser()
    parser.add_argument('--log', type=Path, required=True)
    own, others = parser.parse_known_args()
    return run_node(lambda: MeasuredFusion(own.log), others)


if __name__ == '__main__':
    sys.exit(main())

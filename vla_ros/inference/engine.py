"""
How a model is computed: as it is, for any number of robots, or lean, for one.

Dimensions: F images, B robots, L words, K chunk steps, A actions, N vision tokens, S slots.
"""
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch.nn.utils.rnn import pad_sequence

from vla_ros.inference.lean import LeanDecision, Read
from vla_ros.models.temporal import TemporalState
from vla_ros.models.vla import BodyState, Draft, VisionFeatures, VlaModel

Encode = Callable[[torch.Tensor], Sequence[torch.Tensor]]
"""Returns tokens and described of one image (1, H, W, 3) uint8: see `VisionFeatures`."""
Graph = Callable[..., Sequence[torch.Tensor]]
"""Computes `LeanDecision.forward`."""


class Attended(NamedTuple):
    """Where the named thing was found, and what was read for that."""

    log_probability: torch.Tensor
    """(B, N) log of the probability that a token shows it."""
    reading: torch.Tensor
    """(B, S, L) the share of each word in what each slot reads."""


class Answer(NamedTuple):
    """What a model says to one robot."""

    actions: torch.Tensor
    """(K, A), scaled."""
    progress: torch.Tensor
    """() logit."""
    attended: Attended
    memory: TemporalState | None
    """Afterwards; None: the model has none."""
    draft: Draft
    """What the actions are written from, but for the joints; B = 1."""


class PlainEngine:
    """The model as it was trained, in the precision of its weights."""

    def __init__(self, model: VlaModel):
        self._model = model
        self._dtype = next(model.parameters()).dtype

    def encode(self, images: torch.Tensor) -> VisionFeatures:
        """Return what images (F, H, W, 3) uint8 show, in float32."""
        seen = self._model.encode_vision(images)
        return VisionFeatures(seen.tokens.float(), seen.described.float())

    def decide(self, seen: VisionFeatures, words: Sequence[torch.Tensor],
               bodies: Sequence[BodyState],
               memories: Sequence[TemporalState | None]) -> list[Answer]:
        """
        Return the answer to each of B robots.

        :param seen: of B images.
        :param words: for each robot (L, text width), L may differ.
        """
        keep = pad_sequence([torch.ones(len(w), dtype=torch.bool) for w in words], True)
        body = BodyState(*(torch.cat(parts).to(self._dtype) for parts in zip(
            *(vars(b).values() for b in bodies), strict=True)))
        decision = self._model.decide(
            VisionFeatures(seen.tokens.to(self._dtype), seen.described.to(self._dtype)),
            pad_sequence(list(words), True).to(self._dtype), keep, body,
            _cast(_joined(memories), self._dtype))
        grounding, state = decision.grounding, _cast(decision.state, torch.float32)
        return [Answer(decision.actions[i].float(), decision.progress[i].float(),
                       Attended(grounding.log_probability[i:i + 1],
                                grounding.reading[i:i + 1, :, :len(w)]),
                       _of_one(state, i), _draft_of(decision.draft, i))
                for i, w in enumerate(words)]


class LeanEngine:
    """
    Another way to compute: an image alone, and the decision for one robot.

    Several are left to the model. What is made of a sentence is kept until the next one.
    """

    def __init__(self, plain: PlainEngine, lean: LeanDecision, graph: Graph,
                 encode: Encode | None = None):
        """
        Compute in another way than the model.

        :param graph: computes what `lean` does.
        :param encode: returns tokens and described of one image; None: the model's way.
        """
        self._plain, self._lean, self._graph, self._encode = plain, lean, graph, encode
        self._said: tuple[torch.Tensor, Read, torch.Tensor] | None = None

    def encode(self, images: torch.Tensor) -> VisionFeatures:
        """Return what images (F, H, W, 3) uint8 show."""
        if self._encode is None or len(images) > 1:
            return self._plain.encode(images)
        return VisionFeatures(*self._encode(images))

    def decide(self, seen: VisionFeatures, words: Sequence[torch.Tensor],
               bodies: Sequence[BodyState],
               memories: Sequence[TemporalState | None]) -> list[Answer]:
        """Return the answer to each of B robots: see `PlainEngine.decide`."""
        if len(words) > 1:
            return self._plain.decide(seen, words, bodies, memories)
        read, reading = self._read(words[0])
        memory = memories[0]
        out = self._graph(*lean_inputs(seen, read, bodies[0], memory))
        if memory:
            recurrent, window, slots, place, strength = out[5:]
            memory = TemporalState(recurrent, window, memory.ticks + 1, slots, place, strength)
        draft = Draft(out[3], read.words.mean(dim=0, keepdim=True), out[4])
        return [Answer(out[0], out[1], Attended(out[2][None], reading[None]), memory, draft)]

    def _read(self, words: torch.Tensor) -> tuple[Read, torch.Tensor]:
        if self._said is None or self._said[0] is not words:
            self._said = words, *self._lean.read(words)
        return self._said[1:]


def lean_inputs(seen: VisionFeatures, read: Read, body: BodyState,
                memory: TemporalState | None) -> tuple[torch.Tensor, ...]:
    """Return what `LeanDecision.forward` takes."""
    return (seen.tokens, seen.described, *read, *vars(body).values(),
            *(vars(memory).values() if memory else ()))


def _cast(state: TemporalState | None, dtype: torch.dtype) -> TemporalState | None:
    """Return a memory in another precision; ticks are counted all the same."""
    return state and TemporalState(**{
        name: part.to(dtype) if part.is_floating_point() else part
        for name, part in vars(state).items()})


def _joined(states: Sequence[TemporalState | None]) -> TemporalState | None:
    """Return the memories of several robots as one."""
    if states[0] is None or len(states) == 1:
        return states[0]
    return TemporalState(*(torch.cat(parts, 2 if name == 'recurrent' else 0) for name, parts in (
        (name, [getattr(s, name) for s in states]) for name in vars(states[0]))))


def _draft_of(draft: Draft, robot: int) -> Draft:
    """Return what the chunk of one robot of several is written from, in float32."""
    return Draft(*(part[robot:robot + 1].float() for part in vars(draft).values()))


def _of_one(state: TemporalState | None, robot: int) -> TemporalState | None:
    """Return the memory of one robot of several."""
    return state and TemporalState(**{
        name: part.narrow(2 if name == 'recurrent' else 0, robot, 1)
        for name, part in vars(state).items()})

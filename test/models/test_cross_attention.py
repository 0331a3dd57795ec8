"""Laws of cross-modal attention: what may reach a token, and that the arithmetic is right."""
import math

import pytest
import torch
from torch.nn import functional

from vla_ros.models.cross_attention import CrossModalAttention

LENGTHS = {'vision': 10, 'language': 6, 'action': 3}
MODALITIES = tuple(LENGTHS)
BATCH, WIDTH, HEADS = 3, 32, 4


@pytest.fixture
def tokens():
    generator = torch.Generator().manual_seed(0)
    return {m: torch.randn(BATCH, n, WIDTH, generator=generator, dtype=torch.float64)
            for m, n in LENGTHS.items()}


@pytest.fixture
def attention():
    torch.manual_seed(1)
    attention = CrossModalAttention(WIDTH, HEADS, MODALITIES).double().eval()
    for parameter in attention.parameters():            # norms begin as ones, biases near zero
        torch.nn.init.normal_(parameter, std=0.3)
    return attention


def _padding(modality, kept):
    """Return a mask with which only the first `kept` tokens of a modality count."""
    keep = torch.zeros(BATCH, LENGTHS[modality], dtype=torch.bool)
    keep[:, :kept] = True
    return {modality: keep}


def _same(a, b):
    return torch.allclose(a, b, rtol=0, atol=1e-12)


@pytest.mark.parametrize('changed', MODALITIES)
@pytest.mark.parametrize('keep', [None, _padding('language', 4)], ids=['whole', 'padded'])
def test_one_sample_never_changes_another(attention, tokens, changed, keep):
    before, _ = attention(tokens, keep)
    after, _ = attention({**tokens, changed: tokens[changed] * torch.tensor(
        [1.0, -2.0, 1.0])[:, None, None]}, keep)
    for m in MODALITIES:
        assert torch.equal(before[m][[0, 2]], after[m][[0, 2]])
        assert not torch.allclose(before[m][1], after[m][1])


def test_a_batch_is_what_its_samples_are_alone(attention, tokens):
    together, maps = attention(tokens, _padding('language', 4), need_maps=True)
    for i in range(BATCH):
        keep = {m: k[i:i + 1] for m, k in _padding('language', 4).items()}
        alone, own = attention({m: t[i:i + 1] for m, t in tokens.items()}, keep, need_maps=True)
        assert all(_same(together[m][i], alone[m][0]) for m in MODALITIES)
        assert all(_same(maps[pair][i], own[pair][0]) for pair in maps)


@pytest.mark.parametrize('padded', MODALITIES)
def test_a_padded_token_never_matters(attention, tokens, padded):
    kept = LENGTHS[padded] - 2
    before, _ = attention(tokens, _padding(padded, kept))
    noise = tokens[padded].clone()
    noise[:, kept:] = 1e4 * torch.randn(BATCH, 2, WIDTH, dtype=torch.float64)
    after, _ = attention({**tokens, padded: noise}, _padding(padded, kept))
    short, _ = attention({**tokens, padded: tokens[padded][:, :kept]})
    for m in MODALITIES:
        real = slice(kept if m == padded else None)
        assert _same(before[m][:, real], after[m][:, real])
        assert _same(before[m][:, real], short[m])          # as if it had never been there


@pytest.mark.parametrize('mixed', MODALITIES)
def test_without_positions_the_order_of_tokens_changes_nothing_downstream(
        attention, tokens, mixed):
    order = torch.randperm(LENGTHS[mixed], generator=torch.Generator().manual_seed(2))
    before, _ = attention(tokens)
    after, _ = attention({**tokens, mixed: tokens[mixed][:, order]})
    for m in MODALITIES:
        assert _same(before[m][:, order] if m == mixed else before[m], after[m])


@pytest.mark.parametrize('dtype', [torch.float64, torch.float32, torch.bfloat16])
@pytest.mark.parametrize('absent', MODALITIES)
def test_a_fully_masked_modality_gives_finite_numbers(attention, tokens, absent, dtype):
    tokens = {m: t.to(dtype) for m, t in tokens.items()}
    attention = attention.to(dtype)
    new, maps = attention(tokens, _padding(absent, 0), need_maps=True)
    sum(t.sum() for t in new.values()).backward()
    assert all(torch.isfinite(t).all() for t in (*new.values(), *maps.values()))
    assert all(torch.isfinite(p.grad).all() for p in attention.parameters()
               if p.grad is not None)
    assert not any(maps[m, absent].any() for m in MODALITIES if m != absent)


@pytest.mark.parametrize('absent', MODALITIES)
def test_a_fully_masked_modality_says_nothing(attention, tokens, absent):
    before, _ = attention(tokens, _padding(absent, 0))
    after, _ = attention({**tokens, absent: -3 * tokens[absent]}, _padding(absent, 0))
    assert all(torch.equal(before[m], after[m]) for m in MODALITIES if m != absent)


def test_nobody_asks_itself(attention, tokens):
    _, maps = attention(tokens, need_maps=True)
    assert maps.keys() == {(a, b) for a in MODALITIES for b in MODALITIES if a != b}


@pytest.mark.parametrize('kept', [6, 4])
def test_attention_maps_are_shares_of_what_counts(attention, tokens, kept):
    _, maps = attention(tokens, _padding('language', kept), need_maps=True)
    for (asking, asked), shares in maps.items():
        assert shares.shape == (BATCH, HEADS, LENGTHS[asking], LENGTHS[asked])
        assert _same(shares.sum(-1), torch.ones(shares.shape[:-1], dtype=torch.float64))
    assert not maps['action', 'language'][..., kept:].any()


@pytest.mark.parametrize('keep', [
    None, _padding('language', 4), _padding('vision', 0),
    {**_padding('language', 1), **_padding('action', 2)}],
    ids=['whole', 'words padded', 'blind', 'both padded'])
@pytest.mark.parametrize('need_maps', [False, True])
def test_it_is_plain_attention_written_as_loops(attention, tokens, keep, need_maps):
    new, _ = attention(tokens, keep, need_maps)
    weights = attention.state_dict()
    for m in MODALITIES:
        for i in range(BATCH):
            sample = {k: t[i] for k, t in tokens.items()}
            kept = {k: mask[i] for k, mask in (keep or {}).items()}
            wanted = _plain(weights, m, sample, kept)
            assert new[m][i].dtype == torch.float64
            assert torch.allclose(new[m][i], wanted, rtol=1e-12, atol=1e-12)


def _plain(weights, asking, sample, kept):
    """Return the new tokens (N, D) of one modality of one sample, one token after another."""
    def linear(name, x):
        return weights[f'{name}.weight'] @ x + weights[f'{name}.bias']

    def normed(m):
        return [functional.layer_norm(x, (WIDTH,), weights[f'norm.{m}.weight'],
                                      weights[f'norm.{m}.bias']) for x in sample[m]]

    new = []
    for token, own in zip(sample[asking], normed(asking), strict=True):
        query, read = linear(f'query.{asking}', own), []
        for asked in (m for m in MODALITIES if m != asking):
            known = [linear(f'key_value.{asked}', x) for j, x in enumerate(normed(asked))
                     if asked not in kept or kept[asked][j]]
            # The two halves of key_value are cut head by head: key, value, key, value, ...
            read += [_one_head(query, known, head) for head in range(HEADS)]
        new.append(token + linear(f'output.{asking}', torch.cat(read)))
    return torch.stack(new)


def _one_head(query, known, head):
    """Return what one head reads of the (2 D) keys and values of the tokens that count."""
    size = WIDTH // HEADS
    answer = torch.zeros(size, dtype=torch.float64)
    asked = query[head * size:(head + 1) * size]
    both = [x[head * 2 * size:(head + 1) * 2 * size] for x in known]
    scores = [math.exp(float(asked @ x[:size]) / math.sqrt(size)) for x in both]
    for score, x in zip(scores, both, strict=True):
        answer = answer + score / sum(scores) * x[size:]
    return answer

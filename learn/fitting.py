"""One stage of a training, and reading by what was trained."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from learn.batches import Batches, Places
from learn.model import Reader

SMOOTHED = 0.02  # how far a label stays from 0 and 1 (label smoothing, Szegedy et al. 2016)
LEFT_OUT, RARE = 0.3, 2.0  # weight of the tokens' loss, and in it of those that are left out
WARM = 0.06  # share of the steps in which the rate rises; then it falls to nothing
AT_ONCE = 512  # examples that are read
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Epochs, the highest learning rate, the most tokens of a batch, and the seed of its batches."""

    epochs: int
    rate: float
    tokens: int
    seed: int


@dataclass(frozen=True, slots=True)
class Targets:
    """Of each example: its weight, the teacher's probability, and what the label counts beside that (0 to 1)."""

    weight: Floats
    teacher: Floats
    label: Floats


def fit(reader: Reader, batches: Batches, places: Places, schedule: Schedule, targets: Targets) -> None:
    """Train a reader on these examples with AdamW."""
    reader.train()
    trained = [parameter for parameter in reader.parameters() if parameter.requires_grad]
    groups = [
        {"params": [each for each in trained if each.ndim > 1], "weight_decay": 0.02},
        {"params": [each for each in trained if each.ndim < 2], "weight_decay": 0.0},
    ]
    fused = batches.device.type == "cuda"
    optimizer = torch.optim.AdamW(groups, lr=schedule.rate, betas=(0.9, 0.98), eps=1e-6, fused=fused)
    on_device = [batches.on_device(each) for each in (targets.weight, targets.teacher, targets.label)]
    rng = np.random.default_rng(schedule.seed)
    steps = [batch for _ in range(schedule.epochs) for batch in batches.drawn(places, schedule.tokens, rng)]
    for step, batch in enumerate(steps):
        share = min((step + 1) / (WARM * len(steps)), (len(steps) - step) / (len(steps) * (1 - WARM)))
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate * share
        chosen = torch.tensor(batch, device=batches.device)
        weight, teacher, label = (each[chosen] for each in on_device)
        optimizer.zero_grad(set_to_none=True)
        loss(reader, batches, chosen, weight, teacher, label).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()


def loss(reader: Reader, batches: Batches, chosen: Tensor, weight: Tensor, teacher: Tensor, label: Tensor) -> Tensor:
    """Cross entropy of the answer with label and teacher, and of the tokens where it is known which are left out."""
    ids, question, length = batches.composed(chosen)
    with torch.autocast(batches.device.type, dtype=torch.bfloat16):
        answers, tokens = reader(ids, question, length)
    answered, marked = batches.answered[chosen], batches.left_out[chosen]
    target = (answered * (1 - 2 * SMOOTHED) + SMOOTHED) * label + teacher * (1 - label)
    each = functional.binary_cross_entropy_with_logits(answers, target, reduction="none")
    whole = (each * weight).sum() / weight.sum()
    most = min(marked.shape[1], tokens.shape[1] - 1)
    certain = (marked.any(1) | (answered > 0.5)) & (label > 0)
    counts = (torch.arange(most, device=ids.device)[None] < question[:, None]) & certain[:, None]
    of_tokens = functional.binary_cross_entropy_with_logits(
        tokens[:, 1 : most + 1],
        marked[:, :most].float(),
        reduction="none",
        pos_weight=torch.tensor(RARE, device=ids.device),
    )
    return whole + LEFT_OUT * (of_tokens * counts).sum() / counts.sum().clamp(min=1)


@torch.no_grad()
def read(reader: Reader, batches: Batches, places: Places, *, logits: bool = False) -> Floats:
    """What a reader says of each example: probabilities, or logits."""
    reader.eval()
    said = np.zeros(len(places), np.float32)
    order = np.argsort(batches.lengths[places])
    for at in range(0, len(places), AT_ONCE):
        rows = order[at : at + AT_ONCE]
        with torch.autocast(batches.device.type, dtype=torch.bfloat16):
            answers, _ = reader(*batches.composed(torch.tensor(places[rows], device=batches.device)))
        said[rows] = answers.cpu().numpy()
    return said if logits else np.asarray(1 / (1 + np.exp(-said)), np.float32)

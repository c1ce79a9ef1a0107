"""What the tests of a training share. It loads torch, so only they import it, while they run."""

import numpy as np
import torch
from small_reader import small_weights

from learn.batches import MARKS, Batches
from learn.examples import Arrays
from learn.figures import figures
from learn.fitting import Schedule, Targets, fit, read
from learn.model import Reader
from learn.train import FOLDS, LEFT_OUT, STUDENT, UNSEEN, of_fold, seen_by, train

__all__ = ["FOLDS", "LEFT_OUT", "MARKS", "STUDENT", "UNSEEN", "figures", "fit", "of_fold", "read", "seen_by", "train"]
WEIGHTS = small_weights(6)
LONG = Schedule(60, 1e-2, 80, 1)  # enough for ten examples


def reader(layers: int = 1) -> Reader:
    torch.manual_seed(3)
    return Reader(WEIGHTS, layers, dropout=0.0)


def batches(examples: Arrays) -> Batches:
    return Batches(examples, WEIGHTS.special, torch.device("cpu"))


def targets(count: int, *, teacher: float = 0.0, label: float = 1.0) -> Targets:
    return Targets(*(np.full(count, value, np.float32) for value in (1.0, teacher, label)))

"""Teacher, student and folds: `python -m learn train OUT`.

The teacher has all layers of the encoder. The student has half of them and learns the teacher's probabilities beside
the labels (distillation, Hinton et al. 2015), also of examples that nobody has labelled. Three more students each miss
a third of this site's own questions: what they read of that third teaches the decision what a reader says of questions
that it has not seen.
"""

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.encoder.packaged import Weights
from index.encoder.reader import LAYERS
from learn.batches import Batches, Places
from learn.examples import Arrays
from learn.figures import figures
from learn.fitting import Schedule, Targets, fit, read
from learn.model import Reader, first_layers
from learn.records import Origin

STUDENT, UNSEEN = "S.0.npz", "unseen.json"
SEED, FOLDS = 1, 3
GENERAL = (
    Origin.SQUAD2,
    Origin.JAQUAD,
    Origin.XQUAD,
    Origin.CONDAQA,
    Origin.HEADING,
    Origin.WRITTEN,
    Origin.NEAR,
)
OWN = (Origin.OWN_WRITTEN, Origin.OWN_NEAR, Origin.OWN_WORDING, Origin.OWN_PAIR, Origin.OWN_QUESTION)
FINE = (Origin.WRITTEN, Origin.NEAR, *OWN, Origin.SQUAD2)
UNLABELLED = (Origin.NEIGHBOUR, Origin.OWN_NEIGHBOUR, Origin.OWN_CANDIDATE)
LEFT_OUT = (*OWN, Origin.OWN_NEIGHBOUR, Origin.OWN_CANDIDATE)  # by a fold
WEIGHT = {
    **dict.fromkeys((Origin.CONDAQA, Origin.HEADING), 0.5),
    **dict.fromkeys((Origin.WRITTEN, Origin.OWN_WRITTEN, Origin.OWN_PAIR), 1.5),
    **dict.fromkeys((Origin.NEAR, Origin.OWN_NEAR, Origin.OWN_WORDING, Origin.OWN_QUESTION, *UNLABELLED), 0.7),
}
LABEL = 0.4  # what the label counts beside the teacher; of an unlabelled example nothing
TEACHER = Schedule(2, 1.5e-4, 32_000, 2), Schedule(3, 8e-5, 16_000, 3)  # of the general examples, then of the fine
TAUGHT = Schedule(3, 2.5e-4, 24_000, 4), Schedule(4, 1.2e-4, 14_000, 5)
FOLD = tuple(Schedule(4, 1.2e-4, 14_000, 6 + fold) for fold in range(FOLDS))
Floats = NDArray[np.float32]


def train(examples: Arrays, weights: Weights, out: Path, say: Callable[[str], None]) -> None:
    """Write the student's weights, and the readings by students that have not seen the question, into `out`."""
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.manual_seed(SEED)
    batches = Batches(examples, weights.special, device)
    general, fine, unlabelled = (examples.of(*origins) for origins in (GENERAL, FINE, UNLABELLED))
    weight = weights_of(examples)
    teacher = Reader(weights, weights.layers).to(device)
    labels = Targets(weight, np.zeros_like(weight), np.ones_like(weight))
    for name, chosen, schedule in zip(("general", "fine"), (general, fine), TEACHER, strict=True):
        fit(teacher, batches, chosen, schedule, labels)
        say(f"teacher, {name}: {figures(teacher, batches)}")
    read_by_teacher = np.unique(np.concatenate([general, fine, unlabelled]))
    targets = Targets(weight, np.zeros_like(weight), np.full_like(weight, LABEL))
    targets.teacher[read_by_teacher] = read(teacher, batches, read_by_teacher)
    targets.label[unlabelled] = 0.0
    student = Reader(weights, LAYERS, dropout=0.05).to(device)
    first_layers(teacher, student)
    del teacher
    fit(student, batches, general, TAUGHT[0], targets)
    say(f"student, general: {figures(student, batches)}")
    begun = {name: values.clone() for name, values in student.state_dict().items()}
    both = np.concatenate([fine, unlabelled])
    fit(student, batches, both, TAUGHT[1], targets)
    say(f"student, fine: {figures(student, batches)}")
    np.savez(out / STUDENT, **student.saved())  # type: ignore[arg-type]
    unseen: dict[str, float] = {}
    for fold, schedule in enumerate(FOLD):
        student.load_state_dict(begun)
        fit(student, batches, seen_by(examples, both, fold), schedule, targets)
        unseen |= readings(student, batches, of_fold(examples, examples.of(Origin.OWN_CANDIDATE), fold))
        say(f"fold {fold + 1} of {FOLDS}: {len(unseen):,} readings")
    (out / UNSEEN).write_text(json.dumps(unseen), "utf-8")


def weights_of(examples: Arrays) -> Floats:
    """What each example counts."""
    weight = {str(origin): WEIGHT.get(origin, 1.0) for origin in Origin}
    return np.array([weight[origin] for origin in examples.origin.tolist()], np.float32)


def of_fold(examples: Arrays, places: Places, fold: int) -> Places:
    """Those of a fold; a family is never torn apart."""
    folds = [zlib.crc32(family.encode()) % FOLDS for family in examples.family[places].tolist()]
    chosen: Places = places[np.array(folds, np.int64) == fold]
    return chosen


def seen_by(examples: Arrays, places: Places, fold: int) -> Places:
    """Those that the student of a fold learns from: all but this third of the site's own."""
    return places[~np.isin(places, of_fold(examples, examples.of(*LEFT_OUT), fold))]


def readings(reader: Reader, batches: Batches, places: Places) -> dict[str, float]:
    """What a reader says of these examples, as logits by their names."""
    said = read(reader, batches, places, logits=True)
    names = batches.examples.name[places].tolist()
    return {name: round(float(logit), 3) for name, logit in zip(names, said, strict=True)}

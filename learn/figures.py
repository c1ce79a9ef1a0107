"""What a reader knows of examples that did not teach it."""

import numpy as np
from sklearn.metrics import roc_auc_score

from learn.batches import Batches
from learn.fitting import read
from learn.model import Reader
from learn.records import Origin

JUDGED = (Origin.SQUAD2, Origin.JAQUAD, Origin.WRITTEN, Origin.OWN_WRITTEN, Origin.TEST_PAIR)


def figures(reader: Reader, batches: Batches) -> str:
    """Area under the ROC curve by origin, and the share of the pairs whose covered question is read as the better."""
    examples = batches.examples
    parts = []
    for origin in JUDGED:
        places = examples.of(origin, held=True)
        answered = examples.answered[places]
        if 0 < answered.sum() < len(answered):
            area = roc_auc_score(answered, read(reader, batches, places, logits=True))
            parts.append(f"{origin} {area:.3f}")
    places = examples.of(Origin.TEST_PAIR, held=True)
    said = dict(zip(examples.name[places].tolist(), read(reader, batches, places, logits=True).tolist(), strict=True))
    pairs = [name.removesuffix(":b") for name in said if name.endswith(":b")]
    right = [said[f"{pair}:a"] > said[f"{pair}:b"] for pair in pairs if f"{pair}:a" in said]
    return " | ".join([*parts, *([f"pairs in order {np.mean(right):.3f}"] if right else [])])

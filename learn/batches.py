"""Examples on a device, and how they are put together: question, section and the marks around them."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from learn.examples import QUESTION, SECTION, Arrays

MARKS = 3  # tokens: before the question, between the two, at the end
JITTER = 24.0  # tokens: texts of a batch are about as long as each other, and not the same ones each time
Places = NDArray[np.int64]


class Batches:
    """All examples of a training. `special` are the tokens of begin, end, padding and unknown."""

    def __init__(self, examples: Arrays, special: tuple[int, int, int, int], device: torch.device) -> None:
        self.examples, self.special, self.device = examples, special, device
        self._questions, self._sections = self.on_device(examples.questions), self.on_device(examples.sections)
        question = examples.question_lengths[examples.question]
        section = examples.section_lengths[examples.section]
        self.lengths = question + section + MARKS
        self._question_lengths, self._section_lengths = self.on_device(question), self.on_device(section)
        self._question, self._section = self.on_device(examples.question), self.on_device(examples.section)
        self.answered = self.on_device(examples.answered).float()
        self.left_out = self.on_device(examples.left_out)

    def on_device(self, values: NDArray[np.generic]) -> Tensor:
        """The values as a tensor; whole numbers as indices."""
        tensor = torch.tensor(values, device=self.device)
        return tensor.long() if values.dtype == np.int32 else tensor

    def composed(self, examples: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens, padded to the longest, with the numbers of tokens of each question and of each whole text."""
        begin, end, pad, _ = self.special
        question = self._question_lengths[examples]
        length = question + self._section_lengths[examples] + MARKS
        longest = int(length.max())
        place = torch.arange(longest, device=self.device)[None].expand(len(examples), longest)
        middle, last = question[:, None] + 1, length[:, None] - 1
        asked = self._questions[self._question[examples]].gather(1, (place - 1).clamp(0, QUESTION - 1))
        read = self._sections[self._section[examples]].gather(1, (place - middle - 1).clamp(0, SECTION - 1))
        ids = torch.where(place < middle, asked, read).masked_fill(place == 0, begin)
        ids = ids.masked_fill((place == middle) | (place == last), end).masked_fill(place > last, pad)
        return ids, question, length

    def drawn(self, examples: Places, tokens: int, rng: np.random.Generator) -> list[Places]:
        """The examples in batches of at most so many tokens, in an order drawn by `rng`."""
        order = examples[np.argsort(self.lengths[examples] + rng.uniform(0, JITTER, len(examples)))]
        batches: list[Places] = []
        start, longest = 0, 0
        for at, length in enumerate(self.lengths[order].tolist()):
            longest = max(longest, length)
            if at > start and longest * (at - start + 1) > tokens:
                batches.append(order[start:at])
                start, longest = at, length
        batches.append(order[start:])
        rng.shuffle(batches)
        return batches

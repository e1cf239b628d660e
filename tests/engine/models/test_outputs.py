"""Networks with several outputs: the logits are found, or asked for, and never guessed in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError
from acq_engine.models.exporting import convert_module
from acq_engine.models.graph import build_network
from acq_engine.models.untrusted import Request, _open, _take_over


class Several(nn.Module):
    """16 features, 10 logits, 3 of another head, and a sum; returned as `give` says."""

    def __init__(self, give: Any) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.embedding, self.fc, self.other = nn.Linear(16, 16), nn.Linear(16, 10), nn.Linear(16, 3)
        self.give = give

    def forward(self, x: Tensor) -> Any:
        features = self.embedding(self.stem(x).mean((2, 3)))
        return self.give(x, features, self.fc(features), self.other(features))

    def logits(self, x: Tensor) -> Tensor:
        found: Tensor = self.fc(self.embedding(self.stem(x).mean((2, 3))))
        return found


FOUND = {
    "features first": (lambda x, f, y, o: (f, y), "1 (N x 10); not used: 0 (N x 16)."),
    "loss first": (lambda x, f, y, o: {"loss": x.mean() * 0, "logits": y},
                   "logits (N x 10); not used: loss (a single number)."),
    "called logits": (lambda x, f, y, o: {"aux": o, "out": {"logits": y}},
                      "out.logits (N x 10); not used: aux (N x 3)."),
    "with probabilities": (lambda x, f, y, o: (y.softmax(1), y), "1 (N x 10); not used: 0 (N x 10)."),
    "feature maps": (lambda x, f, y, o: (y, x * 2), "0 (N x 10); not used: 1 (N x 3 x 8 x 8)."),
    "nothing in between": (lambda x, f, y, o: (None, y), ""),
}


@pytest.mark.parametrize("kind", FOUND)
def test_the_logits_are_found_and_the_others_named(kind: str) -> None:
    give, words = FOUND[kind]
    module = Several(give).eval()
    converted = convert_module(module, (3, 8, 8))
    x = torch.randn(4, 3, 8, 8)
    torch.testing.assert_close(build_network(converted.structure, converted.state)(x), module.logits(x))
    assert words in converted.note and bool(words) == bool(converted.note)


def test_two_heads_are_a_question_and_the_user_can_answer_it() -> None:
    module = Several(lambda x, f, y, o: (y, o)).eval()
    with pytest.raises(ArchitectureError, match="has 2 outputs, and it is not clear which") as caught:
        convert_module(module, (3, 8, 8))
    assert caught.value.cause == "It returns: 0 (N x 10), 1 (N x 3)." and "--output" in caught.value.hint
    converted = convert_module(module, (3, 8, 8), "1")
    x = torch.randn(4, 3, 8, 8)
    torch.testing.assert_close(build_network(converted.structure, converted.state)(x), module(x)[1])
    assert not any(key.startswith("fc.") for key in converted.state), "what nothing depends on is not kept"
    with pytest.raises(ArchitectureError, match="no output called aux") as caught:
        convert_module(module, (3, 8, 8), "aux")
    assert "0 (N x 10), 1 (N x 3)" in caught.value.cause


def test_an_exported_program_keeps_the_names_of_its_outputs(tmp_path: Path) -> None:
    module = Several(lambda x, f, y, o: {"one": y, "two": o}).eval()
    program = torch.export.export(module, (torch.zeros(3, 3, 8, 8),), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},))
    torch.export.save(program, tmp_path / "net.pt2")
    with pytest.raises(ArchitectureError, match="not clear which"):
        _open(Request("pt2", str(tmp_path / "net.pt2"), "build", None, None), tmp_path)
    answer = _open(Request("pt2", str(tmp_path / "net.pt2"), "build", None, None, "two"), tmp_path)
    (tmp_path / "answer.json").write_text(json.dumps(answer))
    opened = _take_over(tmp_path)
    assert opened.num_classes == 3 and "taken from two (N x 3); not used: one (N x 10)." in opened.notes[0]

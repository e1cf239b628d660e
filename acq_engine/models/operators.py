"""The one table of operators: what every part of the program does with each (OURS).

The loader (`graph`, `conversion`), placement (`acq_engine.quantization.graph_ops`), the list of float parts, the check
of exported files, `inspect` and every export format read it; tests/engine/operations tries each row. An operator that
has no row is refused, before anything is trained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Loader = Literal["layer", "step", "size", "erased", "none"]
Student = Literal["layer", "activation", "gate", "join", "pool", "move", "float", "erased"]
Reference = Literal["integer", "float", "near"]


@dataclass(frozen=True, slots=True)
class Operator:
    """One row.

    Attributes:
        name: torch's, without namespace, overload and in-place mark.
        loader: A model of one's own gets a layer with weights, or a step; "size" computes with whole numbers; "erased"
            does nothing in eval mode; "none" can't be loaded from source, only by architecture.
        student: Where it can get a quantizer and how many bits (`insert_quantizers`); "move" stays on the grid of its
            input; "float" is computed between quantizers as it is.
        reference: In integers; in float number by number, which runtimes repeat to the bit; or with sums in float,
            which they repeat nearly. "integer" holds where its inputs are quantized.
        missing: Export formats that can't hold it.
    """

    name: str
    loader: Loader
    student: Student
    reference: Reference
    missing: tuple[str, ...] = ()


_ROWS: tuple[tuple[Loader, Student, Reference, str, str], ...] = (
    ("layer", "layer", "integer", "", "conv2d linear"),
    ("layer", "float", "near", "tflite", "batch_norm"),
    # Rewritten as one of these where their weights are constants (`acq_engine.quantization.rewrites`).
    ("step", "float", "near", "tflite", "conv1d conv_transpose2d mm addmm matmul"),
    ("step", "float", "near", "tflite", "convolution layer_norm native_layer_norm group_norm native_group_norm "
     "instance_norm"),
    ("step", "activation", "integer", "", "relu relu6"),
    ("step", "activation", "float", "tflite", "hardtanh hardswish silu mish leaky_relu prelu gelu elu selu celu "
     "softplus tanh"),
    ("step", "gate", "float", "tflite", "hardsigmoid sigmoid"),
    ("step", "join", "integer", "", "add"),
    ("step", "join", "integer", "tflite", "mul"),
    ("step", "join", "float", "", "cat"),
    ("step", "join", "float", "tflite", "sub div"),
    ("step", "pool", "integer", "", "adaptive_avg_pool2d"),
    ("step", "pool", "float", "tflite", "avg_pool2d"),
    ("step", "pool", "near", "tflite", "mean"),
    ("step", "move", "integer", "", "max_pool2d view reshape _unsafe_view flatten contiguous clone alias detach slice"),
    ("step", "move", "integer", "tflite", "adaptive_max_pool2d transpose permute chunk split split_with_sizes select "
     "narrow unbind unsqueeze squeeze expand channel_shuffle pixel_shuffle upsample_nearest2d"),
    ("size", "move", "integer", "", "getitem"),
    ("size", "float", "float", "", "sym_size"),
    # What moves values as well, but is not looked through for a quantizer in front of it (padding: see `is_move`).
    ("step", "float", "float", "", "pad constant_pad_nd"),
    ("step", "float", "float", "tflite", "reflection_pad2d replication_pad2d t unflatten stack movedim "
     "swapaxes index_select roll flip expand_as view_as reshape_as pixel_unshuffle slice_scatter select_scatter im2col "
     "unfold to _to_copy type_as lift_fresh_copy max_pool1d max_pool2d_with_indices"),
    ("step", "float", "float", "tflite", "neg rsub pow sqrt rsqrt exp log log1p abs square reciprocal clamp clamp_min "
     "clamp_max minimum maximum floor ceil round sign sin cos erf where masked_fill addcmul addcdiv threshold glu "
     "hardshrink softshrink log_sigmoid amax amin max min gt ge lt le eq ne logical_and logical_or logical_not"),
    ("step", "float", "near", "tflite", "softmax log_softmax _softmax _log_softmax sum var std var_mean std_mean "
     "logsumexp linalg_vector_norm bmm baddbmm einsum scaled_dot_product_attention avg_pool1d adaptive_avg_pool1d "
     "_adaptive_avg_pool2d upsample_bilinear2d"),
    ("erased", "erased", "integer", "", "dropout feature_dropout alpha_dropout feature_alpha_dropout"),
    # Architectures that are known by name have these; a file of one's own may not: they can ask for any memory.
    ("none", "float", "float", "acq tflite", "scalar_tensor full full_like zeros zeros_like ones ones_like arange "
     "repeat index new_zeros new_ones _assert_tensor_metadata"),
    ("none", "float", "near", "acq tflite", "upsample_bicubic2d"),
)


def _table() -> dict[str, Operator]:
    found: dict[str, Operator] = {}
    for loader, student, reference, missing, names in _ROWS:
        for name in names.split():
            assert name not in found, name
            found[name] = Operator(name, loader, student, reference, tuple(missing.split()))
    return found


TABLE: dict[str, Operator] = _table()
"""By name."""


def names(*, loader: Iterable[Loader] = (), student: Iterable[Student] = ()) -> frozenset[str]:
    """The operators with one of these values in each column that is given."""
    loaders, students = set(loader), set(student)
    return frozenset(
        name for name, row in TABLE.items()
        if (not loaders or row.loader in loaders) and (not students or row.student in students)
    )

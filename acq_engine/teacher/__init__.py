"""The frozen teacher: its passes in both modes, its attention, the losses that compare with it, its precision."""

"""Files that ship with ACQ Studio: icons, palettes, help and the built-in sample."""

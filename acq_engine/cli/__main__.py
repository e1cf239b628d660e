"""`python -m acq_engine.cli` is `acq`."""

from acq_engine.cli import main

if __name__ == "__main__":
    main()

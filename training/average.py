"""The mean of several checkpoints of one line of training: `python -m training.average OUT.pt ONE.pt TWO.pt ...`."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    options = parser.parse_args()
    given = [torch.load(path, weights_only=True) for path in options.checkpoints]
    torch.save({name: sum(one[name] for one in given) / len(given) for name in given[0]}, options.out)


if __name__ == "__main__":
    main()

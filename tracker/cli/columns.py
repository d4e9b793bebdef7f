"""Tables for the terminal: plain text in aligned columns, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence


def align(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The table as lines of text; None is an empty cell, and a column that holds nothing but integers stands right."""
    cells = [["" if cell is None else " ".join(str(cell).split()) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    numeric = [all(row[at] is None or isinstance(row[at], int) for row in rows) for at in range(len(header))]
    lines = (
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)

"""Makes the golden runs anew and notes why: `python tests/verification/update_golden.py "reason"`.

Says what changed, writes `golden/*.txt`, and adds a dated line with the reason to CHANGELOG.md. Without a reason it
only says what would change.
"""

from __future__ import annotations

import sys
from datetime import date

from miaopu.tests.verification.golden_runs import (
    CHANGES,
    HERE,
    RUNS,
    differences,
    digest,
    golden_path,
    noted,
    text_of,
    with_note,
)


def main(reason: str) -> int:
    """Compares, and writes where there is a reason; exit code 2 where one is missing."""
    HERE.mkdir(exist_ok=True)
    changed = False
    for scenario, seed in RUNS.items():
        path, now = golden_path(scenario), text_of(scenario, seed)
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        told = differences(kept, now)
        changed = changed or kept != now
        print(f"{scenario}: {len(told)} rows differ")
        print("".join(f"  {line}\n" for line in told[:20]), end="")
        if reason:
            path.write_text(now, encoding="utf-8")
    if not reason:
        print('nothing written: say why, update_golden.py "reason"')
        return 2 if changed else 0
    changes = CHANGES.read_text(encoding="utf-8")
    latest = noted(changes)[:1]
    if not latest or latest[0][1] != digest():
        CHANGES.write_text(with_note(changes, date.today().isoformat(), digest(), reason), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(" ".join(sys.argv[1:]).split())))

"""docs/drill.md: its example is a test that passes."""

import re
from pathlib import Path
from typing import Any

from netx_sim.testing.drill import Drill

PAGE = Path(__file__).parents[2] / "docs/drill.md"


def test_the_example(drill: Drill) -> None:
    block = re.search(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    names: dict[str, Any] = {}
    exec(block[1], names)
    names["test_third_duplicate_ack_resends_before_the_timer"](drill)

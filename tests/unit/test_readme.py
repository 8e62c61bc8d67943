"""What the README shows is what happens."""

import re

import pytest


@pytest.mark.leaks  # an APOP login costs a device one packet
def test_the_example_prints_what_is_said_under_it(request, capsys):
    text = (request.config.rootpath / "README.md").read_text(encoding="utf-8")
    example, said = re.search(r"```python\n(.*?)```\n\nIt prints `(.*?)`\.", text, re.DOTALL).groups()
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out == said + "\n"


def test_the_services_it_names_exist(request):
    import netx_pop3
    import netx_sim

    text = (request.config.rootpath / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Services") : text.index("## Links")]
    public = {*netx_sim.__all__, *netx_pop3.__all__}
    patterns = re.findall(r"`((?:nxd?|tx)_\w+)(\*?)`", table)
    assert len(patterns) > 20
    for name, star in patterns:
        assert any(known.startswith(name) if star else known == name for known in public), name

"""Going through syntax trees; the build does little else, so this is what its time goes to."""

import ast

# What is in a node that is no node, or nothing but where a name is used.
_PLAIN = frozenset(
    """
    ctx type_comment kind op ops lineno id attr arg returns annotation name asname module level simple is_async
    """.split()
)
_LEAVES = ast.Constant | ast.Global | ast.Nonlocal | ast.alias
_fields: dict[type, tuple[str, ...]] = {}


def walk(tree: ast.AST) -> list[ast.AST]:
    """A node and all below it, outer ones first."""
    found = [tree]
    for node in found:
        kind = node.__class__
        fields = _fields.get(kind)
        if fields is None:
            fields = _fields[kind] = _fields_of(node)
        for field in fields:
            value = getattr(node, field, None)
            if value.__class__ is list:
                found += filter(None, value)  # a dict's unpacking has no key, an argument need not have a default
            elif isinstance(value, ast.AST):
                found.append(value)
    return found


def _fields_of(node: ast.AST) -> tuple[str, ...]:
    """Where the nodes are in nodes of this kind."""
    return () if isinstance(node, _LEAVES) else tuple(field for field in node._fields if field not in _PLAIN)

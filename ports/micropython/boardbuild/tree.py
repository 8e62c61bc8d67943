"""Going through syntax trees; the build does little else, so this is what its time goes to."""

import ast

# What is in a node that is no node, or nothing but where a name is used.
_PLAIN = frozenset(("ctx", "type_comment", "kind", "op", "ops", "lineno", "id", "attr", "arg", "returns", "annotation"))


def walk(tree: ast.AST) -> list[ast.AST]:
    """A node and all below it, outer ones first."""
    found = [tree]
    for node in found:
        for field in node._fields:
            if field not in _PLAIN:
                _add(getattr(node, field, None), found)
    return found


def _add(value: object, found: list[ast.AST]) -> None:
    if isinstance(value, list):
        found += [part for part in value if isinstance(part, ast.AST)]
    elif isinstance(value, ast.AST):
        found.append(value)

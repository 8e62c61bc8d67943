"""Computes what can be computed before a program runs: tests that are decided, branches that are never taken."""

import ast

from boardbuild.foreign import MISSING, MISSING_MODULES
from boardbuild.tree import walk

SMALL = 1 << 30  # an int that needs no memory on any board
_COMPARE = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Is: lambda a, b: a is b,
    ast.IsNot: lambda a, b: a is not b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_COMPUTE = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.BitAnd: lambda a, b: a & b,
    ast.BitOr: lambda a, b: a | b,
    ast.LShift: lambda a, b: a << b,
    ast.RShift: lambda a, b: a >> b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
}
_ENDS = ast.Return | ast.Raise | ast.Continue | ast.Break


def is_settled(value: object) -> bool:
    """May this constant stand wherever it is used, at no cost?"""
    return value is None or isinstance(value, str) or (isinstance(value, int) and -SMALL < value < SMALL)


def is_pure(node: ast.AST) -> bool:
    """Does computing this do nothing else?"""
    return all(_is_harmless(part) for part in walk(node))


def _is_harmless(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="len" | "min" | "max" | "bool" | "isinstance")):
            return True
    return not isinstance(node, ast.Call | ast.Await | ast.Yield | ast.YieldFrom)


def is_nothing(body: list[ast.stmt]) -> bool:
    return all(isinstance(statement, ast.Pass) for statement in body)


class Folder(ast.NodeTransformer):
    """Folds one piece of code."""

    def fold(self, tree: ast.Module) -> ast.Module:
        self.visit(tree)
        return tree

    # -- expressions ----------------------------------------------------------------------------

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(False) if node.id == "__debug__" else node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        ends_at = isinstance(node.op, ast.Or)
        kept: list[ast.expr] = []
        for value in node.values:
            if isinstance(value, ast.Constant):
                if bool(value.value) != ends_at and value is not node.values[-1]:
                    continue  # decides nothing
                kept.append(value)
                if bool(value.value) == ends_at:
                    break
            else:
                kept.append(value)
        node.values = kept
        return node if len(kept) > 1 else kept[0]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.operand, ast.Constant):
            if isinstance(node.op, ast.Not):
                return ast.Constant(not node.operand.value)
            if isinstance(node.op, ast.USub) and type(node.operand.value) is int:
                return ast.Constant(-node.operand.value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) > 1 or not isinstance(node.left, ast.Constant):
            return node
        right, operator = node.comparators[0], node.ops[0]
        if isinstance(right, ast.Constant):
            known = right.value
        elif isinstance(right, ast.Tuple) and all(isinstance(part, ast.Constant) for part in right.elts):
            known = tuple(part.value for part in right.elts)
        else:
            return node
        try:
            return ast.Constant(_COMPARE[type(operator)](node.left.value, known))
        except TypeError:
            return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        left, right = node.left, node.right
        if not (isinstance(left, ast.Constant) and isinstance(right, ast.Constant)):
            return node
        if not (isinstance(left.value, int) and isinstance(right.value, int)) or type(node.op) not in _COMPUTE:
            return node
        value = _COMPUTE[type(node.op)](left.value, right.value)
        return ast.Constant(value) if is_settled(value) else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="hasattr"), args=[ast.Name(id=module), ast.Constant(value=name)]):
                return ast.Constant(False) if (module, name) in MISSING else node
            case ast.Call(func=ast.Name(id="bool"), args=[ast.Constant(value=value)]):
                return ast.Constant(bool(value))
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Constant(value=None), _]):
                return ast.Constant(False)
        return node

    # -- statements -----------------------------------------------------------------------------

    def visit_Assert(self, _: ast.Assert) -> None:
        return None

    def visit_Expr(self, node: ast.Expr) -> "ast.stmt | None":
        self.generic_visit(node)
        return None if is_pure(node.value) else node

    def visit_If(self, node: ast.If) -> "ast.stmt | list[ast.stmt] | None":
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse
        if is_nothing(node.body):
            if is_nothing(node.orelse):
                return ast.Expr(node.test) if not is_pure(node.test) else None
            node.test, node.body, node.orelse = ast.UnaryOp(ast.Not(), node.test), node.orelse, []
        return node

    def visit_While(self, node: ast.While) -> "ast.stmt | list[ast.stmt]":
        self.generic_visit(node)
        return node.orelse if isinstance(node.test, ast.Constant) and not node.test.value else node

    def visit_Try(self, node: ast.Try) -> "ast.stmt | list[ast.stmt]":
        match node.body[0]:
            case ast.Import(names=[ast.alias(name=module)]) | ast.ImportFrom(module=module) if (
                module in MISSING_MODULES and node.handlers
            ):
                self.generic_visit(node)
                return node.handlers[0].body
        return self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                setattr(node, field, self._block(body, needed=field == "body" and not isinstance(node, ast.Module)))
        return node

    def _block(self, body: list[ast.stmt], needed: bool) -> list[ast.stmt]:
        """What of a block is ever executed."""
        kept = []
        for statement in body:
            kept.append(statement)
            if isinstance(statement, _ENDS):
                break
        kept = [statement for statement in kept if not isinstance(statement, ast.Pass)]
        return kept or ([ast.Pass()] if needed else [])

"""What went wrong with a mailbox on disk, in one sentence."""

import errno

_SENTENCES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "it is a folder",
    errno.EEXIST: "a part of the path is not a folder",
    errno.ENOENT: "the folder above it does not exist",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file would become larger than allowed",
}


class TargetError(Exception):
    """A mailbox cannot be read or written; the text is one sentence for the user."""


class TargetSpecError(TargetError):
    """The text naming a target is not one."""


def target_error(path: object, error: OSError) -> TargetError:
    """The system's error about a path as one sentence."""
    why = _SENTENCES.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return TargetError(f"{path}: {why}")

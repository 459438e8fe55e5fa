#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// An error of the file system.
package struct FileError: Error, Equatable {
  /// `errno` of the call that failed.
  package let number: Int32

  package init(number: Int32) {
    self.number = number
  }

  /// As C calls it, for example `ENOENT`.
  package var name: String {
    switch number {
    case EACCES: "EACCES"
    case EAGAIN: "EAGAIN"
    case EBADF: "EBADF"
    case EBUSY: "EBUSY"
    case EDEADLK: "EDEADLK"
    case EDQUOT: "EDQUOT"
    case EEXIST: "EEXIST"
    case EFBIG: "EFBIG"
    case EINVAL: "EINVAL"
    case EIO: "EIO"
    case EISDIR: "EISDIR"
    case ELOOP: "ELOOP"
    case EMFILE: "EMFILE"
    case EMLINK: "EMLINK"
    case ENAMETOOLONG: "ENAMETOOLONG"
    case ENFILE: "ENFILE"
    case ENODEV: "ENODEV"
    case ENOENT: "ENOENT"
    case ENOMEM: "ENOMEM"
    case ENOSPC: "ENOSPC"
    case ENOTDIR: "ENOTDIR"
    case ENOTEMPTY: "ENOTEMPTY"
    case ENOTSUP: "ENOTSUP"
    case ENXIO: "ENXIO"
    case EOVERFLOW: "EOVERFLOW"
    case EPERM: "EPERM"
    case EROFS: "EROFS"
    case ESTALE: "ESTALE"
    case ETIMEDOUT: "ETIMEDOUT"
    case ETXTBSY: "ETXTBSY"
    case EXDEV: "EXDEV"
    default: "errno \(number)"
    }
  }

  /// The file, or a folder on the way to it, does not exist.
  var isAbsence: Bool { number == ENOENT || number == ENOTDIR }
}

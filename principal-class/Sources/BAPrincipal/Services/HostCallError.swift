internal import BAMessages

/// What the handler hears of a call that has ended.
func hostReply(_ name: String, _ result: Result<JSONValue, any Error>) -> HostReply {
  switch result {
  case .success(let value): .success(value: value)
  case .failure(let error): .failure(error: guestError(name, error))
  }
}

private func guestError(_ name: String, _ error: any Error) -> GuestError {
  switch error {
  case let error as GuestError: error
  case let error as FileError: fileError(name, error)
  case let error as WrongArgument:
    GuestError(code: "BA_HOST_CALL_INVALID", message: "\(name): `\(error.path)` is wrong: \(error.rule).")
  default:
    GuestError(
      code: "BA_INTERNAL", message: "\(name) failed inside ba-extension: \(error)", hint: "Report this bug.")
  }
}

private func fileError(_ name: String, _ error: FileError) -> GuestError {
  switch error.name {
  case "EISDIR", "ENOTDIR", "ENOTEMPTY", "EEXIST":
    GuestError(
      code: "BA_PATH_INVALID",
      message: "\(name): a folder is where a file should be, or a file where a folder should be.",
      hint: "Choose another path, or remove what is there with storage.remove().")
  case "ENOENT":
    GuestError(
      code: "BA_FILE_NOT_FOUND",
      message: "\(name): the file is gone.",
      hint: "The system may purge files of the caches; check first.")
  case "ENOSPC":
    GuestError(
      code: "BA_STORAGE_FULL", message: "\(name): the volume is full.", hint: "Ask storage.available() first.")
  default:
    GuestError(code: "BA_STORAGE_FAILED", message: "\(name): the file system refused (\(error.name)).")
  }
}

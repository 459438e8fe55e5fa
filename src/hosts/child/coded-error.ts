/** What a runtime throws to the guest: an `Error` with a stable `code`. */
export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Throws `BA_NATIVE_ARGUMENTS` unless `valid`: the guest is ours and typed, but its bundle may be of another version. */
export function checkArguments(valid: boolean, usage: string): asserts valid {
  if (!valid) throw codedError("BA_NATIVE_ARGUMENTS", `The bundle and the runtime differ: ${usage}.`);
}

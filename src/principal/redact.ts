import type { LogEntry, SystemAnswer } from "../protocol/system.js";

/** Log entries without the credential of the answer, should the handler have logged it. */
export function redact(logs: readonly LogEntry[], answer: SystemAnswer): LogEntry[] {
  if (answer.kind !== "challenge" || answer.answer.disposition !== "useCredential") return [...logs];
  const { user, password } = answer.answer.credential;
  if (password === "") return [...logs];
  const secrets = [Buffer.from(`${user}:${password}`).toString("base64"), password];
  return logs.map((entry) => ({
    ...entry,
    message: secrets.reduce((message, secret) => message.replaceAll(secret, "•••"), entry.message),
  }));
}

import { expect, it } from "vitest";
import type { ExtensionReply } from "../protocol/extension.js";
import type { LogEntry } from "../protocol/system.js";
import { tellReply } from "./tell-reply.js";

const reply: ExtensionReply = {
  answer: { kind: "done" },
  outcome: "answered",
  durationMs: 5,
  file: { kind: "claimed", path: "Library/Caches/level-1.pak", bytes: 3 },
  reoffered: [],
  notifications: ["com.example.done"],
  observations: [],
};
const location = { file: "/handler.ts", line: 3, column: 5 };
const options: Parameters<typeof tellReply>[2] = {
  mode: "unmanaged",
  mapError: ({ message, hint, stack }, callback) => ({
    message: `${callback}: ${message}`,
    hint: hint ?? null,
    location: stack === undefined ? null : location,
  }),
};

it("is what the extension replied, its observations in terms of the user's files", () => {
  const error = { code: "BA_HANDLER_THREW", message: "no disk", hint: "Buy one.", stack: "at bundle:1" };
  const observations: ExtensionReply["observations"] = [
    { error, callback: "downloadFinished", severity: "error" },
    { error: { code: "BA_FILE_KEPT", message: "It stays." }, callback: "downloadFinished", severity: "info" },
  ];
  const logs: readonly LogEntry[] = [{ level: "info", source: "handler", message: "hello" }];
  const { observations: _, ...others } = reply;
  expect(tellReply({ ...reply, observations }, logs, options)).toEqual({
    ...others,
    logs,
    diagnostics: [
      { code: "BA_HANDLER_THREW", severity: "error", message: "downloadFinished: no disk", hint: "Buy one.", location },
      { code: "BA_FILE_KEPT", severity: "info", message: "downloadFinished: It stays.", hint: null, location: null },
    ],
  });
});

it("has no credential of the answer in it, whoever has written one", () => {
  const credential = { user: "ada", password: "love lace", persistence: "forSession" } as const;
  const told = tellReply(
    {
      ...reply,
      answer: { kind: "challenge", answer: { disposition: "useCredential", credential } },
      notifications: ["with love lace"],
      observations: [
        { error: { code: "X", message: "love%20lace" }, callback: "didReceiveChallenge", severity: "error" },
      ],
    },
    [{ level: "default", source: "handler", message: "stdout: love lace" }],
    options,
  );
  expect(told.answer).toMatchObject({ answer: { credential } });
  expect(JSON.stringify([told.logs, told.notifications, told.diagnostics])).not.toMatch(/love/);
});

import { expect, test } from "vitest";
import { enqueue } from "./queue.js";
import { emptyState } from "./state-schema.js";

const download = {
  identifier: "level-1",
  request: { url: "https://assets.example.com/level-1" },
  fileSize: 3,
  essential: false,
  priority: "default",
} as const;

test("a download keeps the unique identifier that the framework has given it, and else gets its own", () => {
  const state = emptyState();
  enqueue(state, download, { uniqueIdentifier: "U-1" });
  enqueue(state, download);
  expect(state.queue.map(({ uniqueIdentifier }) => uniqueIdentifier)).toEqual([
    "U-1",
    expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  ]);
});

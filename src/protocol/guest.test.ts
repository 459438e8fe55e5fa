import { expect, it } from "vitest";
import { childFrame } from "./frames.js";

const reply = (reply: unknown): unknown =>
  childFrame.parse({ kind: "reply", id: 1, outcome: "answered", reply: JSON.parse(JSON.stringify(reply)) });

it.each([["a text"], [{ disposition: "unknown" }], [undefined], [[]]])(
  "a wrong answer to a challenge, %j, is a frame that can be read",
  (value) => {
    expect(reply({ status: "fulfilled", value })).toMatchObject({ reply: { status: "fulfilled" } });
  },
);

it("an error of a handler's own making is a frame that can be read", () => {
  const error = { code: "BA_MINE", message: 5, hint: {}, stack: [], systemError: { code: "x" } };
  expect(reply({ status: "rejected", error })).toEqual({
    kind: "reply",
    id: 1,
    outcome: "answered",
    reply: { status: "rejected", error: { code: "BA_MINE", message: "5" } },
  });
});

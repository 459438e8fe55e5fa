import { expect, test } from "vitest";
import { didYouMean } from "./index.js";

const names = ["downloads", "downloadFailed", "downloadFinished", "entry", "mode"];

test.each([
  ["downloadFinnished", "downloadFinished"],
  ["downloadfinished", "downloadFinished"],
  ["download", "downloads"],
  ["donwloads", "downloads"],
  ["enrty", "entry"],
  ["mdoe", "mode"],
])("%s: %s", (given, meant) => {
  expect(didYouMean(given, names)).toBe(meant);
});

test.each(["x", "mo", "uploads", "somethingElse"])("%s: nothing is near enough", (given) => {
  expect(didYouMean(given, names)).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import type { AppInfoPlist } from "../config/index.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { admit, remainingAllowances } from "./admission.js";

const plist = {
  BAManifestURL: "https://assets.example.com/manifest.json",
  BAInitialDownloadRestrictions: {
    BADownloadAllowance: 100,
    BAEssentialDownloadAllowance: 50,
    BADownloadDomainAllowList: ["assets.example.com", "*.cdn.example.com"],
  },
} satisfies AppInfoPlist;

const newApp = () => ({ launched: false, locale: null, scheduled: { essential: 0, nonEssential: 0 } });

const download = (identifier: string, more: Partial<URLDownloadMessage> = {}): URLDownloadMessage => ({
  identifier,
  request: { url: `https://assets.example.com/${identifier}` },
  fileSize: 10,
  essential: false,
  priority: "default",
  ...more,
});

const identifiers = (downloads: readonly URLDownloadMessage[]) => downloads.map(({ identifier }) => identifier);
const install = { essentialAllowed: true };

describe("order of transfer", () => {
  it("is by priority, and by the answer's order among equals (rules priority-order, one-transfer)", () => {
    const answer = [
      download("a", { priority: "min" }),
      download("b"),
      download("c", { priority: "max" }),
      download("d"),
      download("e", { essential: true }),
    ];
    const admission = admit(answer, newApp(), plist, install);
    expect(identifiers(admission.essential)).toEqual(["e"]);
    expect(identifiers(admission.nonEssential)).toEqual(["c", "b", "d", "a"]);
  });
});

describe("before the first launch", () => {
  const refusals = (answer: URLDownloadMessage[], app = newApp()) =>
    admit(answer, app, plist, install).refused.map(({ download: { identifier }, error }) => [
      identifier,
      error.code,
      error.name,
    ]);

  it("refuses hosts outside the allow list with 202 (rules wildcard-domain, restriction-codes)", () => {
    const at = (host: string) => download(host, { request: { url: `https://${host}/x` } });
    expect(
      refusals([at("eu.cdn.example.com"), at("cdn.example.com"), at("evilcdn.example.com"), at("example.org")]),
    ).toEqual([
      ["cdn.example.com", 202, "sessionDownloadDisallowedByDomain"],
      ["evilcdn.example.com", 202, "sessionDownloadDisallowedByDomain"],
      ["example.org", 202, "sessionDownloadDisallowedByDomain"],
    ]);
  });

  it("refuses what would exceed the allowance with 112, and everything after it is used up with 203", () => {
    const answer = [
      download("a", { fileSize: 60 }),
      download("b", { fileSize: 41 }),
      download("c", { fileSize: 40 }),
      download("d", { fileSize: 1 }),
    ];
    expect(refusals(answer)).toEqual([
      ["b", 112, "downloadWouldExceedAllowance"],
      ["d", 203, "sessionDownloadDisallowedByAllowance"],
    ]);
  });

  it("counts essential downloads against their own allowance", () => {
    const app = newApp();
    expect(
      refusals(
        [download("a", { fileSize: 51, essential: true }), download("b", { fileSize: 50, essential: true })],
        app,
      ),
    ).toEqual([["a", 112, "downloadWouldExceedAllowance"]]);
    expect(remainingAllowances(app, plist)).toEqual({ essential: 0, nonEssential: 100 });
  });

  it("allows nothing where an allowance is missing", () => {
    const only = { ...plist, BAInitialDownloadRestrictions: { BADownloadDomainAllowList: ["assets.example.com"] } };
    expect(admit([download("a")], newApp(), only, install).refused).toHaveLength(1);
  });
});

describe("after the first launch", () => {
  const launched = () => ({ ...newApp(), launched: true });

  it("restricts nothing (rule restricted-until-launch)", () => {
    const answer = [download("a", { fileSize: 1e9, request: { url: "https://example.org/a" } })];
    expect(admit(answer, launched(), plist, install).refused).toEqual([]);
    expect(remainingAllowances(launched(), plist)).toEqual({ essential: null, nonEssential: null });
  });

  it("still refuses essential downloads outside install and update, with 109 (rules essential-requests, essential-elsewhere)", () => {
    const { refused } = admit([download("a", { essential: true })], launched(), plist, { essentialAllowed: false });
    expect(refused[0]?.error).toMatchObject({
      domain: "BAErrorDomain",
      code: 109,
      name: "downloadEssentialDownloadNotPermitted",
    });
  });
});

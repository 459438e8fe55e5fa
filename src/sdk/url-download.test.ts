import { expect, test } from "vitest";
import { BAError, urlDownload, type URLDownloadOptions } from "./index.js";

const valid = { identifier: "level-1", request: "https://assets.example.com/level-1.pak", fileSize: 12 } as const;

/** What types refuse still arrives at run time: from JavaScript, and from manifests. */
const make = (changes: Record<string, unknown>) => (): unknown =>
  urlDownload({ ...valid, ...changes } as unknown as URLDownloadOptions);

test("fills in the defaults, and makes a request of a URL", () => {
  expect(urlDownload(valid)).toEqual({
    identifier: "level-1",
    request: { url: "https://assets.example.com/level-1.pak" },
    fileSize: 12,
    essential: false,
    priority: "default",
  });
});

test("keeps what is given", () => {
  const options = {
    identifier: "größe",
    request: {
      url: "HTTPS://a.example/x",
      method: "GET",
      headers: { Accept: "*/*" },
      timeoutInterval: 1,
      allowsCellularAccess: false,
    },
    fileSize: Number.MAX_SAFE_INTEGER,
    essential: true,
    priority: "max",
    applicationGroupIdentifier: "group.com.example",
  } as const;
  expect(urlDownload(options)).toEqual(options);
});

test("a size of 0 is a size, unless the download is essential", () => {
  expect(urlDownload({ ...valid, fileSize: 0 }).fileSize).toBe(0);
  expect(make({ fileSize: 0, essential: true })).toThrow(/fileSize/);
});

test.each([
  ["identifier", { identifier: "" }],
  ["identifier", { identifier: 5 }],
  ["https:", { request: "http://a.example/x" }],
  ["https:", { request: "https://" }],
  ["https:", { request: "a.example/x" }],
  ["https:", { request: { url: "ftp://a.example" } }],
  ["https:", { request: {} }],
  ["https:", { request: undefined }],
  ["fileSize", { fileSize: undefined }],
  ["fileSize", { fileSize: -1 }],
  ["fileSize", { fileSize: 1.5 }],
  ["fileSize", { fileSize: 2 ** 53 }],
  ["fileSize", { fileSize: NaN }],
  ["fileSize", { fileSize: "12" }],
  ["essential", { essential: "yes" }],
  ["priority", { priority: "high" }],
  ["priority", { priority: 1 }],
  ["applicationGroupIdentifier", { applicationGroupIdentifier: 1 }],
  ["method", { request: { url: valid.request, method: 1 } }],
  ["timeoutInterval", { request: { url: valid.request, timeoutInterval: "1 s" } }],
  ["allowsCellularAccess", { request: { url: valid.request, allowsCellularAccess: "no" } }],
])("names the rule about %s for %j", (rule, changes) => {
  expect(make(changes)).toThrow(BAError);
  expect(make(changes)).toThrow(
    expect.objectContaining({ code: "BA_DOWNLOAD_INVALID", message: expect.stringContaining(rule) }),
  );
});

test("names the download that is wrong", () => {
  expect(make({ fileSize: -1 })).toThrow(/^Download "level-1": /);
});

import { expect, test } from "vitest";
import { compileHandlers } from "./fixtures/compile-handlers.js";

interface Wrong {
  readonly name: string;
  /** With `/*!*\/` before the token that the error has to stand on. */
  readonly text: string;
  /** Must be underlined: the token after the marker begins with it. */
  readonly token: string;
  readonly message: RegExp;
}

const head = `import {
  BAError,
  cancelChallenge,
  defineDownloaderExtension,
  defineManagedDownloaderExtension,
  defineStoreDownloaderExtension,
  downloadManager,
  ExclusiveControlError,
  settings,
  storage,
  SystemRefusedError,
  urlDownload,
  useCredential,
} from "ba-extension";
interface Asset { readonly id: string; readonly url: string; readonly size: number; readonly locale?: string }
`;
const handler = (body: string): string => `${head}export default defineDownloaderExtension({\n${body}\n});\n`;
const managed = (body: string): string => `${head}export default defineManagedDownloaderExtension({\n${body}\n});\n`;
const store = (body: string): string => `${head}export default defineStoreDownloaderExtension({\n${body}\n});\n`;
const download = (options: string): string =>
  handler(`  downloads: () => [\n    urlDownload({ identifier: "a", ${options} }),\n  ],`);
const request = `request: "https://a.example/x"`;

const wrong: readonly Wrong[] = [
  {
    name: "a misspelt callback",
    text: handler(`  downloads: () => [],\n  /*!*/downloadFinnished() {},`),
    token: "downloadFinnished",
    message: /Did you mean to write 'downloadFinished'\?/,
  },
  {
    name: "a misspelt callback, as an arrow function",
    text: handler(`  /*!*/download: () => [],`),
    token: "download",
    message: /Did you mean to write 'downloads'\?/,
  },
  {
    name: "a callback that is no function",
    text: handler(`  /*!*/downloads: [],`),
    token: "downloads",
    message: /not assignable/,
  },
  {
    name: "downloads that returns a text",
    text: handler(`  /*!*/downloads: () => "https://a.example/x",`),
    token: "downloads",
    message: /string/,
  },
  {
    name: "downloads that returns objects not made by urlDownload",
    text: handler(`  /*!*/downloads: () => [{ identifier: "a", ${request}, fileSize: 1 }],`),
    token: "downloads",
    message: /URLDownload/,
  },
  {
    name: "downloads that yields texts",
    text: handler(`  async */*!*/downloads() {\n    yield "https://a.example/x";\n  },`),
    token: "downloads",
    message: /URLDownload/,
  },
  {
    name: "a download without fileSize",
    text: handler(`  downloads: () => [urlDownload(/*!*/{ identifier: "a", ${request} })],`),
    token: "{",
    message: /Property 'fileSize' is missing/,
  },
  {
    name: "an http URL",
    text: download(`/*!*/request: "http://a.example/x", fileSize: 1`),
    token: "request",
    message: /https:\/\//,
  },
  {
    name: "an http URL within a request",
    text: download(`request: { /*!*/url: "http://a.example/x" }, fileSize: 1`),
    token: "url",
    message: /https:\/\//,
  },
  {
    name: "a misspelt key of a request",
    text: download(`request: { url: "https://a.example/x", /*!*/header: {} }, fileSize: 1`),
    token: "header",
    message: /'header' does not exist.*Did you mean.*'headers'|'header' does not exist/,
  },
  {
    name: "a number as priority",
    text: download(`${request}, fileSize: 1, /*!*/priority: 5`),
    token: "priority",
    message: /DownloadPriority/,
  },
  {
    name: "an unknown priority",
    text: download(`${request}, fileSize: 1, /*!*/priority: "high"`),
    token: "priority",
    message: /DownloadPriority/,
  },
  {
    name: "an essential download without its size",
    text: handler(`  downloads: () => [urlDownload(/*!*/{ identifier: "a", ${request}, essential: true })],`),
    token: "{",
    message: /Property 'fileSize' is missing/,
  },
  {
    name: "a text as fileSize",
    text: download(`${request}, /*!*/fileSize: "12"`),
    token: "fileSize",
    message: /number/,
  },
  {
    name: "a text as essential",
    text: download(`${request}, fileSize: 1, /*!*/essential: "yes"`),
    token: "essential",
    message: /boolean/,
  },
  {
    name: "a misspelt option of urlDownload",
    text: download(`${request}, fileSize: 1, /*!*/esential: true`),
    token: "esential",
    message: /Did you mean to write 'essential'/,
  },
  ...["document", "window", "fetch", "localStorage"].map((name) => ({
    name: `the DOM's ${name}`,
    text: handler(`  downloads: () => [],\n  extensionWillTerminate() {\n    void /*!*/${name};\n  },`),
    token: name,
    message: new RegExp(`Cannot find name '${name}'`),
  })),
  {
    name: "a challenge answered with true",
    text: handler(`  /*!*/didReceiveChallenge: () => true,`),
    token: "didReceiveChallenge",
    message: /ChallengeAnswer/,
  },
  {
    name: "a challenge answered with the function instead of its answer",
    text: handler(`  didReceiveChallenge: /*!*/() => cancelChallenge,`),
    token: "() => cancelChallenge",
    message: /ChallengeAnswer/,
  },
  {
    name: "a credential without a password",
    text: handler(`  didReceiveChallenge: () => useCredential(/*!*/{ user: "ann" }),`),
    token: "{",
    message: /Property 'password' is missing/,
  },
  {
    name: "downloadFinished that returns a number",
    text: handler(`  /*!*/downloadFinished: async () => 1,`),
    token: "downloadFinished",
    message: /number/,
  },
  {
    name: "a property that the context does not have",
    text: handler(`  downloads({ /*!*/manifst }) {\n    return [];\n  },`),
    token: "manifst",
    message: /'manifst' does not exist on type 'DownloadsContext'/,
  },
  {
    name: "an unknown content request",
    text: handler(`  downloads: ({ contentRequest }) => (/*!*/contentRequest === "instal" ? [] : []),`),
    token: "contentRequest",
    message: /no overlap/,
  },
  {
    name: "moveTo with an unknown place",
    text: handler(
      `  downloadFinished: async (_, file) => {\n    await file.moveTo("x", { /*!*/place: "documents" });\n  },`,
    ),
    token: "place",
    message: /StoragePlace/,
  },
  {
    name: "a write to a property of a download",
    text: handler(`  downloadFailed: (download) => {\n    download./*!*/priority = "max";\n  },`),
    token: "priority",
    message: /read-only/,
  },
  {
    name: "an allowance that is used without asking whether there is one",
    text: handler(`  downloads: ({ info }) => (/*!*/info.restrictedDownloadSizeRemaining > 5 ? [] : []),`),
    token: "info",
    message: /possibly 'null'/,
  },
  {
    name: "an object written to storage",
    text: handler(
      `  downloads: async () => {\n    await storage.write("state.json", /*!*/{ version: 1 });\n    return [];\n  },`,
    ),
    token: "{",
    message: /string/,
  },
  {
    name: "a text as concurrent",
    text: handler(`  /*!*/concurrent: "yes",`),
    token: "concurrent",
    message: /boolean/,
  },
  {
    name: "a misspelt callback of a managed handler",
    text: managed(`  /*!*/shouldDownlod: () => true,`),
    token: "shouldDownlod",
    message: /Did you mean to write 'shouldDownload'\?/,
  },
  {
    name: "a misspelt callback of a store handler",
    text: store(`  /*!*/shuldDownload() {\n    return true;\n  },`),
    token: "shuldDownload",
    message: /Did you mean to write 'shouldDownload'\?/,
  },
  {
    name: "downloads of a managed handler",
    text: managed(`  /*!*/downloads: () => [],`),
    token: "downloads",
    message: /'downloads' does not exist in type 'ManagedDownloaderExtension'/,
  },
  {
    name: "a store handler that answers challenges",
    text: store(`  /*!*/didReceiveChallenge: () => cancelChallenge(),`),
    token: "didReceiveChallenge",
    message: /'didReceiveChallenge' does not exist in type 'StoreDownloaderExtension'/,
  },
  {
    name: "shouldDownload of an unmanaged handler",
    text: handler(`  /*!*/shouldDownload: () => true,`),
    token: "shouldDownload",
    message: /'shouldDownload' does not exist in type 'DownloaderExtension'/,
  },
  {
    name: "a question about an asset pack that is not answered",
    text: managed(`  /*!*/shouldDownload(assetPack) {\n    void assetPack.id;\n  },`),
    token: "shouldDownload",
    message: /void.*boolean/,
  },
  {
    name: "a question about an asset pack that is answered with a text",
    text: store(`  /*!*/shouldDownload: async () => "yes",`),
    token: "shouldDownload",
    message: /string.*boolean/,
  },
  {
    name: "a text as concurrent of a managed handler",
    text: managed(`  /*!*/concurrent: "yes",`),
    token: "concurrent",
    message: /boolean/,
  },
  {
    name: "a property that an asset pack does not have",
    text: managed(`  shouldDownload: ({ /*!*/size }) => size < 5,`),
    token: "size",
    message: /'size' does not exist on type 'AssetPack'/,
  },
  {
    name: "user info that may not be there",
    text: managed(`  shouldDownload: (assetPack) => /*!*/assetPack.userInfo<Asset>().size > 0,`),
    token: "assetPack.userInfo<Asset>()",
    message: /possibly 'null'/,
  },
  {
    name: "user info whose type is not told",
    text: managed(`  shouldDownload: ({ userInfo }) => userInfo()?./*!*/size === 1,`),
    token: "size",
    message: /'size' does not exist/,
  },
  {
    name: "a write to an asset pack",
    text: store(`  shouldDownload: (assetPack) => (assetPack./*!*/version = 1) > 0,`),
    token: "version",
    message: /read-only/,
  },
  {
    name: "a property that an item does not have",
    text: handler(`  downloads: ({ manifest }) => {
    for (const asset of manifest.items<Asset>("/assets")) void asset./*!*/name;
    return [];
  },`),
    token: "name",
    message: /'name' does not exist on type 'Asset'/,
  },
  {
    name: "a write to an item",
    text: handler(`  downloads: ({ manifest }) => {
    for (const asset of manifest.items<Asset>()) asset./*!*/size = 1;
    return [];
  },`),
    token: "size",
    message: /read-only/,
  },
  {
    name: "an item that find() may not have found",
    text: handler(`  downloads: ({ manifest }) => {
    const asset = manifest.items<Asset>().find(({ id }) => id === "a");
    return [urlDownload({ identifier: /*!*/asset.id, ${request}, fileSize: 1 })];
  },`),
    token: "asset",
    message: /possibly 'undefined'/,
  },
  {
    name: "a property that a filter has not ensured",
    text: handler(`  downloads: ({ manifest }) => {
    const some = manifest.items<Asset>().filter(({ locale }) => locale !== undefined);
    const /*!*/locales: Iterable<string> = some.map(({ locale }) => locale);
    return locales ? [] : [];
  },`),
    token: "locales",
    message: /undefined/,
  },
  {
    name: "items that are taken for an array",
    text: handler(`  downloads: ({ manifest }) => {
    const assets = manifest.items<Asset>();
    return assets./*!*/length > 0 ? [] : [];
  },`),
    token: "length",
    message: /'length' does not exist on type 'Items<Asset>'/,
  },
  {
    name: "take() of a text",
    text: handler(`  downloads: ({ manifest }) => {
    manifest.items().take(/*!*/"3");
    return [];
  },`),
    token: '"3"',
    message: /number/,
  },
  {
    name: "moving the manifest",
    text: handler(`  downloads: async ({ manifest }) => {
    await manifest./*!*/moveTo("manifest.json");
    return [];
  },`),
    token: "moveTo",
    message: /'moveTo' does not exist on type 'FileReader'/,
  },
  {
    name: "a misspelt option of moveTo",
    text: handler(`  downloadFinished: async (_, file) => {
    await file.moveTo("x", { /*!*/exlusive: true });
  },`),
    token: "exlusive",
    message: /Did you mean to write 'exclusive'/,
  },
  {
    name: "a file that may not be there",
    text: handler(`  downloadFailed: async () => {
    /*!*/(await storage.open("state.json")).json();
  },`),
    token: "(await storage.open",
    message: /possibly 'null'/,
  },
  {
    name: "null as a setting",
    text: handler(`  downloadFailed: async () => {
    await settings.set("key", /*!*/null);
  },`),
    token: "null",
    message: /'null'/,
  },
  {
    name: "an update that returns nothing",
    text: handler(`  downloadFailed: async () => {
    await settings.update<{ count: number }>("key", (state) => /*!*/void state);
  },`),
    token: "void",
    message: /'undefined'/,
  },
  {
    name: "scheduling what urlDownload has not made",
    text: handler(`  downloadFailed: async () => {
    await downloadManager.schedule({ identifier: "a", /*!*/${request}, fileSize: 1 });
  },`),
    token: "request",
    message: /URLRequest/,
  },
];

const good: Readonly<Record<string, string>> = {
  "no callbacks": handler(""),
  "an array": download(`${request}, fileSize: 1`),
  "a promise": handler(`  downloads: async () => [urlDownload({ identifier: "a", ${request}, fileSize: 1 })],`),
  "a generator": handler(
    `  *downloads() {\n    yield urlDownload({ identifier: "a", ${request}, fileSize: 1, essential: true });\n  },`,
  ),
  "an async generator over a typed manifest": handler(`  async *downloads({ manifest, essentialAllowed }) {
    interface Asset { readonly id: string; readonly url: string; readonly size: number }
    for (const { id, url, size } of manifest.json<{ assets: Asset[] }>().assets) {
      if (await storage.stat(id)) continue;
      yield urlDownload({ identifier: id, request: url, fileSize: size, essential: essentialAllowed, priority: "max" });
    }
  },`),
  "a request with headers": download(
    `fileSize: 1, request: { url: "https://a.example/x", method: "GET", headers: { Accept: "*/*" } }`,
  ),
  "a request whose URL is not known": handler(`  downloads: ({ manifest }) => {
    const url: string = manifest.text();
    return [urlDownload({ identifier: "a", request: { url, timeoutInterval: 1000 }, fileSize: 1 })];
  },`),
  "all callbacks":
    handler(`  downloads: () => new Set([urlDownload({ identifier: "a", ${request}, fileSize: 1, priority: "min" })]),
  didReceiveChallenge(challenge) {
    return challenge.previousFailureCount > 0 ? cancelChallenge() : useCredential({ user: "ann", password: "x" });
  },
  downloadFailed(download, error) {
    if (download.kind === "manifest" && error.name === null) throw new Error(error.message);
  },
  async downloadFinished(download, file) {
    await file.moveTo(\`assets/\${download.identifier}\`, { place: "container" });
  },
  async extensionWillTerminate() {},`),
  "items that keep their type": handler(`  concurrent: true,
  async *downloads({ manifest }) {
    const assets: import("ba-extension").Items<Asset> = manifest.items<Asset>("/assets");
    const localised = assets.filter((asset): asset is Asset & { locale: string } => asset.locale !== undefined);
    const locales: import("ba-extension").Items<string> = localised.map(({ locale }) => locale);
    const first: string | undefined = locales.find((locale) => locale.startsWith("en"));
    const found: (Asset & { locale: string }) | undefined = assets.find(
      (asset): asset is Asset & { locale: string } => asset.locale === first,
    );
    for (const [name, asset] of manifest.entries<Asset>()) {
      const text: string = name;
      yield urlDownload({ identifier: text, request: asset.url, fileSize: asset.size });
    }
    for (const { id, url, size } of assets.take(3)) yield urlDownload({ identifier: id, request: url, fileSize: size });
    const value = manifest.get<number>("/version");
    if (value !== undefined && value > 1 && found) yield* [];
  },`),
  "items whose type is not told, which are JSON": handler(`  downloads({ manifest }) {
    const items: Iterable<import("ba-extension").JsonValue> = manifest.items();
    for (const item of items) if (typeof item === "string") item.startsWith("a");
    return [];
  },`),
  "every name of BAErrorCode, and others": handler(`  downloadFailed(download, error) {
    const known: Readonly<Record<import("ba-extension").BAErrorName, true>> = {
      downloadInvalid: true,
      callFromExtensionNotAllowed: true,
      callFromInactiveProcessNotAllowed: true,
      callerConnectionNotAccepted: true,
      callerConnectionInvalid: true,
      downloadAlreadyScheduled: true,
      downloadNotScheduled: true,
      downloadFailedToStart: true,
      downloadAlreadyFailed: true,
      downloadEssentialDownloadNotPermitted: true,
      downloadBackgroundActivityProhibited: true,
      downloadWouldExceedAllowance: true,
      downloadDoesNotExist: true,
      sessionDownloadDisallowedByDomain: true,
      sessionDownloadDisallowedByAllowance: true,
      sessionDownloadAllowanceExceeded: true,
      sessionDownloadNotPermittedBeforeAppLaunch: true,
    };
    if (error.name === "timedOut" || error.name === "ENOSPC" || error.underlying?.name === null) return;
    throw new Error(\`\${download.identifier}: \${String(known)} \${error.userInfo["key"]}\`);
  },`),
  "a failed essential download that is scheduled again": handler(`  async downloadFailed(download, error) {
    if (download.kind !== "url" || error.name !== "sessionDownloadAllowanceExceeded") return;
    const scheduled = await downloadManager.schedule(download.removingEssential()).catch((refusal: unknown) => {
      if (refusal instanceof SystemRefusedError && refusal.systemError.name === "downloadAlreadyScheduled") return download;
      throw refusal;
    });
    await settings.update<readonly string[]>("again", (ids) => [...(ids ?? []), scheduled.identifier]);
  },
  async downloadFinished(download, file) {
    try {
      await file.moveTo(download.identifier, { exclusive: true });
    } catch (error) {
      if (!(error instanceof BAError) || error instanceof SystemRefusedError) throw error;
      const code: string = error instanceof ExclusiveControlError ? "taken" : error.code;
      await file.keep();
      await storage.write("why", code);
    }
  },`),
  "all callbacks of a managed one": managed(`  concurrent: true,
  async shouldDownload(assetPack) {
    const { id, version, downloadSize, language, userInfoText, description } = assetPack;
    const texts: readonly (string | null)[] = [id, language, userInfoText, description];
    if (await storage.stat(id)) return version > 1 && !texts.includes("de");
    return downloadSize < 1_000_000 || assetPack.userInfo<Asset>()?.locale === "en";
  },
  didReceiveChallenge: ({ previousFailureCount }, { identifier }) =>
    previousFailureCount > 0 ? cancelChallenge() : useCredential({ user: identifier, password: "x" }),`),
  "all callbacks of a store one": store(`  concurrent: false,\n  shouldDownload: ({ language }) => language !== null,`),
  "a question that several handlers share": `${head}import type { AssetPack, StoreDownloaderExtension } from "ba-extension";
const isSmall = ({ downloadSize }: AssetPack): boolean => downloadSize < 5;
const shared: StoreDownloaderExtension = { shouldDownload: isSmall };
export const hosted = defineStoreDownloaderExtension(shared);
export default defineManagedDownloaderExtension({ ...shared, didReceiveChallenge: () => cancelChallenge() });
`,
  "callbacks that were named first": `${head}import type { DownloaderExtension } from "ba-extension";
const downloads: DownloaderExtension["downloads"] = ({ contentRequest }) => (contentRequest === "install" ? [] : []);
const extension: DownloaderExtension = { downloads };
export default defineDownloaderExtension({ ...extension, downloadFailed() {} });
`,
};

const withoutMarker = (text: string): string => text.replace("/*!*/", "");
const results = compileHandlers(
  new Map([...wrong.map(({ name, text }) => [name, withoutMarker(text)] as const), ...Object.entries(good)]),
);

test.each(wrong)("$name: an error at its place", ({ name, text, token, message }) => {
  const offset = text.indexOf("/*!*/");
  const before = text.slice(0, offset).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  expect(offset).toBeGreaterThan(0);
  expect(text.slice(offset + "/*!*/".length).startsWith(token)).toBe(true);
  expect(results.get(name)).toEqual([expect.objectContaining({ ...place, message: expect.stringMatching(message) })]);
  expect(results.get(name)?.[0]?.token.startsWith(token)).toBe(true);
});

test.each(Object.keys(good))("a handler with %s compiles", (name) => {
  expect(results.get(name)).toEqual([]);
});

test("the engines' globals are there for those who ask for them, and the DOM is not", () => {
  const found = compileHandlers(
    new Map([
      [
        "globals",
        handler(`  async *downloads({ manifest }) {
    const controller = new AbortController();
    const timer = setTimeout((text: string) => console.log(text), 5, "late");
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    clearTimeout(timer);
    const bytes = new TextEncoder().encode(new TextDecoder().decode(manifest.bytes()));
    const url = new URL("x?y=1", "https://a.example");
    for (const [name] of url.searchParams) console.warn(name, structuredClone({ bytes }), controller.signal.aborted);
    yield urlDownload({ identifier: url.pathname, request: url.href, fileSize: bytes.length });
  },`),
      ],
      ["dom", `document; export {};\n`],
    ]),
    ["globals.d.ts"],
  );
  expect(found.get("globals")).toEqual([]);
  expect(found.get("dom")).toMatchObject([{ message: expect.stringContaining("Cannot find name 'document'") }]);
});

import { join } from "node:path";
import type { SystemMessage } from "../../protocol/system.js";
import type { Script } from "../vectors/format.js";
import type { KillArguments } from "./kill-child.js";

const uniqueIdentifier = "6F1A2B3C-0000-4000-8000-000000000001";
/** What is in the file. */
export const content = "content of a file";
const staged = `container/Library/Caches/ba-extension/staging/${uniqueIdentifier}`;
const download = {
  kind: "url",
  identifier: "a",
  uniqueIdentifier,
  essential: false,
  priority: "default",
  state: "finished",
} as const;
const finished = (root: string): SystemMessage => ({
  kind: "downloadFinished",
  download,
  path: join(root, "finished"),
});
export const contentRequest = (root: string): SystemMessage => ({
  kind: "contentRequest",
  rawValue: 3,
  manifestPath: join(root, "manifest"),
  extensionInfo: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
});

export const answered = { outcome: "answered", reply: { status: "fulfilled", value: null } } as const;
const token = { token: uniqueIdentifier };
/** How a handler takes the one file of these tests. */
export const moves: Script = { say: [{ call: { name: "file.moveTo", args: { ...token, path: "a" } } }], end: answered };

const kept = { [staged]: content, [`${staged}.json`]: JSON.stringify({ download, attempt: 1, bytes: content.length }) };
const delivered = { finished: content };

/** What is on the disk, and the wake that is killed. */
export interface Scenario {
  readonly files: Readonly<Record<string, string>>;
  readonly message: (root: string) => SystemMessage;
  readonly guest: KillArguments["guest"];
  /** Whether the handler may have given the file up. */
  readonly givesUp?: true;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a file that is claimed": { files: delivered, message: finished, guest: moves },
  "a file that is given up": {
    files: delivered,
    message: finished,
    guest: { say: [], end: answered },
    givesUp: true,
  },
  "a file that is kept": {
    files: delivered,
    message: finished,
    guest: { say: [{ call: { name: "file.keep", args: token } }], end: answered },
  },
  "a move that fails, then one that does not": {
    files: { ...delivered, "container/Library/Caches/folder/x": "x" },
    message: finished,
    guest: {
      say: [{ call: { name: "file.moveTo", args: { ...token, path: "folder" } } }, ...moves.say],
      end: answered,
    },
  },
  "a file that is offered again and claimed": {
    files: kept,
    message: contentRequest,
    guest: { reoffers: [moves], say: [], end: answered },
  },
  "a file that is offered again and given up": {
    files: kept,
    message: contentRequest,
    guest: { reoffers: [{ say: [], end: answered }], say: [], end: answered },
    givesUp: true,
  },
};

/** What may come after a kill; the system delivers again what it knows no answer to. */
export const followUps: readonly (readonly ((root: string) => SystemMessage)[])[] = [
  [finished],
  [contentRequest, finished],
  [finished, finished],
];

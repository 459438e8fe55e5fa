import { settings } from "ba-extension";

/** An issue of the magazine, as the app shows it. */
export interface Issue {
  readonly id: string;
  /** SHA-256 of the file that is in place; absent while none is. */
  readonly sha256?: string;
  /** Why the last download failed; absent when it did not. */
  readonly problem?: string;
}

/** What app and extension both change: in shared defaults, as JSON, which is a `Codable` struct to the app. */
export interface Shelf {
  /** Arrivals since someone looked at the shelf, when the app sets it to 0. */
  readonly unread: number;
  /** By id, the newest first. */
  readonly issues: readonly Issue[];
}

const key = "shelf";
const emptyShelf: Shelf = { unread: 0, issues: [] };

export const readShelf = async (): Promise<Shelf> => (await settings.getJson<Shelf>(key)) ?? emptyShelf;

/** Reads, changes, writes. Callbacks never overlap; the app does, so that this belongs under exclusive control. */
export const changeShelf = (change: (shelf: Shelf) => Shelf): Promise<Shelf> =>
  settings.update<Shelf>(key, (shelf) => change(shelf ?? emptyShelf));

export const findIssue = ({ issues }: Shelf, id: string): Issue | undefined => issues.find((issue) => issue.id === id);

/** The shelf with an issue that has come. That it came is told twice after a kill, and counts once. */
export function withArrival(shelf: Shelf, id: string, sha256: string): Shelf {
  const isNew = findIssue(shelf, id)?.sha256 !== sha256;
  return { unread: shelf.unread + (isNew ? 1 : 0), issues: replace(shelf, { id, sha256 }) };
}

/** The shelf with an issue that did not come; an older file of it stays readable. */
export function withProblem(shelf: Shelf, id: string, problem: string): Shelf {
  return { ...shelf, issues: replace(shelf, { ...findIssue(shelf, id), id, problem }) };
}

function replace({ issues }: Shelf, changed: Issue): readonly Issue[] {
  const others = issues.filter((issue) => issue.id !== changed.id);
  return [...others, changed].sort((a, b) => (a.id < b.id ? 1 : -1));
}

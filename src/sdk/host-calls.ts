import type { FileStat, StoragePlace } from "./storage.js";

interface PlacedPath {
  readonly path: string;
  readonly place?: StoragePlace | undefined;
}

/**
 * Every call from the handler's side to the principal class: name, arguments, result. The one list that guest,
 * principal, messages and Swift share.
 */
export interface HostCalls {
  "file.moveTo": {
    args: PlacedPath & { readonly token: string };
    /** Path of the moved file, relative to the container. */
    result: { readonly path: string };
  };
  "file.sha256": { args: { readonly token: string }; result: string };
  "storage.stat": { args: PlacedPath; result: FileStat | null };
  "storage.read": { args: PlacedPath; result: string | null };
  "storage.write": { args: PlacedPath & { readonly text: string }; result: null };
  "storage.list": { args: PlacedPath; result: readonly string[] };
  "storage.move": {
    args: { readonly from: string; readonly to: string; readonly place?: StoragePlace | undefined };
    result: null;
  };
  "storage.remove": { args: PlacedPath; result: null };
  "storage.available": { args: Record<string, never>; result: number };
  notify: { args: { readonly name: string }; result: null };
}

export type HostCallName = keyof HostCalls;

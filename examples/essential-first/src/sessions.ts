import { storage, type FileReader, type Items } from "ba-extension";

/** A session of the conference, as the manifest lists it. */
export interface Session {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** The first launch makes no sense without it. */
  readonly essential: boolean;
}

/** Beside the caches, which the system may purge. */
const savedManifest = { path: "manifest.json", place: "container" } as const;

/** Where the app finds a session, below Library/Caches of the container. */
export const placeOf = ({ id }: Session): string => `sessions/${id}.vtt`;

/** Reads a session at a time, however many there are. Checks the whole file first. */
export const sessionsOf = (manifest: FileReader): Items<Session> => manifest.items<Session>("/sessions");

/** Keeps the manifest for the app, and for the callbacks that come when the system has deleted it. */
export const saveManifest = (manifest: FileReader): Promise<string> =>
  manifest.copyTo(savedManifest.path, savedManifest);

/** What the saved manifest says of a session; undefined where it does not have it any more. */
export async function findSession(id: string): Promise<Session | undefined> {
  const manifest = await storage.open(savedManifest.path, savedManifest);
  return manifest ? sessionsOf(manifest).find((session) => session.id === id) : undefined;
}

/** Whether the file that is there is the one that the manifest means. */
export async function isInPlace(session: Session): Promise<boolean> {
  const file = await storage.open(placeOf(session));
  return file?.size === session.size && (await file.sha256()) === session.sha256;
}

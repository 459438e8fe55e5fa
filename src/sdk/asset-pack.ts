import type { JsonValue } from "./reader.js";

/** `AssetPack`: a pack of your manifest, as it stood when the system asked. */
export interface AssetPack {
  readonly id: string;
  readonly version: number;
  /** Bytes of the compressed download; the installed pack is larger. */
  readonly downloadSize: number;
  /** BCP 47; `null` for a pack that is not localized, and on systems before 27. */
  readonly language: string | null;
  /**
   * The JSON that you gave the pack, parsed anew at each call; `null` where there is none, which is so for every pack
   * that Apple hosts. Throws a `SyntaxError` for what is no JSON.
   */
  userInfo<UserInfo = JsonValue>(): UserInfo | null;
  /** `userInfo` as the text that it came as. */
  readonly userInfoText: string | null;
  /** What Apple says of it, for logs. */
  readonly description: string;
}

import type { PrincipalOptions } from "../../principal/index.js";
import type { ExtensionParentFrame } from "../../protocol/extension.js";

/** What an extension process with a principal class of its own is given, and who answers it. */
export interface ConversationOptions extends Pick<PrincipalOptions, "system" | "nativeFunctions"> {
  readonly launch: Omit<Extract<ExtensionParentFrame, { kind: "launch" }>, "kind">;
  /** The process has come by a checkpoint of `protocol/extension.ts`. True kills it there. */
  kills(place: string): boolean;
  /** Milliseconds; by default those of the other hosts. */
  readonly limits?: { readonly hello: number; readonly grace: number } | undefined;
}

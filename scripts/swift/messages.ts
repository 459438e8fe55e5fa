/**
 * The Swift `Codable` types of the messages, made from the zod schemas of `src/protocol`. `npm run generate` writes them; a
 * test fails when they are stale.
 *
 * An object is a struct; a discriminated union an enum with one case for each variant: bare, with one labelled value, or
 * with a struct of its own. What can be null is an optional that is written as null, what may be absent one that is left
 * out. `z.unknown()` is `JSONValue`.
 */
import { z } from "zod";
import * as extension from "../../src/protocol/extension.js";
import * as guest from "../../src/protocol/guest.js";
import * as system from "../../src/protocol/system.js";
import * as values from "../../src/protocol/values.js";
import { declaration, type JSONSchema } from "./declaration.js";

/** File → type → schema. A schema that another one holds is referred to by its name. */
const files = {
  Values: {
    LogLevel: values.logLevel,
    Mode: values.mode,
    Platform: values.platform,
    Priority: values.priority,
    AssetPackRecord: values.assetPack,
    BundleRecord: values.bundle,
    Challenge: values.challenge,
    ChallengeAnswer: values.challengeAnswer,
    DownloadError: values.downloadError,
    DownloadRecord: values.download,
    Environment: values.environment,
    ExtensionInfo: values.extensionInfo,
    RequestRecord: values.request,
    URLDownload: values.urlDownload,
  },
  Guest: {
    GuestConfiguration: guest.guestConfiguration,
    GuestError: guest.guestError,
    GuestEvent: guest.guestEvent,
    GuestReply: guest.guestReply,
    HostCall: guest.hostCall,
    HostReply: guest.hostReply,
    MappedFile: guest.mappedFile,
  },
  System: {
    Diagnostic: system.diagnostic,
    LogEntry: system.logEntry,
    Outcome: system.outcome,
    ReofferedFile: system.reofferedFile,
    SettledFile: system.settledFile,
    SourceLocation: system.sourceLocation,
    SystemAnswer: system.systemAnswer,
    SystemMessage: system.systemMessage,
    SystemReply: system.systemReply,
  },
  Extension: {
    ExtensionConfiguration: extension.extensionConfiguration,
    ExtensionChildFrame: extension.extensionChildFrame,
    ExtensionParentFrame: extension.extensionParentFrame,
    ExtensionReply: extension.extensionReply,
    Observation: extension.observation,
    SimulatedDevice: extension.simulatedDevice,
    SystemCall: extension.systemCall,
  },
} satisfies Record<string, Record<string, z.ZodType>>;

/** File name → content, as committed in `principal-class/Sources/BAMessages/Generated`. */
export function swiftFiles(): Record<string, string> {
  const registry = z.registry<{ id: string }>();
  for (const types of Object.values(files)) {
    for (const [id, schema] of Object.entries(types)) registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => id });
  return Object.fromEntries(
    Object.entries(files).map(([file, types]) => {
      const declarations = Object.keys(types).map((name) => declaration(name, schemas[name] as JSONSchema));
      return [`${file}.swift`, `${head(file)}\n${declarations.join("\n\n")}\n`];
    }),
  );
}

const head = (file: string): string =>
  `// Made by \`npm run generate\` from src/protocol/${file.toLowerCase()}.ts, which says what each field means.\n`;

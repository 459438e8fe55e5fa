/**
 * The JSON Schemas of the messages, made from the zod schemas that this package checks messages with: for hosts in
 * other languages, and for whoever reads a report. `npm run generate` writes them; a test fails when they are stale.
 */
import { z } from "zod";
import * as extension from "../src/protocol/extension.js";
import { childFrame, parentFrame } from "../src/protocol/frames.js";
import * as guest from "../src/protocol/guest.js";
import * as system from "../src/protocol/system.js";
import * as values from "../src/protocol/values.js";
import { report } from "../src/simulator/report.js";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** What both message sets carry: a definition of its own in each document. */
const shared = {
  download: values.download,
  downloadError: values.downloadError,
  urlDownload: values.urlDownload,
  challenge: values.challenge,
  challengeAnswer: values.challengeAnswer,
  extensionInfo: values.extensionInfo,
  assetPack: values.assetPack,
};
const guestMessages = {
  guestConfiguration: guest.guestConfiguration,
  guestEvent: guest.guestEvent,
  guestReply: guest.guestReply,
  guestError: guest.guestError,
  hostCall: guest.hostCall,
  hostReply: guest.hostReply,
};
const observations = { diagnostic: system.diagnostic, logEntry: system.logEntry };

/** File name → content, as committed in `schemas/`. */
export function schemaFiles(): Record<string, string> {
  const documents = {
    guest: definitions("Principal ↔ guest", { ...guestMessages, ...shared }),
    system: definitions("System ↔ principal", {
      systemMessage: system.systemMessage,
      systemReply: system.systemReply,
      ...observations,
      ...shared,
    }),
    extension: definitions("System ↔ extension process with a principal class of its own", {
      extensionConfiguration: extension.extensionConfiguration,
      extensionParentFrame: extension.extensionParentFrame,
      extensionChildFrame: extension.extensionChildFrame,
      extensionReply: extension.extensionReply,
      systemCall: extension.systemCall,
      systemMessage: system.systemMessage,
      guestError: guest.guestError,
      ...observations,
      ...shared,
    }),
    frames: definitions("Frames of an extension process", { parentFrame, childFrame, ...guestMessages, ...shared }),
    // Unknown fields are tolerated everywhere (`io: "input"`), so that an older reader can read a newer message.
    report: {
      title: "Report of a simulated event",
      ...z.toJSONSchema(report, { io: "input", metadata: registryOf({ ...observations, ...shared }) }),
    },
  };
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [
      `${name}.schema.json`,
      `${JSON.stringify(document, null, 2)}\n`,
    ]),
  );
}

/** One document with a named definition for each message. */
function definitions(title: string, messages: Record<string, z.ZodType>): object {
  const { schemas } = z.toJSONSchema(registryOf(messages), { io: "input", uri: (id) => `#/$defs/${id}` });
  const $defs = Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  );
  return { $schema: dialect, title, $defs };
}

function registryOf(schemas: Record<string, z.ZodType>): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  return registry;
}

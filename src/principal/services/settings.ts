import { z } from "zod";
import { decodePropertyList, encodePropertyList, type EncodedPropertyListValue } from "../../sdk/property-list.js";
import { BAError } from "../../sdk/errors.js";
import { readSetting, writeSetting } from "../settings-file.js";
import type { Service } from "./service.js";

const key = z.string().min(1);

const encodedValue: z.ZodType<EncodedPropertyListValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(encodedValue), z.record(z.string(), encodedValue)]),
);

export const getSetting: Service<"settings.get"> = {
  args: z.object({ key }),
  async run({ key }, context) {
    const value = await readSetting(context, key);
    return value === undefined ? null : encodePropertyList(value);
  },
};

export const setSetting: Service<"settings.set"> = {
  args: z.object({ key, value: encodedValue.nullable() }),
  async run({ key, value }, context) {
    await writeSetting(context, key, value === null ? undefined : decodePropertyList(value));
    return null;
  },
};

export const getJsonSetting: Service<"settings.getJson"> = {
  args: z.object({ key }),
  async run({ key }, context) {
    const value = await readSetting(context, key);
    if (value === undefined) return null;
    try {
      if (value instanceof Uint8Array) return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
    } catch {
      // Data of another kind: the error below says it.
    }
    throw new BAError(
      "BA_SETTING_NOT_JSON",
      `The setting ${JSON.stringify(key)} does not hold the data of a JSON text.`,
      {
        hint: "settings.get() reads settings of any kind.",
      },
    );
  },
};

export const setJsonSetting: Service<"settings.setJson"> = {
  args: z.object({ key, json: z.string() }),
  async run({ key, json }, context) {
    await writeSetting(context, key, new TextEncoder().encode(json));
    return null;
  },
};

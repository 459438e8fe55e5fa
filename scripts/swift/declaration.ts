/** Swift source of one type, from its JSON Schema. */

/** The part of JSON Schema that our messages use. */
export interface JSONSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JSONSchema>>;
  readonly required?: readonly string[];
  readonly items?: JSONSchema;
  readonly additionalProperties?: JSONSchema;
  readonly oneOf?: readonly JSONSchema[];
  readonly anyOf?: readonly JSONSchema[];
}

interface Field {
  readonly name: string;
  /** Without the question mark. */
  readonly type: string;
  readonly presence: "always" | "nullable" | "optional";
  /** The declaration of a type that has no name of its own, if it has one. */
  readonly nested: string | null;
}

/** The declaration of a named type. */
export function declaration(name: string, schema: JSONSchema): string {
  if (schema.enum) return stringEnum(name, schema.enum);
  if (schema.oneOf) return union(name, schema.oneOf);
  return struct(name, fieldsOf(name, schema));
}

function stringEnum(name: string, cases: readonly string[]): string {
  const lines = cases.map((value) =>
    caseName(value) === value ? `case ${escaped(value)}` : `case ${caseName(value)} = ${JSON.stringify(value)}`,
  );
  return block(`package enum ${name}: String, Codable, Sendable, CaseIterable`, lines.join("\n"));
}

function struct(name: string, fields: readonly Field[]): string {
  const parameters = fields.map(
    (field) => `${field.name}: ${typeOf(field)}${field.presence === "optional" ? " = nil" : ""}`,
  );
  const members = [
    fields.map((field) => `package var ${escaped(field.name)}: ${typeOf(field)}`).join("\n"),
    block(initializer(parameters), fields.map(({ name }) => `self.${name} = ${escaped(name)}`).join("\n")),
    // The compiler's own would leave out what must be null.
    ...(fields.some(({ presence }) => presence === "nullable")
      ? [
          block(
            "package func encode(to encoder: any Encoder) throws",
            ["var container = encoder.container(keyedBy: CodingKeys.self)", ...fields.map(encodeField)].join("\n"),
          ),
          block(
            "private enum CodingKeys: String, CodingKey",
            `case ${fields.map(({ name }) => escaped(name)).join(", ")}`,
          ),
        ]
      : []),
    ...nestedOf(fields),
  ];
  return block(`package struct ${name}: Codable, Sendable, Equatable`, members.join("\n\n"));
}

/** On one line where it is short. */
function initializer(parameters: readonly string[]): string {
  const line = `package init(${parameters.join(", ")})`;
  return line.length <= 100 ? line : `package init(\n${indent(parameters.join(",\n"))}\n)`;
}

interface Variant {
  readonly tag: string | boolean;
  readonly fields: readonly Field[];
}

function union(name: string, options: readonly JSONSchema[]): string {
  const key = discriminator(options);
  const variants = qualified(options.flatMap((option) => variantsOf(option, key)));
  const boolean = variants.every(({ tag }) => typeof tag === "boolean");
  const tagType = boolean ? "Bool" : "Tag";
  const members = [
    variants.map((variant) => `case ${escaped(tagCase(variant.tag))}${payload(variant)}`).join("\n"),
    block(
      "package init(from decoder: any Decoder) throws",
      [
        "let container = try decoder.container(keyedBy: CodingKeys.self)",
        switchBlock(
          `try container.decode(${tagType}.self, forKey: .${key})`,
          variants.map((variant) => `case ${tagLiteral(variant.tag)}:\n${indent(decodeVariant(variant))}`),
        ),
      ].join("\n"),
    ),
    block(
      "package func encode(to encoder: any Encoder) throws",
      [
        "var container = encoder.container(keyedBy: CodingKeys.self)",
        switchBlock(
          "self",
          variants.map((variant) => encodeVariant(variant, key, tagType)),
        ),
      ].join("\n"),
    ),
    ...(boolean ? [] : [tags(variants)]),
    block("private enum CodingKeys: String, CodingKey", `case ${codingKeys(variants, key).map(escaped).join(", ")}`),
    ...variants.flatMap(({ tag, fields }) =>
      fields.length > 1 ? [struct(capitalized(tagCase(tag)), fields)] : nestedOf(fields),
    ),
  ];
  return block(`package enum ${name}: Codable, Sendable, Equatable`, members.join("\n\n"));
}

/** The property whose constant tells the variants apart. */
function discriminator([first]: readonly JSONSchema[]): string {
  const [key] = Object.entries(first?.properties ?? {}).find(([, { const: tag }]) => tag !== undefined) ?? [];
  if (key === undefined) throw new Error("A union without a constant in its first variant.");
  return key;
}

function variantsOf(option: JSONSchema, key: string): Variant[] {
  const { const: tag, enum: tags } = option.properties?.[key] ?? {};
  return (tags ?? [tag as string | boolean]).map((value) => ({
    tag: value,
    fields: fieldsOf(null, option).filter(({ name }) => name !== key),
  }));
}

/** The struct of a variant hides a message of the same name, which then is named with its module. */
function qualified(variants: readonly Variant[]): Variant[] {
  const hidden = new Set(variants.map(({ tag }) => capitalized(tagCase(tag))));
  return variants.map(({ tag, fields }) => ({
    tag,
    fields: fields.map((field) =>
      field.nested === null && hidden.has(field.type) ? { ...field, type: `BAMessages.${field.type}` } : field,
    ),
  }));
}

const payload = ({ tag, fields }: Variant): string =>
  fields.length === 0
    ? ""
    : fields.length === 1
      ? `(${fields.map((field) => `${field.name}: ${typeOf(field)}`).join()})`
      : `(${capitalized(tagCase(tag))})`;

function decodeVariant({ tag, fields }: Variant): string {
  const [only, ...others] = fields;
  const name = tagCase(tag);
  if (!only) return `self = .${name}`;
  if (others.length > 0) return `self = .${name}(try ${capitalized(name)}(from: decoder))`;
  const decode = only.presence === "always" ? "decode" : "decodeIfPresent";
  return `self = .${name}(${only.name}: try container.${decode}(${only.type}.self, forKey: .${only.name}))`;
}

function encodeVariant({ tag, fields }: Variant, key: string, tagType: string): string {
  const [only, ...others] = fields;
  const encodeTag = `try container.encode(${tagType === "Bool" ? String(tag) : `Tag.${tagCase(tag)}`}, forKey: .${key})`;
  const value = others.length > 0 ? "payload" : only?.name;
  const lines = only
    ? [encodeTag, others.length > 0 ? "try payload.encode(to: encoder)" : encodeField(only)]
    : [encodeTag];
  return `case .${tagCase(tag)}${value === undefined ? "" : `(let ${escaped(value)})`}:\n${indent(lines.join("\n"))}`;
}

const tags = (variants: readonly Variant[]): string =>
  block(
    "private enum Tag: String, Codable",
    variants
      .map(({ tag }) =>
        tagCase(tag) === tag ? `case ${escaped(tag)}` : `case ${tagCase(tag)} = ${JSON.stringify(tag)}`,
      )
      .join("\n"),
  );

const codingKeys = (variants: readonly Variant[], key: string): string[] => [
  ...new Set([key, ...variants.flatMap(({ fields }) => (fields.length === 1 ? fields.map(({ name }) => name) : []))]),
];

/** @param owner the struct that the fields belong to, where it has a name of its own */
function fieldsOf(owner: string | null, { properties = {}, required = [] }: JSONSchema): Field[] {
  return Object.entries(properties).map(([name, schema]) => {
    const { nullable, schema: plain } = withoutNull(schema);
    const { type, nested } = swiftType(plain, capitalized(name));
    const present = required.includes(name);
    // A value of its own kind inside a struct needs a box.
    const boxed = type === owner ? `Indirect<${type}>` : type;
    return { name, type: boxed, presence: present ? (nullable ? "nullable" : "always") : "optional", nested };
  });
}

function swiftType(schema: JSONSchema, name: string): { type: string; nested: string | null } {
  const plain = (type: string): { type: string; nested: null } => ({ type, nested: null });
  if (schema.$ref !== undefined) return plain(schema.$ref);
  if (schema.enum ?? schema.oneOf) return { type: name, nested: declaration(name, schema) };
  switch (schema.type) {
    case "string":
      return plain("String");
    case "integer":
      return plain("Int");
    case "number":
      return plain("Double");
    case "boolean":
      return plain("Bool");
    case "array": {
      const { type, nested } = swiftType(schema.items ?? {}, name);
      return { type: `[${type}]`, nested };
    }
    case "object": {
      if (schema.properties) return { type: name, nested: declaration(name, schema) };
      const { type, nested } = swiftType(schema.additionalProperties ?? {}, name);
      return { type: `[String: ${type}]`, nested };
    }
    default:
      return plain("JSONValue");
  }
}

/** `string | null` comes as a list of types, others as `anyOf`. */
function withoutNull(schema: JSONSchema): { nullable: boolean; schema: JSONSchema } {
  if (Array.isArray(schema.type)) {
    const [type] = (schema.type as readonly string[]).filter((one) => one !== "null");
    return { nullable: true, schema: { ...schema, type: type ?? "null" } };
  }
  const options = schema.anyOf?.filter(({ type }) => type !== "null") ?? [];
  const [only] = options;
  return schema.anyOf && only && options.length === 1 ? { nullable: true, schema: only } : { nullable: false, schema };
}

const typeOf = ({ type, presence }: Field): string => (presence === "always" ? type : `${type}?`);
const encodeField = ({ name, presence }: Field): string =>
  `try container.${presence === "optional" ? "encodeIfPresent" : "encode"}(${escaped(name)}, forKey: .${name})`;
const nestedOf = (fields: readonly Field[]): string[] => fields.flatMap(({ nested }) => nested ?? []);
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "  ");
const block = (head: string, body: string): string => `${head} {\n${indent(body)}\n}`;
/** Cases stand below their `switch`, as Swift is written. */
const switchBlock = (value: string, cases: readonly string[]): string => `switch ${value} {\n${cases.join("\n")}\n}`;

const tagCase = (tag: string | boolean): string =>
  typeof tag === "boolean" ? (tag ? "success" : "failure") : caseName(tag);
const tagLiteral = (tag: string | boolean): string => (typeof tag === "boolean" ? String(tag) : `.${tagCase(tag)}`);

/** `BA_PROTOCOL_INVALID_FRAME` → `protocolInvalidFrame`. */
function caseName(value: string): string {
  if (!/^[A-Z_]+$/.test(value)) return value;
  const words = value.replace(/^BA_/, "").toLowerCase().split("_");
  return words.map((word, index) => (index === 0 ? word : capitalized(word))).join("");
}

const keywords = new Set(["default", "function", "protocol", "extension", "case", "func"]);
const escaped = (name: string): string => (keywords.has(name) ? `\`${name}\`` : name);

import { BAError } from "../sdk/errors.js";
import { native } from "./engine.js";
import { parse } from "./json.js";

/** What stands behind an item: where it is in which file. */
interface Place {
  /** The document, of a file that is open; else throws. */
  readonly open: () => number;
  readonly node: number;
  /** The item, once all of it was asked for. */
  value?: Readonly<Record<string | symbol, unknown>>;
}

const refuse = (): never => {
  throw new BAError("BA_ITEM_READ_ONLY", "An item of a file cannot be changed.");
};

/** The value of a node. */
export const decode = (document: number, node: number): never => parse(native.jsonText(document, node)) as never;

/** Who asks for the names asks for the values next: all are kept, as long as the handler keeps the item. */
const whole = (place: Place): object => {
  const document = place.open();
  return (place.value ??= decode(document, place.node));
};

/** An item is a plain object, but for two things: a property is read from the file when it is touched, and none can be changed. */
const handler: ProxyHandler<Place> = {
  get({ open, node, value }, key) {
    const document = open();
    const found =
      value || typeof key === "symbol"
        ? -1
        : native.jsonFind(document, node, `/${key.replace(/[~/]/g, (sign) => (sign === "~" ? "~0" : "~1"))}`);
    return found < 0 ? (value ?? ({} as never))[key] : decode(document, found);
  },
  has: (place, key) => key in whole(place),
  ownKeys: (place) => Reflect.ownKeys(whole(place)),
  getOwnPropertyDescriptor: (place, key) => Object.getOwnPropertyDescriptor(whole(place), key),
  // An assignment ends in one of these, too.
  defineProperty: refuse,
  deleteProperty: refuse,
  setPrototypeOf: refuse,
  preventExtensions: refuse,
};

/** The item at a node: an object that is read when it is touched, any other value at once. */
export const toItem = (open: () => number, node: number): unknown => {
  const document = open();
  return native.jsonKind(document, node) === "{" ? new Proxy({ open, node }, handler) : decode(document, node);
};

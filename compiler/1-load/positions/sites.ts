import type { Span } from "../source-text.ts";

/**
 * One part of a literal as it stands in the source. A slot numbers what is only known when the code runs; `literal` is
 * the site of a value that is a literal too, which needs no call of its own: it is reached through the outer one.
 * `passed` is a value that is only named here, as the parameters of a helper are: what it is was decided elsewhere.
 */
export type Part =
  | { kind: "member"; key: Span; value: Span; literal?: number; passed?: boolean }
  | { kind: "computed"; key: Span; value: Span; slot: number }
  | { kind: "item"; value: Span; literal?: number; passed?: boolean }
  | { kind: "spread"; value: Span; slot: number };

/** A part among the members of an object; in a key's competition the later one wins. */
interface Placed {
  part: Part;
  order: number;
}

export interface ObjectSite {
  kind: "object";
  span: Span;
  /** By written name. */
  members: Map<string, Placed>;
  /** Computed keys and spreads. */
  dynamic: Placed[];
}

export interface ListSite {
  kind: "list";
  span: Span;
  items: Part[];
  hasSpread: boolean;
}

/** A call keeps its arguments in slots: what a helper returns tends to be made of them. */
export interface CallSite {
  kind: "call";
  span: Span;
  /** Slots of arguments that are only named here, as the parameters of a helper are. */
  passed?: ReadonlySet<number>;
}

/** An expression of the source that makes a value. */
export type Site = (ObjectSite | ListSite | CallSite) & {
  /** The call that the value is an argument of. */
  argumentOf?: { call: number; slot: number };
  /** Something in it waits: other code runs between its beginning and its end. */
  waits?: boolean;
};

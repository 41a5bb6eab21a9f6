import type { Span } from "../source-text.ts";

/** One part of a literal as it stands in the source. A slot numbers what is only known when the code runs. */
export type Part =
  | { kind: "member"; key: Span; value: Span }
  | { kind: "computed"; key: Span; value: Span; slot: number }
  | { kind: "item"; value: Span }
  | { kind: "spread"; value: Span; slot: number };

/** An expression of the source that makes a value. */
export type Site =
  /** `dynamic` are the computed keys and the spreads, with how many members stand before each in the source. */
  | { kind: "object"; span: Span; members: ReadonlyMap<string, { part: Part; order: number }>; dynamic: readonly { part: Part; order: number }[] }
  | { kind: "list"; span: Span; items: readonly Part[]; hasSpread: boolean }
  /** A call keeps its arguments in slots: what a helper returns tends to be made of them. */
  | { kind: "call"; span: Span };

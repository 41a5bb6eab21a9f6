import { attributes, IDENTIFIER } from "./hcl.ts";
import { commentLines } from "./header.ts";

/** Arguments of a block, one paragraph: `=` aligned, a blank line before the next paragraph. */
export type HclArguments = Readonly<Record<string, unknown>>;

export interface HclBlock {
  readonly block: string;
  readonly labels: readonly string[];
  readonly body: readonly HclPart[];
}

/** A part with lines of comment above it. */
export interface HclComment {
  readonly comment: string;
  readonly part: HclArguments | HclBlock;
}

export type HclPart = HclArguments | HclBlock | HclComment;

/** Parts are told apart by where they were made: an argument may well be called "block". */
const BLOCKS = new WeakSet<object>();
const COMMENTS = new WeakSet<object>();
const isBlock = (part: HclPart): part is HclBlock => BLOCKS.has(part);
const isComment = (part: HclPart): part is HclComment => COMMENTS.has(part);

/** `block("module", ["network"], { source: "..." }, { cidr: "10.0.0.0/16" }, block("lifecycle", [], { ... }))` */
export function block(type: string, labels: readonly string[], ...body: readonly HclPart[]): HclBlock {
  for (const name of [type, ...labels]) {
    if (!IDENTIFIER.test(name)) throw new TypeError(`not a type or label of an HCL block: ${JSON.stringify(name)}`);
  }
  const made: HclBlock = { block: type, labels, body };
  BLOCKS.add(made);
  return made;
}

/** A comment that says why, above the part that it is about. */
export function commented(comment: string, part: HclArguments | HclBlock): HclComment {
  const made: HclComment = { comment, part };
  COMMENTS.add(made);
  return made;
}

/** A whole file, byte for byte as `terraform fmt` leaves it. */
export function hclFile(parts: readonly HclPart[], header = ""): string {
  return [header, ...parts.map((part) => print(part, ""))].filter((text) => text !== "").join("\n");
}

function print(part: HclPart, indent: string): string {
  if (isComment(part)) return commentLines(part.comment, indent) + print(part.part, indent);
  if (!isBlock(part)) return attributes(Object.entries(part).map(argument), indent);
  const head = [part.block, ...part.labels.map((label) => `"${label}"`)].join(" ");
  const body = part.body.map((inner) => print(inner, indent + "  ")).filter((text) => text !== "");
  return body.length === 0 ? `${indent}${head} {}\n` : `${indent}${head} {\n${body.join("\n")}${indent}}\n`;
}

function argument([name, value]: [string, unknown]): readonly [string, unknown] {
  if (!IDENTIFIER.test(name)) throw new TypeError(`not an HCL argument: ${JSON.stringify(name)}`);
  return [name, value];
}

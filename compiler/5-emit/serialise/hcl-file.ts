import { attributes, IDENTIFIER } from "./hcl.ts";
import { commentLines } from "./header.ts";

/** Arguments of a block, one paragraph: `=` aligned, a blank line before the next paragraph. */
export type HclArguments = Readonly<Record<string, unknown>>;

export class HclBlock {
  readonly head: string;
  readonly body: readonly HclPart[];
  constructor(head: string, body: readonly HclPart[]) {
    this.head = head;
    this.body = body;
  }
}

/** A part with lines of comment above it. */
export class HclComment {
  readonly text: string;
  readonly part: HclArguments | HclBlock;
  constructor(text: string, part: HclArguments | HclBlock) {
    this.text = text;
    this.part = part;
  }
}

export type HclPart = HclArguments | HclBlock | HclComment;

/** `block("module", ["network"], { source: "..." }, { cidr: "10.0.0.0/16" }, block("lifecycle", [], { ... }))` */
export function block(type: string, labels: readonly string[], ...body: readonly HclPart[]): HclBlock {
  for (const name of [type, ...labels]) {
    if (!IDENTIFIER.test(name)) throw new TypeError(`not a type or label of an HCL block: ${JSON.stringify(name)}`);
  }
  return new HclBlock([type, ...labels.map((label) => `"${label}"`)].join(" "), body);
}

/** A comment that says why, above the part that it is about. */
export const commented = (text: string, part: HclArguments | HclBlock): HclComment => new HclComment(text, part);

/** A whole file, byte for byte as `terraform fmt` leaves it. */
export function hclFile(parts: readonly HclPart[], header = ""): string {
  return [header, ...parts.map((part) => print(part, ""))].filter((text) => text !== "").join("\n");
}

function print(part: HclPart, indent: string): string {
  if (part instanceof HclComment) return commentLines(part.text, indent) + print(part.part, indent);
  if (!(part instanceof HclBlock)) return attributes(Object.entries(part).map(argument), indent);
  const body = part.body.map((inner) => print(inner, indent + "  ")).filter((text) => text !== "");
  return body.length === 0 ? `${indent}${part.head} {}\n` : `${indent}${part.head} {\n${body.join("\n")}${indent}}\n`;
}

function argument([name, value]: [string, unknown]): readonly [string, unknown] {
  if (!IDENTIFIER.test(name)) throw new TypeError(`not an HCL argument: ${JSON.stringify(name)}`);
  return [name, value];
}

/**
 * The structure of a Terraform file: bodies of attributes and blocks, with lines. Expressions stay source text;
 * `expression.ts` gives them to HCL's own parser. @cdktn/hcl2json alone cannot tell `x { }` from `x = [{ }]` and has no
 * positions. Grammar: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */

export interface Body {
  attributes: Attribute[];
  blocks: Block[];
}

export interface Attribute {
  name: string;
  line: number;
  /** The expression's source text. */
  expression: string;
}

export interface Block {
  type: string;
  labels: string[];
  line: number;
  body: Body;
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const TRIVIA = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const BLANKS = /(?:[ \t]+|\/\*[\s\S]*?\*\/)*/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const COMMENT = /#|\/\/|\/\*/y;

/** Reads a file that HCL's own parser has accepted; what it does not expect is a bug here, and thrown. */
export function readBody(source: string): Body {
  const reader = new Reader(source);
  const body = reader.body();
  if (!reader.atEnd())
    throw new Error(
      `line ${reader.line()}: unexpected ${JSON.stringify(source.slice(reader.position, reader.position + 20))}`,
    );
  return body;
}

class Reader {
  readonly source: string;
  position = 0;

  constructor(source: string) {
    this.source = source;
  }

  atEnd(): boolean {
    return this.position >= this.source.length;
  }

  line(position = this.position): number {
    return this.source.slice(0, position).split("\n").length;
  }

  body(): Body {
    const body: Body = { attributes: [], blocks: [] };
    for (;;) {
      this.match(TRIVIA);
      const line = this.line();
      const name = this.match(IDENTIFIER);
      if (!name) return body;
      this.match(BLANKS);
      if (this.source[this.position] === "=") {
        this.position += 1;
        this.match(BLANKS);
        body.attributes.push({ name, line, expression: this.expression() });
      } else {
        body.blocks.push({ type: name, labels: this.labels(), line, body: this.bracedBody() });
      }
    }
  }

  private labels(): string[] {
    const labels: string[] = [];
    while (this.source[this.position] !== "{") {
      if (this.source[this.position] === '"') {
        const start = this.position;
        this.skipString();
        labels.push(JSON.parse(this.source.slice(start, this.position)) as string);
      } else {
        const label = this.match(IDENTIFIER);
        if (!label) throw new Error(`line ${this.line()}: expected a block label`);
        labels.push(label);
      }
      this.match(BLANKS);
    }
    return labels;
  }

  private bracedBody(): Body {
    this.position += 1;
    const body = this.body();
    if (this.source[this.position] !== "}") throw new Error(`line ${this.line()}: expected }`);
    this.position += 1;
    return body;
  }

  /** Up to the end of the line, or the end of an enclosing one-line block, outside of brackets. */
  private expression(): string {
    const start = this.position;
    let depth = 0;
    while (!this.atEnd()) {
      const character = this.source[this.position]!;
      if (this.matches(COMMENT)) {
        if (depth === 0) break;
        this.match(TRIVIA);
      } else if (character === '"') this.skipString();
      else if (this.matches(HEREDOC)) this.skipHeredoc();
      else if (depth === 0 && (character === "\n" || character === "}")) break;
      else {
        if ("([{".includes(character)) depth += 1;
        if (")]}".includes(character)) depth -= 1;
        this.position += 1;
      }
    }
    return this.source.slice(start, this.position).trim();
  }

  private skipString(): void {
    this.position += 1;
    while (!this.atEnd()) {
      const rest = this.source.slice(this.position, this.position + 3);
      if (rest.startsWith("\\")) this.position += 2;
      else if (rest === "$${" || rest === "%%{") this.position += 3;
      else if (rest.startsWith("${") || rest.startsWith("%{")) this.skipTemplate();
      else {
        this.position += 1;
        if (rest.startsWith('"')) return;
      }
    }
  }

  private skipTemplate(): void {
    this.position += 2;
    for (let depth = 1; depth > 0 && !this.atEnd();) {
      const character = this.source[this.position]!;
      if (character === '"') this.skipString();
      else {
        if (character === "{") depth += 1;
        if (character === "}") depth -= 1;
        this.position += 1;
      }
    }
  }

  private skipHeredoc(): void {
    HEREDOC.lastIndex = this.position;
    const [opening, marker] = HEREDOC.exec(this.source)!;
    const end = new RegExp(`^[ \\t]*${marker}[ \\t]*$`, "my");
    let line = this.position + opening.length;
    for (;;) {
      end.lastIndex = line;
      if (end.test(this.source)) break;
      const next = this.source.indexOf("\n", line);
      if (next < 0) throw new Error(`line ${this.line()}: heredoc ${marker} has no end`);
      line = next + 1;
    }
    // The newline after the marker ends the attribute too, and HCL's parser wants to see it.
    this.position = this.source.indexOf(marker!, line) + marker!.length;
  }

  private matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.source);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.source)?.[0] ?? "";
    this.position += text.length;
    return text;
  }
}

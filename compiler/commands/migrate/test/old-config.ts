import fc, { type Arbitrary } from "fast-check";

/**
 * Sources of random configs in format 1: what the reference, the example and `init` write, in other layouts, orders and
 * ways to build a service.
 */

/** How a source is laid out. */
interface Layout {
  quote: string;
  indent: string;
  lineEnd: string;
  trailing: boolean;
  /** Random choices, one after another. */
  dice: readonly number[];
}

interface Override {
  environment: string;
  sections: readonly string[];
  /** Before this section. */
  at: number;
}

interface Service {
  name: string;
  /** How it is written: as a literal, given to the helper, spread, or made by a function. */
  form: number;
  fields: readonly string[];
  placement: readonly string[] | "all" | "constant";
  overrides: readonly Override[] | undefined;
}

const FIELDS = [
  `team: "shop"`,
  `image: "ghcr.io/stefanprodan/podinfo"`,
  `ports: { http: { port: 80, targetPort: 9898 } }`,
  `resources: { cpu: "250m", memory: "512Mi" }`,
  `scaling: { min: { kind: "tunable", default: 2, min: 2, max: 4, step: 1 }, max: 6 }`,
  `config: { env: { A: "base", placement: "[]", "overrides": "[{ environment: 'staging' }]" }, files: { "a.txt": "1,\\n2" } }`,
  `dependsOn: [{ service: "api", port: 80, critical: false }, /* and */ { service: "cart", port: 80 }]`,
  `writable: [{ path: "/tmp" }]`,
];

const SECTIONS = [
  `resources: { memory: "64Mi" }`,
  `scaling: { min: 1, max: 1 }`,
  `scaling: { min: { kind: "tunable", default: 3, min: 2, max: 6 } /* , */, cpu: "60%" }`,
  `config: { env: { A: "in, {here}", B: 'b' } }`,
  `config: { files: { "b.txt": \`}\` }, mountPath: "/etc/app" }`,
];

const section = (text: string): string => text.slice(0, text.indexOf(":"));
const distinct = (texts: readonly string[]): string[] => [
  ...new Map(texts.map((text) => [section(text), text])).values(),
];

const override = (environment: string): Arbitrary<Override> =>
  fc.record({
    environment: fc.constant(environment),
    sections: fc.subarray(SECTIONS).map(distinct),
    at: fc.nat(3),
  });

const overrides: Arbitrary<readonly Override[]> = fc
  .shuffledSubarray(["dev", "staging", "production", "pre-prod"])
  .chain((names) => fc.tuple(...names.map(override)));

const service = (name: string): Arbitrary<Service> =>
  fc.record({
    name: fc.constant(name),
    form: fc.nat(4),
    fields: fc.shuffledSubarray(FIELDS, { minLength: 2 }),
    placement: fc.oneof(
      fc.constantFrom("all" as const, "constant" as const),
      fc.shuffledSubarray(["paris", "ghent", "a.b"], { minLength: 1 }),
    ),
    overrides: fc.option(overrides, { nil: undefined }),
  });

const layout: Arbitrary<Layout> = fc.record({
  quote: fc.constantFrom('"', "'"),
  indent: fc.constantFrom("  ", "    ", "\t"),
  lineEnd: fc.constantFrom("\n", "\n", "\r\n"),
  trailing: fc.boolean(),
  dice: fc.array(fc.nat(11), { minLength: 40, maxLength: 40 }),
});

export const oldConfig: Arbitrary<string> = fc
  .tuple(layout, fc.tuple(...["web", "api", "front-proxy", "cart"].map(service)), fc.boolean())
  .map(([laid, services, marked]) => (marked ? "\ufeff" : "") + new Writer(laid).config(services));

class Writer {
  readonly #layout: Layout;
  #rolls = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  config(services: readonly Service[]): string {
    const before = services.flatMap((one) => this.#before(one));
    const text = [
      `import { defineService } from "eco-compile";`,
      `const everywhere = ["paris", "ghent"];`,
      ...before,
      `export default ${this.#braces(
        "{",
        services.map((one) => `${this.#key(one.name)}: ${this.#reference(one)}`),
        "}",
        1,
        "services",
      )};`,
    ].join("\n\n");
    return `${text}\n`.replaceAll("\n", this.#layout.lineEnd);
  }

  /** One of so many. */
  #roll(sides: number): number {
    const { dice } = this.#layout;
    return dice[this.#rolls++ % dice.length]! % sides;
  }

  #quoted(text: string): string {
    return this.#layout.quote + text + this.#layout.quote;
  }

  #key(name: string): string {
    return /^\w+$/.test(name) && this.#roll(4) > 0 ? name : this.#quoted(name);
  }

  #remark(): string {
    return ["", "", "", "", "/* placement: [] */ ", "/* , */ "][this.#roll(6)]!;
  }

  /** A list or an object, on one line or on several, with a name around it if it has one. */
  #braces(open: string, items: readonly string[], close: string, depth: number, name?: string): string {
    const body = this.#body(open, items, close, depth + (name === undefined ? 0 : 1));
    return name === undefined ? body : `{ ${name}: ${body} }`;
  }

  #body(open: string, items: readonly string[], close: string, depth: number): string {
    if (items.length === 0) return open + close;
    const hasLines = items.some((item) => item.includes("\n"));
    const last = this.#layout.trailing ? "," : "";
    if (!hasLines && this.#roll(3) === 0) {
      const space = this.#roll(3) === 0 ? "" : " ";
      return `${open}${space}${items.map((item) => this.#remark() + item).join(`,${space}`)}${last}${space}${close}`;
    }
    const indent = this.#layout.indent.repeat(depth);
    const lines = items.map((item, index) => {
      const above = this.#roll(5) === 0 ? `${indent}// overrides: [{ above }]\n` : "";
      const comma = index < items.length - 1 ? "," : last;
      return `${above}${indent}${item}${comma}${this.#roll(5) === 0 ? " // behind, it" : ""}`;
    });
    return `${open}\n${lines.join("\n")}\n${this.#layout.indent.repeat(depth - 1)}${close}`;
  }

  #members({ fields, placement, overrides }: Service, depth: number): string[] {
    const where = Array.isArray(placement)
      ? this.#body(
          "[",
          placement.map((name) => this.#quoted(name)),
          "]",
          depth + 1,
        )
      : placement === "all"
        ? this.#quoted("all")
        : "everywhere";
    const typed = Array.isArray(placement) ? ["", "", " as const", " satisfies string[]"][this.#roll(4)]! : "";
    const members = [...distinct(fields)];
    members.splice(this.#roll(3), 0, `${this.#key("placement")}: ${this.#remark()}${where}${typed}`);
    if (overrides !== undefined) {
      const entries = overrides.map((one) => this.#entry(one, depth + 2));
      members.splice(this.#roll(4), 0, `${this.#key("overrides")}: ${this.#body("[", entries, "]", depth + 1)}`);
    }
    return members;
  }

  #entry({ environment, sections, at }: Override, depth: number): string {
    const members = [...sections];
    const value = this.#roll(6) === 0 ? `\`${environment}\`` : this.#quoted(environment);
    members.splice(at, 0, `${this.#key("environment")}: ${this.#remark()}${value}`);
    const entry = this.#body("{", members, "}", depth);
    return ["", "", "", "()"][this.#roll(4)] === "" ? entry : `(${entry} as const)`;
  }

  /** What stands before the config. */
  #before(service: Service): string[] {
    const { form, name } = service;
    const constant = name.replaceAll("-", "_");
    const literal = (): string => this.#braces("{", this.#members(service, 1), "}", 1);
    if (form === 1) return [`const ${constant} = defineService(${literal()});`];
    if (form === 2) return [`const ${constant} = ${literal()};`];
    if (form === 3) return [`const ${constant} = () => (${literal()} as const);`];
    return [];
  }

  #reference(service: Service): string {
    const constant = service.name.replaceAll("-", "_");
    if (service.form === 1) return constant;
    if (service.form === 2) return `{ ...${constant}, runAsUser: 10_002 }`;
    if (service.form === 3) return `${constant}()`;
    return this.#braces("{", this.#members(service, 3), "}", 3);
  }
}

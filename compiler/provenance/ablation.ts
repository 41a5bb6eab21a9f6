import type { Inputs } from "../1-load/index.ts";
import type { Library } from "../1-load/package-library.ts";
import { validate } from "../2-validate/index.ts";
import { declaredNames } from "../2-validate/references.ts";
import { resolve } from "../5-emit/contribute.ts";
import { check } from "../4-check/index.ts";
import { checksOf } from "../5-emit/select.ts";
import { produce, type Emission } from "../5-emit/index.ts";
import type { Target } from "../5-emit/target.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Family } from "../config/names.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { ArtifactBody } from "../5-emit/artifact.ts";
import { changed, changesAt, type Change } from "./changes.ts";
import { leaves, type Place } from "./places.ts";

/** What a compilation makes, as far as structure goes. */
export type Made = Pick<Emission, "artifacts">;

/** What a compilation is made from, without what only its writing needs. */
export type Source = Pick<Inputs, "config" | "images" | "tuning" | "extra" | "locked">;

/** What changes when a part of a config does: found out by compiling it with that part changed. */
export class Ablation {
  readonly #source: Source;
  readonly targets: readonly Target<never>[];
  readonly #library: Library;
  readonly emission: Made;
  /** How often it has compiled. */
  runs = 0;
  readonly #alone = new Map<string, Change | undefined>();
  #together: ReadonlyMap<string, Change> | undefined;
  #leaves: readonly Place[] | undefined;

  /** The config must be valid. */
  constructor(source: Source, targets: readonly Target<never>[], library: Library) {
    this.#source = source;
    this.targets = targets;
    this.#library = library;
    this.emission = this.compile([])!;
  }

  /** What is emitted with these changes; undefined where they make no config that targets could be given. */
  compile(changes: readonly Change[]): Made | undefined {
    const validated = validate(this.sourceWith(changes));
    if (validated.diagnostics.some(({ severity }) => severity === "error")) return undefined;
    this.runs++;
    const { topology, active, at } = resolve(validated, this.targets);
    try {
      return produce(topology, active, this.#library);
    } catch (error) {
      // Targets count on what checks have passed.
      if (check(topology, checksOf(active), at).diagnostics.some(({ severity }) => severity === "error"))
        return undefined;
      throw error;
    }
  }

  /** The files that are another, there or gone with these changes; undefined where they make no valid config. */
  changedFiles(changes: readonly Change[]): string[] | undefined {
    const other = this.compile(changes);
    return other === undefined ? undefined : differences(this.emission, other);
  }

  /** Every leaf of the config. */
  get leaves(): readonly Place[] {
    return (this.#leaves ??= leaves(this.#source.config));
  }

  /** The change that stands for a leaf: the first that is valid alone, or none. */
  changeOf(leaf: Place): Change | undefined {
    const key = formatPath(leaf.path);
    if (!this.#alone.has(key)) this.#alone.set(key, [...this.changesOf(leaf, 1)][0]);
    return this.#alone.get(key);
  }

  /** The first so many changes of a leaf that are valid. */
  *changesOf(leaf: Place, most: number): Generator<Change> {
    for (const change of changesAt(leaf, this.#namesOf)) {
      if (most === 0) return;
      if (!this.#isValid(change)) continue;
      most--;
      yield change;
    }
  }

  #isValid = (change: Change): boolean => this.#errorsOf([change]).length === 0;

  /**
   * A change for each leaf, so that all of them together are valid: where validate points at one, its next is tried. A
   * few validations do for all, however many there are; a leaf that has none is not in it.
   */
  get together(): ReadonlyMap<string, Change> {
    if (this.#together !== undefined) return this.#together;
    const open = this.leaves.map((leaf) => ({
      key: formatPath(leaf.path),
      changes: (isKindOfHolder(leaf) ? [] : [...changesAt(leaf, this.#namesOf)])
        // A name that is taken out is missed elsewhere: not where its leaf is.
        .filter((change) => "value" in change || leaf.value === null || typeof leaf.value !== "object")
        // Names in lists are taken out: exchanged for one another they could be the same set of names again.
        .sort((a, b) => (isListedName(leaf) ? Number("value" in a) - Number("value" in b) : 0)),
    }));
    for (;;) {
      const errors = this.#errorsOf(open.flatMap(({ changes }) => changes[0] ?? []));
      const wrong = open.filter(({ key, changes }) => changes.length > 0 && errors.some((at) => overlap(key, at)));
      if (wrong.length === 0) break; // none, or none that another change could help
      for (const { changes } of wrong) changes.shift();
    }
    return (this.#together = new Map(
      open.flatMap(({ key, changes: [first] }) => (first === undefined ? [] : [[key, first]])),
    ));
  }

  #namesOf = (family: string): readonly string[] => declaredNames(this.#source.config as Ecosystem, family as Family);

  /** Config paths of what is not valid with these changes. */
  #errorsOf = (changes: readonly Change[]): string[] =>
    validate(this.sourceWith(changes)).diagnostics.flatMap(({ severity, at }) => (severity === "error" ? [at] : []));

  /** What it is made from, with these changes. */
  sourceWith = (changes: readonly Change[]): Source => ({
    ...this.#source,
    config: changed(this.#source.config, changes),
  });
}

/** The cloud of a cluster or of runners: with another one, all that they have beside it would have to be another. */
const isKindOfHolder = ({ path: [section, , field] }: Place): boolean =>
  (section === "clusters" || section === "runners") && field === "cloud";

const isListedName = ({ path, schema }: Place): boolean =>
  typeof path.at(-1) === "number" && schema["x-eco-ref"] !== undefined;

/** Whether one of two config paths is, or lies in, the other. */
const overlap = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && (long.length === short.length || /[.[]/.test(long[short.length]!));
};

/** The paths of files that are in one of them alone, or hold something else. */
export function differences(one: Made, other: Made): string[] {
  const [before, after] = [one, other].map(({ artifacts }) => new Map(artifacts.map(({ path, body }) => [path, body])));
  const isSame = (path: string): boolean => {
    const [a, b] = [before!.get(path), after!.get(path)];
    return a !== undefined && b !== undefined && textOf(a) === textOf(b);
  };
  return [...new Set([...before!.keys(), ...after!.keys()])].filter((path) => !isSame(path)).sort();
}

/** What several files share, and what is compared again and again, becomes text once. */
const texts = new WeakMap<object, string>();

export function textOf(body: ArtifactBody): string {
  if (body.kind === "bytes") return idOf(body.bytes); // of the library, whatever the config
  const content = body.kind === "kubernetes" ? body.objects : body.kind === "hcl" ? body.parts : body;
  let text = texts.get(content);
  if (text === undefined) texts.set(content, (text = JSON.stringify(content)));
  return text;
}

const ids = new WeakMap<object, string>();
let last = 0;

function idOf(bytes: Uint8Array): string {
  let id = ids.get(bytes);
  if (id === undefined) ids.set(bytes, (id = String(++last)));
  return id;
}

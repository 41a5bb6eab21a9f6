import type { Ecosystem } from "../config/model/ecosystem.ts";
import { childPath } from "../diagnostics/config-path.ts";
import { layersOf, type Differing, type Entry, type Layer } from "../facts/differences.ts";

/** Entries of a section that may differ, each in every form that it has: one for all places between which nothing differs. */
export class Forms<T> {
  readonly #section: Exclude<Differing, "registries">;
  readonly #declared: Readonly<Record<string, Entry>>;
  readonly #lower: (name: string, layers: readonly Layer[]) => T;
  readonly #forms = new Map<string, T>();

  constructor(
    ecosystem: Ecosystem,
    section: Exclude<Differing, "registries">,
    lower: (name: string, layers: readonly Layer[]) => T,
  ) {
    this.#section = section;
    this.#declared = ecosystem[section] ?? {};
    this.#lower = lower;
  }

  /** Those that were asked for. */
  get all(): T[] {
    return [...this.#forms.values()];
  }

  /** As it is where there is no environment. */
  declared(name: string): T {
    return this.#form(name, [{ at: childPath(this.#section, name), values: this.#declared[name]! }]);
  }

  on(name: string, environment: string, cluster: string): T {
    return this.#form(name, layersOf(this.#declared[name]!, childPath(this.#section, name), environment, cluster));
  }

  #form(name: string, layers: readonly Layer[]): T {
    const key = layers.map(({ at }) => at).join(" ");
    let form = this.#forms.get(key);
    if (form === undefined) this.#forms.set(key, (form = this.#lower(name, layers)));
    return form;
  }
}

import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Secret as ConfigSecret, SecretFields } from "../config/model/secrets.ts";
import { childPath } from "../diagnostics/config-path.ts";
import { layersOf, merged, writtenAt, type Layer } from "../facts/differences.ts";
import type { Secret } from "../topology/secrets.ts";
import { entries } from "./resolve.ts";

/** The declared secrets, each in every form that it has. */
export class Secrets {
  readonly #declared: Ecosystem["secrets"];
  readonly #forms = new Map<string, Secret>();

  constructor({ secrets, clusters }: Ecosystem) {
    this.#declared = secrets;
    for (const { name } of entries<ConfigSecret>(secrets, "secrets")) {
      this.declared(name);
      for (const { name: cluster, value } of entries(clusters, "clusters")) this.on(name, value.environment, cluster);
    }
  }

  get all(): Secret[] {
    return [...this.#forms.values()];
  }

  /** As it is where there is no environment. */
  declared(name: string): Secret {
    return this.#form(name, [{ at: childPath("secrets", name), values: this.#declared![name]! }]);
  }

  on(name: string, environment: string, cluster: string): Secret {
    return this.#form(name, layersOf(this.#declared![name]!, childPath("secrets", name), environment, cluster));
  }

  #form(name: string, layers: readonly Layer[]): Secret {
    const key = layers.map(({ at }) => at).join(" ");
    let form = this.#forms.get(key);
    if (form === undefined) this.#forms.set(key, (form = lowerSecret(name, layers)));
    return form;
  }
}

function lowerSecret(name: string, layers: readonly Layer[]): Secret {
  const { store, path, keys, rotate } = merged<SecretFields>(layers);
  return {
    name,
    source: layers[0]!.at,
    ...(store === undefined ? {} : { store }),
    path,
    keys: keys ?? ["value"],
    ...(rotate === undefined ? {} : { rotate }),
    differs: layers.slice(1).map(({ at }) => at),
    written: { store: writtenAt(layers, ["store"]), path: writtenAt(layers, ["path"]) },
  };
}

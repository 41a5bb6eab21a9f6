import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { SecretKey as ConfigSecretKey } from "../config/model/scaling.ts";
import type { Secret as ConfigSecret, SecretFields } from "../config/model/secrets.ts";
import { merged, writtenAt, type Layer } from "../facts/differences.ts";
import * as names from "../facts/names.ts";
import type { Secret, SecretKey } from "../topology/secrets.ts";
import { Forms } from "./forms.ts";
import { entries } from "./resolve.ts";

export type Secrets = Forms<Secret>;

/** The declared secrets, each in every form that it has. */
export function lowerSecrets(ecosystem: Ecosystem): Secrets {
  const forms = new Forms(ecosystem, "secrets", lowerSecret);
  for (const { name } of entries<ConfigSecret>(ecosystem.secrets, "secrets")) {
    forms.declared(name);
    for (const { name: cluster, value } of entries(ecosystem.clusters, "clusters"))
      forms.on(name, value.environment, cluster);
  }
  return forms;
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

/** A key as somebody reads it; without a name its only one. */
export function lowerSecretKey(
  { secret: name, key }: ConfigSecretKey,
  secrets: ReadonlyMap<string, Secret>,
  source: string,
): SecretKey {
  const secret = secrets.get(name)!;
  const only = secret.keys.length === 1 ? secret.keys[0] : undefined;
  return {
    source,
    secret,
    name: names.kubernetesSecret(name),
    ...(key === undefined && only === undefined ? {} : { key: key ?? only! }),
  };
}

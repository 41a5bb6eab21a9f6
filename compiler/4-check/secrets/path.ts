import type { CloudKind } from "../../config/model/clouds.ts";
import { secretReaders } from "../../facts/secret-readers.ts";
import type { Topology } from "../../topology/index.ts";
import type { Secret } from "../../topology/secrets.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/path",
  severity: "error",
  summary: "A secret's path is one that its store takes",
  why: "Each store has names of its own: with another's, External Secrets asks for something that cannot exist.",

  *run(topology) {
    for (const secret of topology.secrets) {
      const { name, written, path } = secret;
      for (const store of storesOf(topology, secret)) {
        const { pattern, title, called } = paths[store];
        if (!pattern.test(path))
          yield {
            at: written.path,
            message: `${name}: ${JSON.stringify(path)} cannot be a name in ${called}`,
            hint: `take ${title}`,
          };
      }
    }
  },
});

type Store = CloudKind | "vault";

/** The kinds of stores that a secret is asked for in. */
function storesOf(topology: Topology, form: Secret): Store[] {
  const { store } = form;
  if (store === "vault") return [store];
  const kinds =
    store === undefined
      ? secretReaders(topology).flatMap(({ secret, cloudKind }) => (secret === form ? [cloudKind] : []))
      : topology.clouds.flatMap((cloud) => (cloud.name === store ? [cloud.kind] : []));
  return [...new Set(kinds)];
}

/** What stores are called by those who sell them: an account has any name, and is no store of its own. */
const paths: Record<Store, { called: string; pattern: RegExp; title: string }> = {
  // https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create
  gcp: {
    called: "Google Cloud's Secret Manager",
    pattern: /^[A-Za-z0-9_-]{1,255}$/,
    title: "letters, digits, - and _",
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
  aws: { called: "AWS Secrets Manager", pattern: /^[A-Za-z0-9/_+=.@-]{1,512}$/, title: "letters, digits and /_+=.@-" },
  // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
  azure: { called: "an Azure key vault", pattern: /^[A-Za-z0-9-]{1,127}$/, title: "letters, digits and -" },
  // https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2: the mount and the path below it, as they stand in a
  // URL
  vault: {
    called: "Vault",
    pattern: /^(?!.*(^|\/)\.{1,2}(\/|$))[^/\s?#]+(\/[^/\s?#]+)+$/,
    title: "<mount>/<path>, as kv/checkout/stripe",
  },
};

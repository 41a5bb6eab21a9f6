/**
 * The families of names: how messages and docs call such a name, and in which record of the config its names are the
 * keys. It is the one list of them. From it follow {@link Names}, what `defineEcosystem` infers
 * (`generated/inference.ts`), which references are known, what is suggested for a misspelt one, and where a name that is
 * defined twice is refused. `npm run gen` fails when a record of definitions in the model has no family here, or the
 * other way round. Where each entry of another family declares names of its own, `*` stands for the entry, and whoever
 * refers to one says in a field beside it, `of`, which entry it means.
 */
export const families = {
  environment: { title: "environment", declaredIn: "environments" },
  team: { title: "team", declaredIn: "teams" },
  cloud: { title: "cloud", declaredIn: "clouds" },
  region: { title: "region", declaredIn: "clouds.*.regions", of: "cloud" },
  cluster: { title: "cluster", declaredIn: "clusters" },
  runner: { title: "runner", declaredIn: "runners" },
  secret: { title: "secret", declaredIn: "secrets" },
  slo: { title: "SLO", declaredIn: "slos" },
  rollout: { title: "rollout strategy", declaredIn: "rollouts" },
  experiment: { title: "experiment", declaredIn: "resilience.experiments" },
  alertRoute: { title: "alert route", declaredIn: "observability.alertRoutes" },
  service: { title: "service", declaredIn: "services" },
  external: { title: "external dependency", declaredIn: "externals" },
  addon: { title: "add-on", declaredIn: "addons" },
  budget: { title: "budget", declaredIn: "budgets" },
  extension: { title: "extension", declaredIn: "extensions" },
} as const satisfies Record<string, { title: string; declaredIn: string; of?: string }>;

/** What kind of thing a name is the name of. */
export type Family = keyof typeof families;

/**
 * A name, or several, of each family. The model is generic over it: with the default it is the concrete model that the
 * JSON schema is made from; `defineEcosystem` instantiates it with the literal names that it infers from the keys, which
 * is how a misspelt reference becomes an error at its literal in the editor.
 */
export type Names = { [F in Family]: string };

/** A use of a declared name. */
export type Ref<N extends Names, F extends Family> = N[F];

/** A use of a cloud's name where only clouds of one kind fit: what else the object has depends on it. */
export type CloudRef<N extends Names, Kind extends string> = Kind extends string ? Ref<N, "cloud"> : never;

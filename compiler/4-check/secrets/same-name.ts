import { childPath } from "../../diagnostics/config-path.ts";
import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { variablesOf } from "../../facts/secret-readers.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/same-name",
  severity: "error",
  summary: "Keys of secrets have one name each, as a file and as a variable",
  why: "Of two files or variables of one name a process sees one, and which one nobody has decided.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, secrets } = workload;
      const files = secrets.flatMap((mount) => twice(namesOf(mount)));
      // Those of the config last: it writes the name itself.
      const variables = twice([...secrets.filter(({ env }) => env).flatMap(namesOf), ...plain(workload)]);
      // Of one secret, two files are two variables as well.
      for (const [one, other] of [...files, ...variables.filter(([one, other]) => one.mount !== other.mount)])
        yield {
          at: other.at,
          message: `${name}: ${one.title} and ${other.title} are both called ${one.name}`,
          idea: `two are called ${one.name}`,
          hint: "give a key another name where the service takes the secret, in `keys`, or take one of the two out",
          related: [{ at: one.at, message: one.title }],
        };
    }
  },
});

/** Something that has a name in a pod. */
interface Named {
  name: string;
  at: string;
  title: string;
  /** The secret that it comes from. */
  mount?: Mount;
}

type Mount = Workload["secrets"][number];

/** Those that have the name of one before them, with that one. */
function twice(all: readonly Named[]): [Named, Named][] {
  const first = new Map<string, Named>();
  return all.flatMap((named): [Named, Named][] => {
    const other = first.get(named.name);
    if (other !== undefined) return [[other, named]];
    first.set(named.name, named);
    return [];
  });
}

const plain = (workload: Workload): Named[] =>
  variablesOf(workload.config).map((name) => ({
    name,
    at: fieldAt(workload, "config", "env", name),
    title: "a variable of `config.env`",
  }));

const namesOf = (mount: Mount): Named[] =>
  mount.keys.map(({ key, name }) => ({
    name,
    mount,
    at: Object.hasOwn(mount.names, key) ? childPath(`${mount.source}.keys`, key) : mount.source,
    title: `the key ${key} of ${mount.secret.name}`,
  }));

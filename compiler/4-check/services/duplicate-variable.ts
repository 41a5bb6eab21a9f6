import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/duplicate-variable",
  severity: "error",
  summary: "Each environment variable of a service comes from one place",
  why: "A secret with `env: true` makes a variable of each of its keys. Where the config, or another secret, has a variable of that name too, one of the two values would be lost; the chart refuses them.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const seen = new Map<string, Variable>();
      for (const variable of variables(workload)) {
        const { name, at, title } = variable;
        const earlier = seen.get(name);
        if (earlier === undefined) seen.set(name, variable);
        else
          yield {
            at,
            message: `${workload.name}: the variable ${name} comes from ${title} and from ${earlier.title}`,
            hint: "rename or take out one of them, or read the secret as files, without `env`",
            related: [{ at: earlier.at, message: earlier.title }],
          };
      }
    }
  },
});

interface Variable {
  name: string;
  at: string;
  title: string;
}

/** Those of secrets first: what the config writes has its own line, which says the name. */
function variables(workload: Workload): Variable[] {
  const { config, secrets } = workload;
  return [
    ...secrets.flatMap(({ source, secret, env }) =>
      env ? secret.keys.map((name) => ({ name, at: `${source}.env`, title: `secret ${secret.name}` })) : [],
    ),
    ...[...Object.keys(config.env), ...Object.keys(config.fields)].map((name) => ({
      name,
      at: fieldAt(workload, "config", "env", name),
      title: "the config",
    })),
  ];
}

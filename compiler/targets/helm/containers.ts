import type { PodContainer, Workload } from "../../topology/workloads.ts";

type Values = Record<string, unknown>;

/** An image, by digest or by tag. */
export const imageValues = ({ repository, digest, tag }: Workload["image"]): Values => ({
  repository,
  ...(digest === undefined ? {} : { digest }),
  ...(tag === undefined ? {} : { tag }),
  pullPolicy: "IfNotPresent",
});

/** What a container is promised, and where it ends. */
export function resourceValues({ cpu, cpuLimit, memory, ephemeralStorage }: PodContainer["resources"]): Values {
  return {
    requests: { cpu, memory, "ephemeral-storage": ephemeralStorage },
    limits: { cpu: cpuLimit, memory, "ephemeral-storage": ephemeralStorage },
  };
}

/** A container that starts before the workload's own. */
export const containerValues = (container: PodContainer): Values => ({
  name: container.name,
  image: imageValues(container.image),
  ...(container.command === undefined ? {} : { command: [...container.command] }),
  ...(container.args === undefined ? {} : { args: [...container.args] }),
  env: container.env,
  inherit: container.inherits,
  sidecar: container.sidecar,
  resources: resourceValues(container.resources),
});

import type { ContainerResources, PodContainer as ConfigContainer } from "../config/model/containers.ts";
import type { ServiceFields } from "../config/model/services.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import type { PodContainer } from "../topology/workloads.ts";
import { defaultLimit, sorted } from "./resolve.ts";

type At = (...path: PathSegment[]) => string;

/** A container whose image has no version yet: each environment has its own. */
export interface Unreleased extends Omit<PodContainer, "image"> {
  upstream: string;
  tag?: string;
}

/** The containers beside a service's own, in the order in which they start: steps may use what sidecars offer. */
export const lowerContainers = ({ image, init = [], sidecars = [] }: ServiceFields, at: At): Unreleased[] => [
  ...sidecars.map((container, index) => lowered(container, image, true, at("sidecars", index))),
  ...init.map((container, index) => lowered(container, image, false, at("init", index))),
];

function lowered(container: ConfigContainer, image: string, sidecar: boolean, source: string): Unreleased {
  const { name, tag, command, args, inherits, env, resources } = container;
  return {
    name,
    source,
    sidecar,
    pinned: container.image !== undefined || tag !== undefined,
    upstream: container.image ?? image,
    ...(tag === undefined ? {} : { tag }),
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    inherits: inherits ?? false,
    env: sorted(env),
    resources: lowerContainerResources(resources),
  };
}

/** Of a container that is not the service's own. */
export function lowerContainerResources(resources: ContainerResources | undefined): PodContainer["resources"] {
  const cpu = resources?.cpu ?? "50m";
  return {
    cpu,
    cpuLimit: defaultLimit(cpu),
    memory: resources?.memory ?? "64Mi",
    ephemeralStorage: resources?.ephemeralStorage ?? "64Mi",
  };
}

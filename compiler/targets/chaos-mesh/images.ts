import { componentImage } from "../../facts/components.ts";
import { pulledFrom } from "../../facts/mirrors.ts";
import type { Topology } from "../../topology/index.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { ChaosImage } from "./options.ts";

/** Whose image it is, and where it runs. */
export interface Component {
  name: string;
  cluster: Pick<Cluster, "environment" | "registries">;
}

/** A component's image as charts take it. */
export const imageOf = (
  { componentRegistry }: Pick<Topology, "componentRegistry">,
  { name, cluster }: Component,
  { image, digest }: ChaosImage = {},
) => ({
  repository: pulledFrom(image ?? componentImage(componentRegistry, name), cluster.registries),
  ...(digest === undefined ? { tag: cluster.environment.components } : { digest }),
});

/** The same as a pod takes it. */
export function imageReference(topology: Topology, component: Component, options?: ChaosImage): string {
  const image = imageOf(topology, component, options);
  return "digest" in image ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag}`;
}

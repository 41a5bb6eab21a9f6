import { componentImage } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";
import type { ChaosImage } from "./options.ts";

/** The version of the components that the compiled configuration fits: that of their package.json. */
const TAG = "0.1.0";

/** A component's image as charts take it. */
export const imageOf = (topology: Topology, component: string, { image, digest }: ChaosImage = {}) => ({
  repository: image ?? componentImage(topology, component),
  ...(digest === undefined ? { tag: TAG } : { digest }),
});

/** The same as a pod takes it. */
export function imageReference(topology: Topology, component: string, options?: ChaosImage): string {
  const image = imageOf(topology, component, options);
  return "digest" in image ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag}`;
}

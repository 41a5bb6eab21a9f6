import type { ImageName } from "../../config/texts.ts";
import type { Digest } from "../../config/units.ts";
import { componentImage } from "../../3-lower/names.ts";
import type { Topology } from "../../3-lower/topology.ts";

/** Options of the `chaos-mesh` target: where the images of its own components are. */
export interface ChaosMeshOptions {
  /** The component that answers whether an SLO holds. */
  sloGate?: ChaosImage;
  /** The component that holds a fault of the mesh open; used where a meshed service takes part in an `http-fault`. */
  httpFault?: ChaosImage;
}

/** An image of a component in `runtime/`. */
export interface ChaosImage {
  /**
   * Repository of the image, without tag and digest.
   * @default the first of `delivery.registries`, or the packages of the repository's owner on GitHub, with the component's name
   * @example "ghcr.io/acme/slo-gate"
   */
  image?: ImageName;
  /**
   * What the image is pinned to. Needed where experiments are released in the last environment, as for every image
   * there.
   * @example "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  digest?: Digest;
}

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

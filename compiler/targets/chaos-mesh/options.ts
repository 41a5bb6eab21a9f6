import type { ImageName } from "../../config/texts.ts";
import type { Digest } from "../../config/units.ts";

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

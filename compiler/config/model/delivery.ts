import type { ImagePlace } from "../texts.ts";

/** How code becomes images and images reach environments. */
export interface Delivery {
  /**
   * Where the pipeline pushes images.
   * @uniqueItems true
   * @example ["ghcr.io/acme"]
   */
  registries: readonly ImagePlace[];
  /**
   * Where the images of eco-compile's own components are, as slo-gate.
   * @default the first of `registries`, or the packages of the repository's owner on GitHub; kept in ecosystem.lock.json
   * @example "ghcr.io/acme"
   */
  componentRegistry?: ImagePlace;
  /**
   * Stages of the pipeline, in order.
   * @default ["test", "build", "scan", "promote"]
   */
  stages?: readonly ("test" | "build" | "scan" | "promote")[];
  /**
   * How a digest enters the next environment.
   * @default "pull-request"
   */
  promotion?: "pull-request" | "automatic";
}

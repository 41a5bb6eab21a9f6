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

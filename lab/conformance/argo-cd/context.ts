import type { labSuite } from "../../lab-suite.ts";
import type { Delivery, Site } from "./site.ts";

export type LabTest = ReturnType<typeof labSuite>;

/**
 * What the tests of one file share: a repository, and a cluster that follows it at once beside one that follows its
 * pointer.
 */
export interface Context {
  site: Site;
  staging: Delivery;
  production: Delivery;
}

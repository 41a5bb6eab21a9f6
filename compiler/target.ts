/** For targets of other packages: `import { defineTarget } from "eco-compile/target"`. */
export { defineCheck, type Check, type CheckContext } from "./4-check/check.ts";
export type { Artifact, ArtifactBody, KubernetesObject } from "./5-emit/artifact.ts";
export { registryAndRepository, type ChartImage, type ImageValues } from "./5-emit/chart-images.ts";
export { kubernetesFile, kubernetesObject, syncWave, type ObjectSpec } from "./5-emit/kubernetes.ts";
export { resources } from "./5-emit/resources.ts";
export {
  defineTarget,
  type ContributedAddon,
  type Contribution,
  type Need,
  type Produced,
  type Target,
  type Word,
} from "./5-emit/target.ts";
export { addonsOn, placesOf } from "./facts/addons.ts";
export { pulledFrom } from "./facts/mirrors.ts";
export { API_SERVER, PROMETHEUS, QUERIES, scraped } from "./facts/network.ts";
export { platformLabels, standardLabels } from "./facts/names.ts";
export type * from "./topology/index.ts";

/** The variant of the reference ecosystem with quick releases, the scenarios and the mutants' services. */
import type { Data } from "../../cluster/client.ts";
import { mutants } from "./mutants.ts";
import quicken from "./quick.ts";
import { addScenarios } from "./scenarios.ts";

export default function quickWithScenarios(config: Data, images: Data): void {
  addScenarios(config, images, mutants);
  quicken(config);
}

/** The variant of the reference ecosystem with the scenarios and the mutants' services. */
import type { Data } from "../../cluster/client.ts";
import { mutants } from "./mutants.ts";
import { addScenarios } from "./scenarios.ts";

export default function withScenarios(config: Data, images: Data): void {
  addScenarios(config, images, mutants);
}

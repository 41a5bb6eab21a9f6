import { ECOSYSTEMS } from "../../page.ts";
import { judgeEcosystem } from "./cluster-suite.ts";

await judgeEcosystem("reference", ECOSYSTEMS["reference"]);

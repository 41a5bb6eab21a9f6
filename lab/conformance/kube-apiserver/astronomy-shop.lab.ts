import { ECOSYSTEMS } from "../../ecosystems.ts";
import { judgeEcosystem } from "./cluster-suite.ts";

await judgeEcosystem("astronomy-shop", ECOSYSTEMS["astronomy-shop"]);

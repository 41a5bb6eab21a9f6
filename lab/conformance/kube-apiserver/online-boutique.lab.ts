import { ECOSYSTEMS } from "../../ecosystems.ts";
import { judgeEcosystem } from "./cluster-suite.ts";

await judgeEcosystem("online-boutique", ECOSYSTEMS["online-boutique"]);

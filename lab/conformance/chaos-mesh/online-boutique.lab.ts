import { judgeExperiments } from "./cluster-suite.ts";

await judgeExperiments("online-boutique", "boutique-staging", "examples/online-boutique/");

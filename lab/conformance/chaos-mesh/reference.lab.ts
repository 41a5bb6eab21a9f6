import { judgeExperiments } from "./cluster-suite.ts";

await judgeExperiments("reference", "cluster-paris", "");

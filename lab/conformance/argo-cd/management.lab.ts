import { bootstrapSuite } from "./bootstrap-suite.ts";

bootstrapSuite("management", "", { "cluster-ultimate": { crds: true } });

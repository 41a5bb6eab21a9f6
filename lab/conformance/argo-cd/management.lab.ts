import { bootstrapSuite } from "./bootstrap-suite.ts";

bootstrapSuite("management", "", { "cluster-ultimate": { kinds: true } });

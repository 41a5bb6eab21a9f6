import { ECOSYSTEMS } from "../../ecosystems.ts";
import { bootstrapSuite } from "./bootstrap-suite.ts";

// The smaller one from nothing at all.
bootstrapSuite("online-boutique", ECOSYSTEMS["online-boutique"], {
  "boutique-staging": { kinds: false },
  "boutique-production": { kinds: true },
});

import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({ ...base, budgets: { gcp: { scope: { cloud: "gcp" }, monthly: "50 USD" } } });

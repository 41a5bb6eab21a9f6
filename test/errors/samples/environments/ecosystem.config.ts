import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({ ...base, environments: { staging: { after: "production" }, production: { after: "staging" } } });

import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export default defineEcosystem({ ...base, repository: { url: required("ACME_REPOSITORY_URL_THAT_NOBODY_SETS") } });

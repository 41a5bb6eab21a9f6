import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";
import * as shop from "./ecosystem/shop.ts";

export default defineEcosystem({ ...base, services: { ...base.services, ...shop } });

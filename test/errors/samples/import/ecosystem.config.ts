import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";
import { payments } from "./teams/payment.ts";

export default defineEcosystem({ ...base, services: { ...base.services, payments } });

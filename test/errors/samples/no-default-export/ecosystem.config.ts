import { base } from "../../base.ts";

export const ecosystem = { ...base };

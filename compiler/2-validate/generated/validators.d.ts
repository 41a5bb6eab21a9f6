import type { ValidateFunction } from "ajv";

export const config: ValidateFunction;
export const services: ValidateFunction;
export const secrets: ValidateFunction;
export const externals: ValidateFunction;
export const teams: ValidateFunction;
export const registries: ValidateFunction;
export const images: ValidateFunction;
export const tuning: ValidateFunction;

import type { ValidateFunction } from "ajv";

export const service: ValidateFunction;
export const job: ValidateFunction;
export const stateful: ValidateFunction;
export const daemon: ValidateFunction;

/** The vocabulary of `ecosystem.config.ts`. Light on purpose: a config imports it at every load. */
export { blueGreen, canary, defineEcosystem, defineService, rolling, shadow, tunable } from "./define.ts";
export type { Names } from "./names.ts";
export type { Tunable, Tuned } from "./tunable.ts";
export type { Bytes, Cidr, Count, Cpu, Cron, Digest, Duration, Money, Percent, PortNumber, Weight } from "./units.ts";
export type * from "./model/clusters.ts";
export type * from "./model/ecosystem.ts";
export type * from "./model/foundation.ts";
export type * from "./model/extra.ts";
export type * from "./model/operations.ts";
export type * from "./model/resilience.ts";
export type * from "./model/rollouts.ts";
export type * from "./model/services.ts";

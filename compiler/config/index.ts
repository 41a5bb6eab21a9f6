/** The vocabulary of `ecosystem.config.ts`. Light on purpose: a config imports it at every load. */
export {
  address,
  blueGreen,
  canary,
  defineEcosystem,
  defineService,
  host,
  pod,
  port,
  rolling,
  secret,
  shadow,
  text,
  tunable,
  url,
} from "./define.ts";
export { file, folder } from "./files.ts";
export { project } from "./project.ts";
export type { CheckedService, Vocabulary } from "./project.ts";
export type { Names } from "./names.ts";
export type { Tunable, Tuned } from "./tunable.ts";
export type { Bytes, Cidr, Count, Cpu, Cron, Digest, Duration, Money, Percent, PortNumber, Weight } from "./units.ts";
export type * from "./generated/model.ts";

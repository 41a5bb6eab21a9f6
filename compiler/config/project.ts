import { address, blueGreen, canary, defineService, host, pod, port, secret, shadow, text, url } from "./define.ts";
import { file, folder } from "./files.ts";
import type { Only } from "./literal-names.ts";
import type { BlueGreen, Canary, Shadow } from "./model/rollouts.ts";
import type { Service } from "./model/services.ts";
import type {
  Address,
  AddressPart,
  ExternalAddress,
  ExternalAddressPart,
  ExternalUrl,
  FileValue,
  PodValue,
  Reference,
  SecretValue,
  Text,
  Url,
} from "./model/values.ts";
import type { families, Family, Names } from "./names.ts";
import type { RequestPath } from "./texts.ts";

/**
 * The words for files beside the config, which know the names that it declares: a misspelt one is an error at its
 * literal in the file that it stands in. They need a file of their own:
 *
 *     import { project } from "eco-compile";
 *     import type config from "../ecosystem.config.ts";
 *     interface Project { config: typeof config }
 *     export const { defineService } = project<Project>();
 *
 * The config is a property of `Project` because TypeScript looks at the type of one only when a name is asked for, and
 * what it has to be is `unknown`, which fits without a look.
 */
export const project = <P extends { config: unknown }>(): Vocabulary<NamesOf<P>> => vocabulary;

/**
 * Each word is one signature without type parameters, its result written down. TypeScript then knows the type of
 * `const cart = defineService({ … })` before it looks at the argument; the argument asks for the names of the config,
 * whose type contains that of `cart`. Generic, or with a result that is inferred, it would go in circles (TS7022).
 */
export interface Vocabulary<N extends Names> {
  /** Describes a service in a file of its own. Its names are checked here. */
  defineService(service: Service<N>): CheckedService;
  /** A strategy that moves traffic step by step. */
  canary(options: Omit<Canary<N>, "kind">): Canary<Checked>;
  /** A strategy that starts the new version beside the old one and switches at once. */
  blueGreen(options: Omit<BlueGreen<N>, "kind">): BlueGreen<Checked>;
  /** A strategy that shows live traffic to the new version before it answers any. */
  shadow(options: Omit<Shadow<N>, "kind">): Shadow<Checked>;
  /**
   * Host and port of a declared service, inside its cluster: `quote.shop:80`; or of something declared in `externals`. Who
   * has it depends on it.
   */
  address(to: N["service"] | { external: N["external"] }, port?: string): Address<Checked> | ExternalAddress<Checked>;
  /**
   * Host of a declared service, inside its cluster: `quote.shop`; or of something declared in `externals`. For software
   * that wants host and port apart; who has one of them depends on the service.
   */
  host(
    to: N["service"] | { external: N["external"] },
    port?: string,
  ): AddressPart<Checked> | ExternalAddressPart<Checked>;
  /** Number of a port of a declared service, by the port's name; or of something declared in `externals`. */
  port(
    to: N["service"] | { external: N["external"] },
    port?: string,
  ): AddressPart<Checked> | ExternalAddressPart<Checked>;
  /**
   * URL of a declared service, inside its cluster: `http://quote.shop:80/v1`; or of something declared in `externals`. Who
   * has it depends on it.
   */
  url(
    to: N["service"] | { external: N["external"]; path?: RequestPath },
    port?: string,
    path?: RequestPath,
  ): Url<Checked> | ExternalUrl<Checked>;
  /** What stands in a file, by its way from the file in which this is written. */
  file(path: string): FileValue;
  /** What stands in the files of a folder, each by its name. */
  folder(path: string): { [name: string]: FileValue };
  /** What only the running pod knows, as a variable: its name, its node. */
  pod(field: PodValue["field"]): PodValue;
  /** A key of a declared secret, as a variable or within a text of one; without a key its only one. */
  secret(name: N["secret"], key?: string): SecretValue<Checked>;
  /** Text around addresses, URLs and secrets, as a template. */
  text(
    strings: TemplateStringsArray,
    ...values: readonly (string | number | Reference<Checked> | SecretValue<Checked>)[]
  ): Text<Checked>;
}

/** A service whose names were checked where they are written: what a function has to say that it returns one. */
export type CheckedService = Service<Checked>;

/** No name is left to check: it fits wherever any does. */
type Checked = Only<{}>;

/**
 * The names that a config declares: those of a family are the keys of its record. Of the project rather than of its
 * config, whose type would be asked for at once.
 */
export type NamesOf<P extends { config: unknown }> = {
  [F in Family]: KeysAt<P["config"], (typeof families)[F]["declaredIn"]>;
};

type KeysAt<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? KeysAt<Key extends "*" ? EntryOf<T> : ValueOf<T, Key>, Rest>
  : KeysOf<ValueOf<T, Path>>;
type ValueOf<T, Key extends string> = T extends { [K in Key]?: infer V } ? V : never;
type EntryOf<T> = T extends object ? T[keyof T & string] : never;
/** Mapped, since messages then spell the keys out. */
type KeysOf<T> = T extends object ? { [K in keyof T & string]: K }[keyof T & string] : never;

/** At run time the words are those of the config itself: all that differs is what TypeScript knows. */
const vocabulary = {
  address,
  blueGreen,
  canary,
  defineService,
  file,
  folder,
  host,
  pod,
  port,
  secret,
  shadow,
  text,
  url,
} as unknown as Vocabulary<never>;

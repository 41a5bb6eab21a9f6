import type { Names, Ref } from "../names.ts";
import type { FileName, PlainText, ProjectFile, RequestPath } from "../texts.ts";

/** A text of a service's configuration: written as it is, made from what is declared, or standing in a file. */
export type Value<N extends Names = Names> = PlainText | Reference<N> | Text<N> | FileValue;

/** What has an address: a declared service, or something declared outside. */
export type Reference<N extends Names = Names> =
  | Address<N>
  | AddressPart<N>
  | Url<N>
  | ExternalAddress<N>
  | ExternalAddressPart<N>
  | ExternalUrl<N>;

/** What a variable may be: such a text, what only the running pod knows, or a key of a secret. */
export type Variable<N extends Names = Names> = Value<N> | PodValue | SecretValue<N>;

/** A key of a declared secret. `secret()` makes it. What it holds, the config never knows. */
export interface SecretValue<N extends Names = Names> {
  kind: "secret";
  secret: Ref<N, "secret">;
  /** @default its only one */
  key?: FileName;
}

/** What only the running pod knows. `pod()` makes it. */
export interface PodValue {
  kind: "pod";
  /** Its own name, namespace, address or service account, or its node's name or address. */
  field: "name" | "namespace" | "ip" | "serviceAccount" | "node" | "nodeIp";
}

/**
 * Host and port of a declared service, inside its cluster. `address()` makes it. Who has it may call the service: it is a
 * dependency.
 */
export interface Address<N extends Names = Names> {
  kind: "address";
  service: Ref<N, "service">;
  /**
   * A port's name.
   * @default its only one
   */
  port?: string;
}

/** Host or port of a declared service, for software that wants them apart. `host()` and `port()` make it. */
export interface AddressPart<N extends Names = Names> extends Omit<Address<N>, "kind"> {
  kind: "address-part";
  part: "host" | "port";
}

/** URL of a declared service, inside its cluster. `url()` makes it. As an address it is a dependency. */
export interface Url<N extends Names = Names> {
  kind: "url";
  service: Ref<N, "service">;
  /**
   * A port's name. One that speaks plain TCP has no URL.
   * @default its only one
   */
  port?: string;
  /**
   * What follows the port.
   * @default nothing
   * @example "/v1"
   */
  path?: RequestPath;
}

/** Host and port of something declared outside. `address()` makes it. Who has it may call it: it is a dependency. */
export interface ExternalAddress<N extends Names = Names> {
  kind: "external-address";
  external: Ref<N, "external">;
}

/** Host or port of something declared outside. `host()` and `port()` make it. */
export interface ExternalAddressPart<N extends Names = Names> extends Omit<ExternalAddress<N>, "kind"> {
  kind: "external-address-part";
  part: "host" | "port";
}

/** URL of something declared outside. `url()` makes it. As an address it is a dependency. */
export interface ExternalUrl<N extends Names = Names> {
  kind: "external-url";
  external: Ref<N, "external">;
  /**
   * What follows the port.
   * @default nothing
   * @example "/v1"
   */
  path?: RequestPath;
}

/**
 * Text around addresses, URLs and secrets. The tag `text` makes it. One with a secret in it is a template, which the secret
 * controller renders in the cluster.
 */
export interface Text<N extends Names = Names> {
  kind: "text";
  parts: readonly (PlainText | Reference<N> | SecretValue<N>)[];
}

/** What stands in a file of the project. `file()` makes it, and `folder()` one for each file. */
export interface FileValue {
  kind: "file";
  /** Its way from the project's folder. */
  path: ProjectFile;
  /** What stands in it. Load reads it: while the config runs, it is not there yet. */
  text: PlainText;
}

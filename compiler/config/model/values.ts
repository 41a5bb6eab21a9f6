import type { Names, Ref } from "../names.ts";
import type { PlainText, RequestPath } from "../texts.ts";

/** A text of a service's configuration: written as it is, or made from what is declared. */
export type Value<N extends Names = Names> = PlainText | Address<N> | Url<N> | Text<N>;

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

/** Text around addresses and URLs. The tag `text` makes it. */
export interface Text<N extends Names = Names> {
  kind: "text";
  parts: readonly (PlainText | Address<N> | Url<N>)[];
}

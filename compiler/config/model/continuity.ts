import type { Names, Ref } from "../names.ts";
import type { UrlPath } from "../texts.ts";

/** Keeps the assistant answering when its model does not. */
export interface Continuity<N extends Names = Names> {
  assistant: {
    service: Ref<N, "service">;
    /** Path whose answer tells whether it is well. */
    health: UrlPath;
  };
  /** The service that answers in its place. */
  fallback: Ref<N, "service">;
  /** The service that keeps the conversations. */
  contextStore: Ref<N, "service">;
  /** The service that watches and switches. */
  watchdog: Ref<N, "service">;
}

/** The variant of a config in which every registry has a mirror. */
import type { Data } from "../../cluster/client.ts";

/** Behind it stands the name of the registry. */
export const MIRROR = "mirror.example/all";

export default function mirrored(config: Data): void {
  config.registries = { mirror: { "*": MIRROR } };
}

import { install, packagesNamed } from "../toolchain/install.ts";
import { reporter } from "../toolchain/render.ts";
import { BOUND, caches, removeBuilds, removeSuperseded, type Cache } from "../toolchain/room.ts";
import { packages } from "../toolchain/versions.ts";

export interface InstallOptions {
  /** Those that CI requires, and no other. */
  core?: boolean;
}

/** `npm run lab -- install [names...]`: brings tools, and keeps the caches within their bound. */
export function installCommand(names: readonly string[], { core }: InstallOptions): void {
  const wanted = core ? [...packages].filter(([, entry]) => entry.core).map(([name]) => name) : packagesNamed(names);
  const outcomes = install(wanted, reporter(process.stdout));
  if (outcomes.some(({ result }) => result === "failed")) process.exitCode = 1;
  keepRoom();
}

/** What costs least to bring back goes first, and nothing while there is room. */
function keepRoom(): void {
  let now = caches();
  for (const [what, remove] of [
    ["tools of other versions", removeSuperseded],
    ["what Go has built", removeBuilds],
  ] as const) {
    if (sum(now) <= BOUND) break;
    remove();
    console.log(`removed ${what}: the caches took ${sum(now).toFixed(1)} GiB`);
    now = caches();
  }
  const parts = now.map(({ name, size }) => `${name} ${size.toFixed(1)}`).join(", ");
  console.log(`caches: ${sum(now).toFixed(1)} of ${BOUND} GiB (${parts})`);
  if (sum(now) <= BOUND) return;
  console.error(`more than ${BOUND} GiB: go clean -modcache empties the largest part that can be had again`);
  process.exitCode = 1;
}

const sum = (all: readonly Cache[]): number => all.reduce((total, { size }) => total + size, 0);

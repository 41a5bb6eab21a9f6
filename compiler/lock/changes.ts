import type { Choice, Lock } from "./choices.ts";

/** One line of the lock that becomes another, comes or goes. */
export interface LockChange {
  path: string;
  before?: Choice;
  after?: Choice;
}

/** How one lock differs from another, in order of the paths. */
export function lockChanges(before: Lock, after: Lock): LockChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]))
    .map((path) => ({
      path,
      ...(Object.hasOwn(before, path) ? { before: before[path]! } : {}),
      ...(Object.hasOwn(after, path) ? { after: after[path]! } : {}),
    }));
}

/** `clusters.main.version: "1.34" → "1.35"` */
export const describeChange = ({ path, before, after }: LockChange): string => {
  const now = after === undefined ? "gone" : JSON.stringify(after);
  return before === undefined ? `${path}: ${now}` : `${path}: ${JSON.stringify(before)} → ${now}`;
};

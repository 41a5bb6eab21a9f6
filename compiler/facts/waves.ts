/**
 * When an add-on is applied: what others need comes first. Argo CD waits at each wave until the one before is healthy,
 * but only while something in it is new or changed.
 */
const STAGES = {
  /** Argo CD itself. */
  delivery: -50,
  namespaces: -40,
  /** Kinds alone, without what acts on them. */
  crds: -39,
  storage: -38,
  metrics: -35,
  mesh: -30,
  secrets: -22,
  rollouts: -20,
  policies: -16,
  controllers: -12,
  workloads: 0,
} as const;

export type Stage = keyof typeof STAGES;

/** The sync wave of a stage, or of a later step in it: from 0, and before the next stage begins. */
export const waveOf = (stage: Stage, step = 0): number => STAGES[stage] + 2 * step;

/**
 * The wave of the workloads, which is the last: nothing waits for it. Whatever may never become healthy is in it, such
 * as what runs an image of our own that nobody has pushed yet. There is none after it: its Applications would wait for
 * every canary of the cluster, and all changes of the root with them.
 * https://github.com/argoproj/argo-cd/blob/v3.5.3/gitops-engine/pkg/sync/sync_context.go: a sync is over once its last
 * wave is applied.
 */
export const LAST_WAVE = STAGES.workloads;

/** What a cluster says about its Rollouts, look by look: the controller's own status, the Services and routes that it moves, and the pods that result. */
import type { Workload } from "../../../compiler/3-lower/topology.ts";
import type { Client, Data } from "../../lab/cluster/client.ts";
import { until } from "../../lab/until.ts";

/** A workload at one look. */
export interface State {
  /** Of the Rollout's status. */
  phase: string;
  message: string;
  aborted: boolean;
  /** Why it waits: reasons of `pauseConditions`. */
  paused: readonly string[];
  step: number | undefined;
  /** Pods that the Rollout wants. */
  replicas: number;
  /** Hash of the newest version, and of the one that is trusted. */
  newest: string;
  stable: string;
  /** Hash that each Service selects: callers', and the canary's or preview's. */
  main: string;
  next: string;
  /** Percent that goes to the next Service, of every route; empty without a VirtualService. */
  weights: readonly number[];
  /** Percent that is copied to the next Service, of every route that copies. */
  mirrors: readonly number[];
  /** Ready pods by hash. */
  ready: Readonly<Record<string, number>>;
  /** Pods of the service that no ReplicaSet of the Rollout owns. */
  strays: readonly string[];
  /** The newest version's AnalysisRuns: kind (`Background`, `Step`, `PrePromotion`, `PostPromotion`) and phase. */
  runs: readonly string[];
}

export type Watched = Pick<Workload, "name" | "namespace" | "kubernetesServices">;

export const keyOf = ({ namespace, name }: Pick<Workload, "name" | "namespace">): string => `${namespace}/${name}`;

/** Milliseconds between two looks. */
const EVERY = 300;

const HASH = "rollouts-pod-template-hash";

/** Looks at all watched workloads at once, and keeps each state that differs from the one before. */
export class Observer {
  private readonly client: Client;
  private readonly watched: readonly Watched[];
  private readonly states = new Map<string, State[]>();
  private ended = false;
  private readonly loop: Promise<void>;
  private failure: unknown;

  constructor(client: Client, watched: readonly Watched[]) {
    this.client = client;
    this.watched = watched;
    this.loop = this.run();
  }

  /** What was seen since a point in time that `now` gave. */
  since(workload: Watched, mark = 0): State[] {
    return (this.states.get(keyOf(workload)) ?? []).slice(mark);
  }

  latest(workload: Watched): State | undefined {
    return this.states.get(keyOf(workload))?.at(-1);
  }

  /** A mark for `since`: the state that is there now is the first one after it. */
  mark(workload: Watched): number {
    return Math.max(0, (this.states.get(keyOf(workload))?.length ?? 0) - 1);
  }

  /** Waits until each workload is as its look wants it; whichever are not after the time are returned. */
  async settle<W extends Watched>(workloads: readonly W[], seconds: number, isThere: (workload: W, state: State) => boolean): Promise<W[]> {
    const absent = (): W[] => workloads.filter((workload) => { const state = this.latest(workload); return state === undefined || !isThere(workload, state); });
    const look = (): boolean => {
      if (this.failure !== undefined) throw this.failure;
      return absent().length === 0;
    };
    await until("settled", look, { seconds }).catch(() => undefined);
    return absent();
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      await this.look().catch((error: unknown) => (this.failure = error));
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  /** What follows is read before what leads: a Service that has switched is never older than the analysis that let it. */
  private async look(): Promise<void> {
    const { client } = this;
    const routes = byKey(await client.list("networking.istio.io/v1", "VirtualService"));
    const services = byKey(await client.list("v1", "Service"));
    const pods = await client.list("v1", "Pod");
    const replicaSets = new Map((await client.list("apps/v1", "ReplicaSet")).map((object) => [object.metadata.uid, object]));
    const runs = await client.list("argoproj.io/v1alpha1", "AnalysisRun");
    const rollouts = byKey(await client.list("argoproj.io/v1alpha1", "Rollout"));
    for (const workload of this.watched) {
      const key = keyOf(workload);
      const rollout = rollouts.get(key);
      if (!rollout) continue;
      const service = (name?: string): string => services.get(`${workload.namespace}/${name}`)?.spec.selector[HASH] ?? "";
      const own = pods.filter(({ metadata }) => metadata.namespace === workload.namespace && metadata.labels?.["app.kubernetes.io/name"] === workload.name && !metadata.deletionTimestamp);
      const state: State = {
        ...statusOf(rollout),
        main: service(workload.kubernetesServices.main),
        next: service(workload.kubernetesServices.next),
        ...routesOf(routes.get(key), workload.kubernetesServices.next!),
        ...podsOf(own, replicaSets, workload.name),
        runs: runs.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }: Data) => uid === rollout.metadata.uid) && metadata.labels[HASH] === rollout.status?.currentPodHash).map(({ metadata, status }) => `${metadata.labels["rollout-type"]} ${status?.phase ?? "Pending"}`).sort(),
      };
      const states = this.states.get(key) ?? [];
      this.states.set(key, states);
      if (JSON.stringify(states.at(-1)) !== JSON.stringify(state)) states.push(state);
    }
  }
}

const byKey = (objects: readonly Data[]): Map<string, Data> => new Map(objects.map((object) => [keyOf(object.metadata), object]));

const statusOf = ({ spec, status = {} }: Data): Pick<State, "phase" | "message" | "aborted" | "paused" | "step" | "replicas" | "newest" | "stable"> => ({
  phase: status.phase ?? "",
  message: status.message ?? "",
  aborted: status.abort === true,
  paused: (status.pauseConditions ?? []).map(({ reason }: Data) => reason),
  step: status.currentStepIndex,
  replicas: spec.replicas ?? 0,
  newest: status.currentPodHash ?? "",
  stable: (status.stableRS || status.blueGreen?.activeSelector) ?? "",
});

function routesOf(virtualService: Data | undefined, next: string): Pick<State, "weights" | "mirrors"> {
  const routes: Data[] = [...(virtualService?.spec.http ?? []), ...(virtualService?.spec.tcp ?? [])];
  const toNext = ({ route }: Data): number => route.filter(({ destination }: Data) => destination.host === next).reduce((sum: number, { weight = 0 }: Data) => sum + weight, 0);
  return { weights: routes.map(toNext), mirrors: routes.filter(({ mirror }) => mirror?.host === next).map(({ mirrorPercentage }) => mirrorPercentage?.value ?? 100) };
}

function podsOf(pods: readonly Data[], replicaSets: ReadonlyMap<string, Data>, name: string): Pick<State, "ready" | "strays"> {
  const ready: Record<string, number> = {};
  const strays: string[] = [];
  for (const { metadata, status } of pods) {
    const owner = replicaSets.get(metadata.ownerReferences?.[0]?.uid)?.metadata.ownerReferences?.[0];
    if (owner?.kind !== "Rollout" || owner.name !== name) strays.push(`${metadata.name} of ${owner?.kind ?? "nobody"}`);
    else if (status?.conditions?.some(({ type, status }: Data) => type === "Ready" && status === "True")) ready[metadata.labels[HASH]] = (ready[metadata.labels[HASH]] ?? 0) + 1;
  }
  return { ready, strays: strays.sort() };
}

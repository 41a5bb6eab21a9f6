/**
 * What a cluster says about its Rollouts, write by write: the controller's own status, the Services and routes that it
 * moves, and the pods that result.
 */
import type { Workload } from "../../compiled/views.ts";
import type { Client, Data } from "../../cluster/client.ts";
import { watch, type Change, type Watch } from "../../cluster/watch.ts";
import { Hopeless, until } from "../../until.ts";

/** A workload between two writes. */
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

const HASH = "rollouts-pod-template-hash";

const KINDS = {
  Rollout: "argoproj.io/v1alpha1",
  AnalysisRun: "argoproj.io/v1alpha1",
  VirtualService: "networking.istio.io/v1",
  ReplicaSet: "apps/v1",
  Service: "v1",
  Pod: "v1",
} as const;
type Kind = keyof typeof KINDS;

/** The objects of one workload, by kind and name. */
type World = Record<Kind, Map<string, Data>>;

interface Write extends Change {
  kind: Kind;
}

/**
 * Hears of every write to what belongs to the watched workloads, and tells the states between them in the order of the
 * writes.
 */
export class Observer {
  private readonly workloads: ReadonlyMap<string, Watched>;
  private readonly writes = new Map<string, Write[]>();
  private readonly worlds = new Map<string, World>();
  private watches: Watch[] = [];
  private last = 0;

  private constructor(watched: readonly Watched[]) {
    this.workloads = new Map(watched.map((workload) => [keyOf(workload), workload]));
    for (const key of this.workloads.keys()) {
      this.writes.set(key, []);
      this.worlds.set(key, emptyWorld());
    }
  }

  static async start(client: Client, watched: readonly Watched[]): Promise<Observer> {
    const observer = new Observer(watched);
    const owners = new Map(
      watched.flatMap((workload) =>
        [workload.kubernetesServices.main, workload.kubernetesServices.next].map((service) => [
          `${workload.namespace}/${service}`,
          keyOf(workload),
        ]),
      ),
    );
    const hear = (kind: Kind) => (change: Change) => {
      const key = ownerOf(kind, change.object, owners);
      if (key !== undefined && observer.workloads.has(key)) observer.take(key, { kind, ...change });
    };
    observer.watches = await Promise.all(
      (Object.keys(KINDS) as Kind[]).map((kind) => watch(client, KINDS[kind], kind, hear(kind))),
    );
    return observer;
  }

  private take(key: string, write: Write): void {
    delete write.object.metadata.managedFields; // much, and of no use here
    this.last = Math.max(this.last, write.revision);
    this.writes.get(key)!.push(write);
    happen(this.worlds.get(key)!, write);
  }

  /** Each state that differs from the one before, from the one at a mark on. Default: from the beginning. */
  since(workload: Watched, mark = 0): State[] {
    const states: State[] = [];
    const world = emptyWorld();
    for (const write of this.writes.get(keyOf(workload))!.sort((a, b) => a.revision - b.revision)) {
      happen(world, write);
      const state = stateOf(workload, world);
      if (state === undefined) continue;
      if (write.revision <= mark) states.length = 0;
      if (JSON.stringify(states.at(-1)) !== JSON.stringify(state)) states.push(state);
    }
    return states;
  }

  /** By what was heard so far. */
  latest(workload: Watched): State | undefined {
    return stateOf(workload, this.worlds.get(keyOf(workload))!);
  }

  /** For `since`: the state that is there now is the first one after it. */
  mark(): number {
    return this.last;
  }

  /** Waits until each workload is as its look wants it; whichever are not after the time are returned. */
  async settle<W extends Watched>(
    workloads: readonly W[],
    seconds: number,
    isThere: (workload: W, state: State) => boolean,
  ): Promise<W[]> {
    const absent = (): W[] =>
      workloads.filter((workload) => {
        const state = this.latest(workload);
        return state === undefined || !isThere(workload, state);
      });
    const look = (): boolean => {
      const failure = this.watches.find(({ failure }) => failure !== undefined)?.failure;
      if (failure) throw new Hopeless(failure.message);
      return absent().length === 0;
    };
    await until("settled", look, { seconds }).catch((error: unknown) => {
      if (error instanceof Hopeless) throw error;
    });
    return absent();
  }

  stop(): void {
    for (const each of this.watches) each.stop();
  }
}

const emptyWorld = (): World => ({
  Rollout: new Map(),
  AnalysisRun: new Map(),
  VirtualService: new Map(),
  ReplicaSet: new Map(),
  Service: new Map(),
  Pod: new Map(),
});

function happen(world: World, { kind, object, isGone }: Write): void {
  if (isGone) world[kind].delete(object.metadata.name);
  else world[kind].set(object.metadata.name, object);
}

/** The workload that an object belongs to: by its name, its owner, its label, or as one of its Services. */
function ownerOf(kind: Kind, { metadata }: Data, services: ReadonlyMap<string, string>): string | undefined {
  const { name, namespace, ownerReferences, labels } = metadata;
  switch (kind) {
    case "Service":
      return services.get(`${namespace}/${name}`);
    case "AnalysisRun":
      return `${namespace}/${ownerReferences?.[0]?.name}`;
    case "Pod":
    case "ReplicaSet":
      return `${namespace}/${labels?.["app.kubernetes.io/name"]}`;
    default:
      return `${namespace}/${name}`;
  }
}

function stateOf(workload: Watched, world: World): State | undefined {
  const {
    name,
    kubernetesServices: { main, next },
  } = workload;
  const rollout = world.Rollout.get(name);
  if (!rollout) return undefined;
  const selected = (service?: string): string => world.Service.get(service!)?.spec.selector[HASH] ?? "";
  return {
    ...statusOf(rollout),
    main: selected(main),
    next: selected(next),
    ...routesOf(world.VirtualService.get(name), next!),
    ...podsOf(
      [...world.Pod.values()].filter(({ metadata }) => !metadata.deletionTimestamp),
      world.ReplicaSet,
      name,
    ),
    runs: [...world.AnalysisRun.values()]
      .filter(({ metadata }) => metadata.labels[HASH] === rollout.status?.currentPodHash)
      .map(({ metadata, status }) => `${metadata.labels["rollout-type"]} ${status?.phase ?? "Pending"}`)
      .sort(),
  };
}

const statusOf = ({
  spec,
  status = {},
}: Data): Pick<State, "phase" | "message" | "aborted" | "paused" | "step" | "replicas" | "newest" | "stable"> => ({
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
  const toNext = ({ route }: Data): number =>
    route
      .filter(({ destination }: Data) => destination.host === next)
      .reduce((sum: number, { weight = 0 }: Data) => sum + weight, 0);
  return {
    weights: routes.map(toNext),
    mirrors: routes
      .filter(({ mirror }) => mirror?.host === next)
      .map(({ mirrorPercentage }) => mirrorPercentage?.value ?? 100),
  };
}

function podsOf(
  pods: readonly Data[],
  replicaSets: ReadonlyMap<string, Data>,
  name: string,
): Pick<State, "ready" | "strays"> {
  const ready: Record<string, number> = {};
  const strays: string[] = [];
  for (const { metadata, status } of pods) {
    const owner = replicaSets.get(metadata.ownerReferences?.[0]?.name)?.metadata.ownerReferences?.[0];
    if (owner?.kind !== "Rollout" || owner.name !== name) strays.push(`${metadata.name} of ${owner?.kind ?? "nobody"}`);
    else if (status?.conditions?.some(({ type, status }: Data) => type === "Ready" && status === "True"))
      ready[metadata.labels[HASH]] = (ready[metadata.labels[HASH]] ?? 0) + 1;
  }
  return { ready, strays: strays.sort() };
}

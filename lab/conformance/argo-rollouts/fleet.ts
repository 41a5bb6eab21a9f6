/**
 * Every Rollout of both ecosystems, the scenarios and the mutants, on one control plane with the real controller and
 * the real Prometheus.
 */
import { startArgoRollouts } from "../../components/argo-rollouts.ts";
import { playMeshProxies, type MeshPod } from "../../components/mesh-proxies.ts";
import { scrapeOf } from "../../components/pod-monitors.ts";
import { startPrometheus } from "../../components/prometheus.ts";
import type { KubernetesObject } from "../../cluster/client.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { startCluster, type LabCluster } from "../../cluster/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import {
  compiledFor,
  digestOf,
  objectsFor,
  progressiveOn,
  released,
  type Compiled,
  type ProgressiveWorkload,
} from "./compiled.ts";
import { mutants, pick, type Mutant } from "./mutants.ts";
import { Observer, keyOf, type State } from "./observe.ts";
import { hastened } from "./quick.ts";
import { trafficOf } from "./scenarios.ts";

export interface Member {
  workload: ProgressiveWorkload;
  /** Of its first release. */
  objects: readonly KubernetesObject[];
  mutant?: Mutant;
}

/** Whose cluster is played: the first environment's, where everything is placed. */
const PLAYED = { reference: "cluster-paris", "online-boutique": "boutique-staging" } as const;
type Name = keyof typeof PLAYED;

const VARIANTS: Partial<Record<Name, URL>> = { reference: new URL("./with-scenarios.ts", import.meta.url) };

export type Ecosystem = { name: Name; project: string; compiled: Compiled };

/** Both ecosystems; the reference one with the scenarios and the mutants' services. */
export const compileFleet = (): Promise<Ecosystem[]> =>
  Promise.all(
    (Object.keys(PLAYED) as Name[]).map(async (name) => {
      const project = ECOSYSTEMS[name];
      return { name, project, compiled: await compiledFor(project, VARIANTS[name]) };
    }),
  );

export class Fleet {
  readonly members: readonly Member[];
  readonly lab: LabCluster;
  private readonly ecosystems: readonly Ecosystem[];
  private observed!: Observer;
  private readonly ends: (() => unknown)[] = [];

  private constructor(lab: LabCluster, ecosystems: readonly Ecosystem[]) {
    const charts = new ChartRenderer(KUBERNETES);
    this.lab = lab;
    this.ecosystems = ecosystems;
    this.members = ecosystems.flatMap(({ name, compiled }) =>
      progressiveOn(compiled.topology, PLAYED[name]).map((workload) => {
        const objects = objectsFor(workload, compiled, charts).map(hastened);
        const mutant = mutants.find((each) => each.name === workload.name);
        mutant?.breaks(pick(objects));
        return { workload, objects, ...(mutant ? { mutant } : {}) };
      }),
    );
  }

  static async start(ecosystems: readonly Ecosystem[]): Promise<Fleet> {
    const cluster = ecosystems[0]!.compiled.topology.clusters.find(({ name }) => name === PLAYED.reference)!;
    const lab = await startCluster({
      cluster,
      nodes: "max",
      crds: customResourceDefinitions(["github.com/argoproj/argo-rollouts", "istio.io/api"]),
    });
    const fleet = new Fleet(lab, ecosystems);
    try {
      await fleet.join();
    } catch (error) {
      await fleet.stop(); // what plays the proxies would keep this process alive
      throw error;
    }
    return fleet;
  }

  /**
   * What joins the control plane: the generated namespaces, Prometheus as the generated PodMonitors have it
   * scrape, the controller.
   */
  private async join(): Promise<void> {
    const { client, run, kubeconfig } = this.lab;
    const platform = this.ecosystems.map(
      ({ name, compiled }) =>
        (file: string) =>
          objectsOf(compiled.files.get(`generated/clusters/${PLAYED[name]}/platform/${file}`)!),
    );
    for (const object of platform.flatMap((of) => of("namespaces/manifests/namespaces.yaml")))
      if (object.kind === "Namespace") await client.apply(object, { force: true });
    const proxies = await playMeshProxies(client, (pod) => this.trafficOf(pod));
    this.ends.push(() => proxies.stop());
    const monitors = platform.flatMap((of) =>
      of("prometheus/manifests/pod-monitors.yaml").filter(({ metadata }) => metadata.name === "istio-proxies"),
    );
    const scrapes = monitors.flatMap((monitor, index) =>
      scrapeOf(hastened(monitor), { kubeconfig, proxy: proxies.url }).map((scrape) => ({
        ...scrape,
        job_name: `${scrape.job_name} ${this.ecosystems[index]!.name}`,
      })),
    );
    const prometheus = await startPrometheus(run, { scrapes });
    this.ends.push(() => prometheus.stop());
    const controller = await startArgoRollouts(this.lab, { prometheus: prometheus.url });
    this.ends.push(() => controller.stop());
    this.observed = await Observer.start(
      client,
      this.members.map(({ workload }) => workload),
    );
    this.ends.push(() => this.observed.stop());
  }

  get observer(): Observer {
    return this.observed;
  }

  member(name: string): Member {
    return this.members.find(({ workload }) => workload.name === name)!;
  }

  /** Applies a release of some members, and returns for each a way to what is seen from then on. */
  async release(members: readonly Member[], release: number): Promise<Seen[]> {
    const mark = this.observed.mark();
    await Promise.all(members.map((member) => this.apply(member, release)));
    return members.map((member) => ({ member, states: () => this.observed.since(member.workload, mark) }));
  }

  /**
   * As Argo CD would: everything at first, and then what is out of sync (`ApplyOutOfSyncOnly`), which is the
   * Deployment; the Rollout comes along, so that it shows if it takes anything from its autoscaler. Applied once more,
   * a Service would lose the hash that the controller adds to its selector, since server-side apply takes a selector as
   * one value.
   */
  async apply({ workload, objects }: Member, release: number): Promise<void> {
    for (const object of released(objects, workload, digestOf(workload.name, release))) {
      if (release > 1 && !["Deployment", "Rollout"].includes(object.kind)) continue;
      await this.lab.client.apply(object, { manager: "argocd-controller", force: true });
    }
  }

  private trafficOf({ namespace, service, image, labels }: MeshPod): ReturnType<typeof trafficOf> {
    const member = this.members.find(({ workload }) => keyOf(workload) === `${namespace}/${service}`);
    if (!member) return undefined;
    const release = [1, 2, 3].find((number) => image.endsWith(digestOf(service, number)));
    const isLive = this.observed?.latest(member.workload)?.main === labels["rollouts-pod-template-hash"];
    const protocol = member.workload.ports.some(({ protocol }) => protocol === "grpc") ? "grpc" : "http";
    const traffic = trafficOf(service, release!, isLive);
    return traffic && { ...traffic, protocol };
  }

  async stop(): Promise<void> {
    for (const end of this.ends.reverse()) await end();
    await this.lab.stop();
  }
}

export interface Seen {
  member: Member;
  states: () => State[];
}

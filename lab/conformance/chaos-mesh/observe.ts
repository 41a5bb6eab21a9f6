/**
 * What Chaos Mesh's controller made of Schedules: Workflows, their nodes, and faults, from their beginning to their
 * end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Data } from "../../cluster/client.ts";

const API = "chaos-mesh.org/v1alpha1";
const KINDS = ["NetworkChaos", "PodChaos", "StressChaos", "HTTPChaos", "DNSChaos"];

/** Milliseconds between two looks. */
const EVERY = 400;

/** How many of them are remembered. */
const LOOKS = 15;

export interface Fault {
  kind: string;
  name: string;
  /** Of the template. */
  template: string;
  /** Seconds since 1970, as are the controller's own times. */
  began: number;
  /**
   * When the controller was seen to take it back. Without a chaos-daemon what has reached a node's hands may stay as an
   * object, with a deletion that does not end.
   */
  ended?: number;
  /** Pods that were chosen, `namespace/name`, by the selector that chose them: `.` or `.Target`. */
  chosen: { selector: string; pod: string }[];
  /** The pods that ran in the last looks before it was seen to have chosen: a look takes its time. */
  around: readonly (readonly Data[])[];
}

interface Node {
  template: string;
  type: string;
  began: number;
  /** When the controller ends it at the latest. */
  deadline?: number;
  isTrue(condition: string): boolean;
}

interface Watched extends Fault {
  workflow: string;
  key: string;
}

/** One run of a Schedule. */
export interface Experiment {
  workflow: Data;
  nodes: readonly Node[];
  faults: readonly Fault[];
  isOver: boolean;
  isAborted: boolean;
}

export class Observer {
  private readonly client: Client;
  private stopped = false;
  private readonly loop: Promise<void>;
  private workflows: Data[] = [];
  private nodes: Data[] = [];
  private readonly crowds: Data[][] = [];
  private readonly faults = new Map<string, Watched>();

  constructor(client: Client) {
    this.client = client;
    this.loop = this.watch();
  }

  /** The run of a Schedule, once there is one. */
  of(namespace: string, schedule: string): Experiment | undefined {
    const runs = this.workflows.filter(
      ({ metadata }) => metadata.namespace === namespace && metadata.labels?.["managed-by"] === schedule,
    );
    const workflow = runs.sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1))[0];
    if (workflow === undefined) return undefined;
    const { name } = workflow.metadata;
    const conditions: Data[] = workflow.status?.conditions ?? [];
    return {
      workflow,
      nodes: this.nodes
        .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.workflowName === name)
        .map(nodeOf),
      faults: [...this.faults.values()].filter((fault) => fault.workflow === `${namespace}/${name}`),
      isOver: conditions.some(({ type, status }) => type === "Accomplished" && status === "True"),
      isAborted: workflow.metadata.annotations?.["workflow.chaos-mesh.org/abort"] === "true",
    };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      await this.look().catch(() => undefined); // an API server that is busy, or just ending
      await sleep(EVERY);
    }
  }

  private async look(): Promise<void> {
    const list = (kind: string): Promise<Data[]> => this.client.list(kind === "Pod" ? "v1" : API, kind);
    const [workflows, nodes, pods, ...chaos] = (await Promise.all(
      ["Workflow", "WorkflowNode", "Pod", ...KINDS].map(list),
    )) as [Data[], Data[], Data[], ...Data[][]];
    [this.workflows, this.nodes] = [workflows, nodes];
    this.crowds.push(
      pods.filter(({ status, metadata }) => status?.phase === "Running" && metadata.deletionTimestamp === undefined),
    );
    const there = chaos.flat();
    const now = Date.now() / 1000;
    for (const { kind, metadata, status } of there) {
      const key = `${kind} ${metadata.namespace}/${metadata.name}`;
      const node = this.nodes.find(({ metadata: { uid } }) =>
        metadata.ownerReferences?.some((owner: Data) => owner.uid === uid),
      );
      const fault: Watched = this.faults.get(key) ?? {
        key,
        kind,
        name: metadata.name,
        template: "",
        began: now,
        chosen: [],
        around: [],
        workflow: `${metadata.namespace}/${metadata.labels?.["chaos-mesh.org/workflow"]}`,
      };
      if (node) fault.template = node.spec.templateName;
      const chosen = (status?.experiment?.containerRecords ?? []).map(({ id, selectorKey }: Data) => ({
        selector: selectorKey,
        pod: id.split("/").slice(0, 2).join("/"),
      }));
      if (chosen.length > 0 && fault.chosen.length === 0)
        Object.assign(fault, { chosen, around: this.crowds.slice(-LOOKS) });
      if (metadata.deletionTimestamp) fault.ended ??= now;
      this.faults.set(key, fault);
    }
    const keys = new Set(there.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`));
    for (const fault of this.faults.values()) if (!keys.has(fault.key)) fault.ended ??= now;
  }
}

const nodeOf = ({ spec, status }: Data): Node => ({
  template: spec.templateName,
  type: spec.type,
  began: Date.parse(spec.startTime) / 1000,
  ...(spec.deadline ? { deadline: Date.parse(spec.deadline) / 1000 } : {}),
  isTrue: (condition) =>
    status?.conditions?.some(({ type, status }: Data) => type === condition && status === "True") ?? false,
});
